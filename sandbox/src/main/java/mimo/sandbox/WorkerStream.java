package mimo.sandbox;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import mimo.sandbox.protocol.FrameException;
import mimo.sandbox.worker.WorkerMain;
import org.jspecify.annotations.Nullable;

/// Reads a worker's frames into the queue, and finds out why they end.
final class WorkerStream implements Runnable {

  /// What the JVM exits with when it is out of memory.
  private static final int OUT_OF_MEMORY = 3;

  private final WorkerLauncher.Started worker;
  private final FrameQueue queue;
  private final AtomicReference<@Nullable SandboxException> verdict;
  private final SandboxLimits limits;
  private long frames;

  WorkerStream(
      WorkerLauncher.Started worker,
      FrameQueue queue,
      AtomicReference<@Nullable SandboxException> verdict,
      SandboxLimits limits) {
    this.worker = worker;
    this.queue = queue;
    this.verdict = verdict;
    this.limits = limits;
  }

  @Override
  public void run() {
    var end = new SandboxException("worker_died", "the worker's stream was lost");
    try {
      end = readToItsEnd();
    } finally {
      // Whatever happened here, nobody must wait for a frame that cannot come.
      var judged = verdict.get();
      queue.end(judged == null ? end : judged);
    }
  }

  private SandboxException readToItsEnd() {
    try {
      readFrames();
      return death();
    } catch (FrameException e) {
      return condemned(new SandboxException(e.code(), "the worker sent " + e.getMessage()));
    } catch (IOException e) {
      // The pipe broke in the middle of something: the process's end tells more.
      return death();
    } catch (InterruptedException e) {
      return new SandboxException("worker_died", "the sandbox was closed");
    } catch (RuntimeException e) {
      // The boundary to untrusted bytes: whatever a reader did not foresee is the worker's doing.
      return condemned(
          new SandboxException("worker_protocol", "the worker sent a frame that fails: " + e));
    }
  }

  private SandboxException condemned(SandboxException why) {
    verdict.compareAndSet(null, why);
    worker.process().kill(limits.times().stopWall());
    return why;
  }

  private void readFrames() throws IOException, InterruptedException {
    var reader = worker.frames();
    for (byte[] bytes = reader.nextBytes(); bytes != null; bytes = reader.nextBytes()) {
      queue.put(reader.parse(bytes), bytes.length);
      frames++;
    }
  }

  private SandboxException death() {
    var code = exitCode();
    if (code.isEmpty()) {
      worker.process().kill(limits.times().stopWall());
      return new SandboxException("worker_protocol", "the worker closed its pipe and lives on");
    }
    return switch (code.getAsInt()) {
      case OUT_OF_MEMORY ->
          new SandboxException(
              "script_memory",
              "the script needs more than %d MiB".formatted(limits.memory().heapBytes() >> 20));
      case WorkerMain.TOO_LARGE ->
          new SandboxException("value_too_large", "the worker could not send it" + said());
      case WorkerMain.BROKEN_PROTOCOL ->
          new SandboxException("worker_protocol", "the worker gave up" + said());
      default ->
          new SandboxException(
              "worker_died",
              "the worker died with exit code %d after its frame %d%s"
                  .formatted(code.getAsInt(), frames, said()));
    };
  }

  private OptionalInt exitCode() {
    try {
      return worker.process().exitsWithin(limits.times().stopWall())
          ? worker.process().exitCode()
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      return OptionalInt.empty();
    }
  }

  /// The first line a dead worker wrote, which may still be in the pipe.
  private String said() {
    try {
      var words = worker.log().lastWords(limits.times().stopWall());
      return words.lines().findFirst().map(line -> ": " + line).orElse("");
    } catch (InterruptedException e) {
      return "";
    }
  }
}
