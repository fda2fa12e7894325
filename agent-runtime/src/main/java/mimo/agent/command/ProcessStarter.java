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

  /// Where a child's standard error goes.
  enum Errors {
    WITH_OUTPUT,
    APART
  }

  /// What a child can read.
  enum Input {
    NOTHING,
    PIPED
  }

  /// Starts `argv` in `folder`, with nothing to read.
  ///
  /// @throws IOException if the system refuses
  Process start(List<String> argv, Path folder, Map<String, String> variables, Errors errors)
      throws IOException, InterruptedException {
    return start(argv, folder, variables, errors, Input.NOTHING);
  }

  /// Starts `argv` in `folder`.
  ///
  /// @throws IOException if the system refuses
  Process start(
      List<String> argv, Path folder, Map<String, String> variables, Errors errors, Input input)
      throws IOException, InterruptedException {
    try {
      return thread.submit(() -> begin(argv, folder, variables, errors, input)).get();
    } catch (RejectedExecutionException closed) {
      throw new IOException("the session has ended", closed);
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof IOException broken
          ? broken
          : new IOException(refused.getCause());
    }
  }

  private static Process begin(
      List<String> argv, Path folder, Map<String, String> variables, Errors errors, Input input)
      throws IOException {
    var builder =
        new ProcessBuilder(argv)
            .directory(folder.toFile())
            .redirectErrorStream(errors == Errors.WITH_OUTPUT);
    if (input == Input.NOTHING) {
      builder.redirectInput(new File("/dev/null"));
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
