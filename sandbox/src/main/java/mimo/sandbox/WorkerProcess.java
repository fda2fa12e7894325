package mimo.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One started worker with all its descendants: the JVM itself, or a wrapper round it. Thread-safe.
final class WorkerProcess {

  private static final long POLL_NANOS = 1_000_000;

  private final Process process;
  private final boolean wrapped;
  private volatile @Nullable ProcessHandle jvm;

  private WorkerProcess(Process process, boolean wrapped) {
    this.process = process;
    this.wrapped = wrapped;
  }

  /// Starts the command with an empty environment. The wrapper dies with the *thread* that started
  /// it, so the caller must be a thread that outlives the worker.
  static WorkerProcess start(List<String> command, Path folder, boolean wrapped)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    return new WorkerProcess(builder.start(), wrapped);
  }

  boolean wrapped() {
    return wrapped;
  }

  InputStream output() {
    return process.getInputStream();
  }

  InputStream errors() {
    return process.getErrorStream();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  /// The JVM that runs the guest: under a wrapper, the innermost descendant.
  ProcessHandle jvm() {
    var known = jvm;
    if (known != null) {
      return known;
    }
    var found = process.toHandle();
    if (wrapped) {
      var next = found.children().findFirst();
      while (next.isPresent()) {
        found = next.get();
        next = found.children().findFirst();
      }
    }
    return found;
  }

  /// Remembers the JVM, once it is known to be up.
  void settled() {
    jvm = jvm();
  }

  /// Whether the process is gone within the time.
  boolean exitsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Closes the pipe, which asks the worker to end, and waits that long for it to do so.
  void leave(Duration farewell) throws InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken, so there is nobody to ask.
    }
    exitsWithin(farewell);
  }

  OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /// Kills the whole tree and waits until it is gone.
  ///
  /// @return whether it is gone within the time
  boolean kill(Duration patience) {
    var all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    var known = jvm;
    if (known != null) {
      all.add(known);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    long end = System.nanoTime() + patience.toNanos();
    while (all.stream().anyMatch(ProcessStatus::runs)) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
