package mimo.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The thread that starts a worker, watches it, and sees it die.
///
/// It must be one platform thread for all three: the wrapper asks the system to be killed when its
/// parent dies, and the system means the thread that started it.
final class WorkerKeeper {

  /// How often a busy worker is looked at, and an idle one.
  private static final Duration BUSY_TICK = Duration.ofMillis(50);

  private static final Duration IDLE_TICK = Duration.ofMillis(200);

  private final SandboxLimits limits;
  private final Duration farewell;
  private final WorkerLauncher launcher;
  private final Watchdog watchdog;
  private final FrameQueue queue;
  private final CompletableFuture<WorkerLauncher.Started> started = new CompletableFuture<>();
  private final AtomicReference<@Nullable SandboxException> verdict = new AtomicReference<>();
  private final Thread thread;

  WorkerKeeper(WorkerSettings settings, WorkerLauncher launcher) {
    this.limits = settings.limits();
    this.farewell = settings.farewell();
    this.launcher = launcher;
    this.watchdog = new Watchdog(limits, System::nanoTime);
    this.queue = new FrameQueue(limits);
    this.thread = Thread.ofPlatform().daemon().name("worker-keeper").unstarted(this::keep);
  }

  void start() {
    thread.start();
  }

  Watchdog watchdog() {
    return watchdog;
  }

  FrameQueue queue() {
    return queue;
  }

  /// Waits until the worker is up.
  ///
  /// @throws SandboxException if it does not come up
  WorkerLauncher.Started started() throws InterruptedException {
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  String confinement() {
    try {
      return started.join().process().wrapped() ? "process+os" : "process-only";
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  private static SandboxException failure(@Nullable Throwable cause) {
    return cause instanceof SandboxException known
        ? known
        : new SandboxException("sandbox_unavailable", "the worker did not come up: " + cause);
  }

  /// Whether the worker came up; it may have died since.
  private boolean isUp() {
    return started.state() == Future.State.SUCCESS;
  }

  String log() {
    return isUp() ? started.join().log().text() : "";
  }

  private void keep() {
    Thread reading = null;
    try {
      var worker = launcher.launch();
      reading =
          Thread.ofPlatform()
              .daemon()
              .name("worker-stream")
              .start(new WorkerStream(worker, queue, verdict, limits));
      started.complete(worker);
      watch(worker.process());
      worker.process().kill(limits.times().stopWall());
      // What a dead worker had sent is still to be read, and its end still to be told.
      reading.join();
    } catch (InterruptedException e) {
      sayFarewell();
      stopWorker();
      started.completeExceptionally(closed());
    } catch (RuntimeException | Error e) {
      // An error too, such as no more threads: whoever waits for the worker must hear of it.
      stopWorker();
      started.completeExceptionally(e);
    } finally {
      if (reading != null) {
        // A full queue that nobody empties any more would hold it for ever.
        reading.interrupt();
      }
    }
  }

  /// Looks at the worker until it is gone.
  private void watch(WorkerProcess process) throws InterruptedException {
    while (!process.exitsWithin(watchdog.busy() ? BUSY_TICK : IDLE_TICK)) {
      var why = watchdog.judge(Watchdog.Usage.of(process.jvm()));
      if (why.isPresent()) {
        condemn(why.get());
      }
    }
  }

  /// Kills the worker for a reason, which its stream then ends with.
  void condemn(SandboxException why) {
    verdict.compareAndSet(null, why);
    stopWorker();
  }

  /// Ends the worker; when this returns it is gone.
  void stop() {
    verdict.compareAndSet(null, closed());
    thread.interrupt();
    joinKeeper();
    stopWorker();
  }

  private void joinKeeper() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayFarewell() {
    if (farewell.isPositive() && isUp()) {
      try {
        started.join().process().leave(farewell);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stopWorker() {
    if (isUp()) {
      started.join().process().kill(limits.times().stopWall());
    }
  }

  private static SandboxException closed() {
    return new SandboxException("worker_died", "the sandbox was closed");
  }
}
