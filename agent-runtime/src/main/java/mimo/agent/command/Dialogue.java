package mimo.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;

/// A command that was started to be spoken with: its streams are whoever's who started it.
/// Thread-safe.
public final class Dialogue implements AutoCloseable {

  private final Process process;
  private final Confinement.Prepared walls;
  private final ProcessTree tree;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final ReentrantLock closing = new ReentrantLock();

  Dialogue(Process process, Confinement.Prepared walls, ProcessTree tree) {
    this.process = process;
    this.walls = walls;
    this.tree = tree;
  }

  /// What it is told.
  public OutputStream input() {
    return process.getOutputStream();
  }

  /// What it says.
  public InputStream output() {
    return process.getInputStream();
  }

  /// What it complains of.
  public InputStream errors() {
    return process.getErrorStream();
  }

  boolean isOpen() {
    return open.get();
  }

  /// Ends it with all it has started, and returns once it is gone: it is told that nothing more
  /// comes, then asked to end, then ended.
  @Override
  public void close() {
    closing.lock();
    try {
      if (!open.compareAndSet(true, false)) {
        return;
      }
      end();
      walls.settle();
      walls.close();
    } catch (InterruptedException hurried) {
      tree.kill();
      walls.close();
      Thread.currentThread().interrupt();
    } finally {
      closing.unlock();
    }
  }

  private void end() throws InterruptedException {
    // From another thread: whoever writes to a full pipe holds the stream.
    Thread.ofVirtual().name("dialogue-end").start(this::closeInput);
    var grace = Duration.ofMillis(AgentLimits.DIALOGUE_GRACE_MILLIS);
    if (!gone(grace)) {
      tree.terminate();
    }
    if (!gone(grace)) {
      tree.kill();
      gone(grace);
    }
    if (tree.hasOthers()) {
      tree.endOthers(grace);
    }
  }

  private boolean gone(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // Then it knows.
      return;
    }
  }
}
