package mimo.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// A command that was started. Thread-safe.
///
/// One thread reads its output and another waits for its end, clears up and tells of it, so that
/// nobody has to wait who does not want to.
public final class RunningCommand {

  private static final int FIRST_SIGNAL = 128;
  private static final String RAN = "\"exit-code\"";

  private final Process process;
  private final Confinement.Prepared walls;
  private final OutputSink sink;
  private final ProcessTree tree;
  private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable CommandEnd> stopped = new AtomicReference<>();

  private RunningCommand(
      Process process, Confinement.Prepared walls, OutputSink sink, ProcessTree tree) {
    this.process = process;
    this.walls = walls;
    this.sink = sink;
    this.tree = tree;
  }

  /// Takes over a process that was just started, with its walls and the sink of its output.
  static RunningCommand over(
      Process process, Confinement.Prepared walls, OutputSink sink, String mark) {
    var tree = new ProcessTree(process, walls.bond(), mark);
    var command = new RunningCommand(process, walls, sink, tree);
    var reader = Thread.ofVirtual().name("command-output").start(command::read);
    Thread.ofVirtual().name("command-end").start(() -> command.attend(reader));
    return command;
  }

  /// What a model is shown of its output so far.
  public String output() {
    return sink.text();
  }

  /// How it ended; null while it runs.
  public @Nullable CommandEnd end() {
    return end.getNow(null);
  }

  /// Waits for its end; when the time is over, it is stopped.
  CommandEnd await(Duration time) throws InterruptedException {
    try {
      return end.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException over) {
      return stop(new CommandEnd.TimedOut(time));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Stops it and waits until it is gone: it is asked to end, and ended if it does not.
  CommandEnd stop(CommandEnd how) throws InterruptedException {
    stopped.compareAndSet(null, how);
    tree.terminate();
    if (!gone(Duration.ofMillis(AgentLimits.COMMAND_GRACE_MILLIS))) {
      tree.kill();
      gone(Duration.ofMillis(AgentLimits.COMMAND_DRAIN_MILLIS * 2));
    }
    return end.getNow(how);
  }

  /// Stops it without waiting.
  void stopSoon() {
    stopped.compareAndSet(null, new CommandEnd.Stopped());
    Thread.ofVirtual()
        .name("command-stop")
        .start(() -> {
          try {
            stop(new CommandEnd.Stopped());
          } catch (InterruptedException e) {
            tree.kill();
          }
        });
  }

  /// Waits for its end that long, and ends it then.
  void finishWithin(Duration time) throws InterruptedException {
    if (!gone(time)) {
      tree.kill();
      gone(time);
    }
  }

  private boolean gone(Duration time) throws InterruptedException {
    try {
      end.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (InputStream output = process.getInputStream()) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        sink.accept(buffer, read);
      }
    } catch (IOException closed) {
      // The command has ended, and nobody waits any longer for what still holds its output.
    }
  }

  private void attend(Thread reader) {
    try {
      int code = process.waitFor();
      if (tree.hasOthers()) {
        tree.endOthers(Duration.ofMillis(AgentLimits.COMMAND_GRACE_MILLIS));
      }
      if (!reader.join(Duration.ofMillis(AgentLimits.COMMAND_DRAIN_MILLIS))) {
        process.getInputStream().close();
      }
      var how = stopped.get();
      var told = how == null ? exited(code) : how;
      say(walls.settle());
      finish(told);
    } catch (InterruptedException | IOException | RuntimeException broken) {
      finish(new CommandEnd.NotStarted("its end was lost: " + broken));
    }
  }

  private void finish(CommandEnd how) {
    try {
      sink.close();
      walls.close();
    } finally {
      end.complete(how);
    }
  }

  /// What the walls have to say stands at the end of the output.
  private void say(String words) {
    if (!words.isEmpty()) {
      byte[] bytes = ("\n" + words).getBytes(StandardCharsets.UTF_8);
      sink.accept(bytes, bytes.length);
    }
  }

  private CommandEnd exited(int code) throws IOException {
    var report = walls.report();
    if (report != null && code < FIRST_SIGNAL && !tells(report)) {
      return new CommandEnd.NotStarted("the sandbox did not start");
    }
    return new CommandEnd.Exited(code);
  }

  private static boolean tells(Path report) throws IOException {
    return Files.exists(report)
        && new String(Files.readAllBytes(report), StandardCharsets.UTF_8).contains(RAN);
  }
}
