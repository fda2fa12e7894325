package mimo.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameReader;
import mimo.sandbox.worker.WorkerArguments;
import org.jspecify.annotations.Nullable;

/// Starts one worker and greets it: wrapped if that is wanted and works, else plain.
///
/// Whether wrapping works is found out by doing it. Before a worker is ready nothing of a script
/// has run, so a wrapped one that dies by then says only that wrapping does not work here.
final class WorkerLauncher {

  private static final int PIPE_BUFFER = 64 * 1024;

  /// A worker that is up.
  record Started(WorkerProcess process, FrameReader frames, WorkerLog log) {}

  private final WorkerSettings settings;
  private final WorkerCommand command;
  private final Path folder;

  WorkerLauncher(WorkerSettings settings, Path folder) {
    this.settings = settings;
    this.command = new WorkerCommand(settings);
    this.folder = folder;
  }

  /// Starts the worker; to be called on the thread that will watch it.
  Started launch() throws InterruptedException {
    var bubblewrap = settings.bubblewrap();
    String failure = "there is no bubblewrap";
    if (bubblewrap != null
        && settings.wrapping() != WorkerSettings.Wrapping.NEVER
        && Files.isExecutable(bubblewrap)) {
      var attempt = attempt(wrapped(bubblewrap), true);
      if (attempt.started() != null) {
        return attempt.started();
      }
      failure = attempt.failure();
    }
    if (settings.wrapping() == WorkerSettings.Wrapping.REQUIRED) {
      throw unavailable("wrapping by the operating system is required, but " + failure);
    }
    var attempt = attempt(command.plain(), false);
    if (attempt.started() == null) {
      throw unavailable(attempt.failure());
    }
    return attempt.started();
  }

  private List<String> wrapped(Path bubblewrap) {
    try {
      return command.wrapped(bubblewrap);
    } catch (IOException e) {
      throw unavailable("the Java runtime cannot be found: " + e.getMessage());
    }
  }

  private record Attempt(@Nullable Started started, String failure) {}

  private Attempt attempt(List<String> line, boolean wrapped) throws InterruptedException {
    WorkerProcess process;
    try {
      process = WorkerProcess.start(line, folder, wrapped);
    } catch (IOException e) {
      return new Attempt(null, "the worker does not start: " + e.getMessage());
    }
    var log = new WorkerLog(settings.limits().pipe().logBytes());
    Thread.ofPlatform().daemon().name("worker-log").start(() -> log.drain(process.errors()));
    var reader =
        new FrameReader(
            new BufferedInputStream(process.output(), PIPE_BUFFER),
            WorkerArguments.caps(settings.limits()));
    String failure = greeting(reader, process, log);
    if (failure.isEmpty()) {
      process.settled();
      return new Attempt(new Started(process, reader, log), "");
    }
    process.kill(settings.limits().times().stopWall());
    return new Attempt(null, failure);
  }

  /// Waits for the first frame; answers with what went wrong, or with nothing.
  private String greeting(FrameReader reader, WorkerProcess process, WorkerLog log)
      throws InterruptedException {
    var first = new CompletableFuture<Boolean>();
    Thread.ofPlatform().daemon().name("worker-greeting").start(() -> greet(reader, first));
    Duration patience = settings.limits().times().startWall();
    try {
      if (first.get(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return "";
      }
      process.exitsWithin(settings.limits().times().stopWall());
      var words = log.lastWords(settings.limits().times().stopWall()).strip();
      return "the worker died at its start (%s): %s".formatted(exit(process), words);
    } catch (TimeoutException e) {
      return "the worker is not ready after " + patience.toSeconds() + " s";
    } catch (ExecutionException e) {
      return "the worker does not greet: " + e.getCause();
    } catch (InterruptedException e) {
      process.kill(settings.limits().times().stopWall());
      throw e;
    }
  }

  private static String exit(WorkerProcess process) {
    var code = process.exitCode();
    return code.isPresent() ? "exit code " + code.getAsInt() : "still running";
  }

  private static void greet(FrameReader reader, CompletableFuture<Boolean> first) {
    try {
      byte[] bytes = reader.nextBytes();
      first.complete(bytes != null && reader.parse(bytes) instanceof Frame.Ready);
    } catch (IOException | RuntimeException e) {
      first.completeExceptionally(e);
    }
  }

  private static SandboxException unavailable(String why) {
    return new SandboxException("sandbox_unavailable", why);
  }
}
