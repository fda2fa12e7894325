package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.journal.StreamId;

/// The operating-system locks that say which process owns which stream (D41). Thread-safe.
///
/// This is the only class that opens these files, and it has each open at most once: a POSIX lock
/// drops when *any* descriptor of its file closes in the process that holds it (S95). The files
/// stay when their lock is given back; deleting one would let two processes lock two files of the
/// same name.
final class RunLocks {

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final ReentrantLock mutex = new ReentrantLock();
  private final Path folder;
  // By name: hashing a record is put together while the program starts, which takes longer.
  private final Map<String, FileChannel> held = new HashMap<>();
  // Opened for a lock that this process turned out to hold elsewhere; closing would drop it.
  private final List<FileChannel> neverClosed = new ArrayList<>();

  RunLocks(Path folder) {
    this.folder = folder;
  }

  /// One of a stream's lock files. Who takes a stream away from a live owner cannot have its lock,
  /// so he takes the next one, and the lease says which counts.
  record LockFile(StreamId stream, long number) {

    private String name() {
      var suffix = number == 0 ? ".lock" : "." + number + ".lock";
      return stream.kind() + "-" + stream.name() + suffix;
    }
  }

  /// Takes the lock of a stream, if nobody else has it. One who only looks has it for a moment,
  /// hence a little patience.
  boolean acquire(LockFile lock) {
    var deadline = System.nanoTime() + EngineLimits.LOCK_PATIENCE.toNanos();
    while (!tryAcquire(lock)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  private boolean tryAcquire(LockFile lock) {
    mutex.lock();
    try {
      if (held.containsKey(lock.name())) {
        return false;
      }
      var channel = FileChannel.open(file(lock), openOptions());
      if (!locked(channel)) {
        return false;
      }
      held.put(lock.name(), channel);
      return true;
    } catch (IOException e) {
      throw failure(lock, e);
    } finally {
      mutex.unlock();
    }
  }

  private boolean locked(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return true;
      }
      channel.close();
      return false;
    } catch (OverlappingFileLockException e) {
      neverClosed.add(channel);
      return false;
    }
  }

  /// Whether some process, perhaps this one, holds the lock.
  boolean isHeld(LockFile lock) {
    mutex.lock();
    try {
      if (held.containsKey(lock.name())) {
        return true;
      }
      if (!Files.exists(file(lock))) {
        return false;
      }
      var channel = FileChannel.open(file(lock), openOptions());
      if (!locked(channel)) {
        return true;
      }
      channel.close();
      return false;
    } catch (IOException e) {
      throw failure(lock, e);
    } finally {
      mutex.unlock();
    }
  }

  /// Gives the lock back.
  void release(LockFile lock) {
    mutex.lock();
    try {
      var channel = held.remove(lock.name());
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw failure(lock, e);
    } finally {
      mutex.unlock();
    }
  }

  private Path file(LockFile lock) {
    return folder.resolve(lock.name());
  }

  private static StandardOpenOption[] openOptions() {
    return new StandardOpenOption[] {
      StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE
    };
  }

  private StoreFailure failure(LockFile lock, IOException e) {
    return StoreFailures.of(e, "lock file " + file(lock));
  }
}
