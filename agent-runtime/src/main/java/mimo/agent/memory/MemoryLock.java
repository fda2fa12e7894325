package mimo.agent.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// The right to write the memory, against other threads and other processes (M6). Thread-safe.
///
/// Some bytes of one small file are locked one after the other, each while the one before is held,
/// and the last of them is the right to write: they are a queue that nobody overtakes in. Whoever
/// waits for one of them gives up after a while. A process has one of these for a file and keeps
/// it: POSIX drops a process's locks once any descriptor of the file closes in it.
final class MemoryLock {

  private static final long WRITE = 1;

  /// Where the queue begins: as many places as processes that may wait in turn.
  private static final long LAST = WRITE + AgentLimits.MEMORY_LOCK_PLACES;

  private static final long PAUSE = Duration.ofNanos(300_000).toNanos();
  private static final long PATIENCE = Duration.ofMillis(AgentLimits.MEMORY_LOCK_MILLIS).toNanos();

  /// POSIX has locks by process, so there has to be one place by process that knows them.
  private static final ConcurrentMap<Path, MemoryLock> OF_PROCESS = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock threads = new ReentrantLock(true);
  private @Nullable FileChannel channel;

  private MemoryLock(Path file) {
    this.file = file;
  }

  /// The one lock this process has on a file, however the file is named.
  ///
  /// @param file in a folder that exists
  static MemoryLock of(Path file) throws IOException {
    var folder = Objects.requireNonNull(file.toAbsolutePath().getParent()).toRealPath();
    return OF_PROCESS.computeIfAbsent(folder.resolve(file.getFileName()), MemoryLock::new);
  }

  /// Something done while nobody else writes.
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  <T> T holding(Work<T> work) throws IOException, InterruptedException {
    if (!threads.tryLock(AgentLimits.MEMORY_LOCK_MILLIS, TimeUnit.MILLISECONDS)) {
      throw MemoryException.busy("the memory");
    }
    try {
      var open = open();
      try (var _ = queued(open)) {
        return work.run();
      }
    } finally {
      threads.unlock();
    }
  }

  private static FileLock queued(FileChannel open) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var held = lock(open, LAST, start);
    for (long place = LAST - 1; place >= WRITE; place--) {
      try (var _ = held) {
        held = lock(open, place, start);
      }
    }
    return held;
  }

  private static FileLock lock(FileChannel open, long place, long start)
      throws IOException, InterruptedException {
    while (true) {
      var lock = tryLock(open, place);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - start > PATIENCE) {
        throw MemoryException.busy("the memory");
      }
      LockSupport.parkNanos(PAUSE);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while another process writes the memory");
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel open, long place) throws IOException {
    try {
      return open.tryLock(place, 1, false);
    } catch (OverlappingFileLockException heldByAnotherInstance) {
      return null;
    }
  }

  /// Called by one thread at a time.
  private FileChannel open() throws IOException {
    var open = channel;
    if (open == null || !open.isOpen()) {
      open =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      channel = open;
    }
    return open;
  }
}
