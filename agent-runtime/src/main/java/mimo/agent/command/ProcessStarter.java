package mimo.agent.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Starts child processes with exactly the variables they are given, from one thread that lives as
/// long as this. Thread-safe.
///
/// A process that is to die with its parent dies with the *thread* that started it, and threads
/// that carry virtual ones come and go.
final class ProcessStarter implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("commands").factory());

  /// What a child's standard streams are.
  enum Streams {
    /// It has nothing to read, and its errors are a part of its output.
    OUTPUT_ALONE,
    /// All three lead to this process.
    ALL_APART
  }

  /// Starts `argv` in `folder`.
  ///
  /// @throws IOException if the system refuses
  Process start(List<String> argv, Path folder, Map<String, String> variables, Streams streams)
      throws IOException, InterruptedException {
    try {
      return thread.submit(() -> begin(argv, folder, variables, streams)).get();
    } catch (RejectedExecutionException closed) {
      throw new IOException("the session has ended", closed);
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof IOException broken
          ? broken
          : new IOException(refused.getCause());
    }
  }

  private static Process begin(
      List<String> argv, Path folder, Map<String, String> variables, Streams streams)
      throws IOException {
    var builder = new ProcessBuilder(argv).directory(folder.toFile());
    if (streams == Streams.OUTPUT_ALONE) {
      builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
    }
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
