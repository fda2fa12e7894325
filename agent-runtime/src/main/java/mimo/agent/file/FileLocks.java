package mimo.agent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// Files held alone, against other threads and against other processes of the user (A47).
/// Thread-safe.
///
/// One small file outside the workspace stands for all: a path is held by locking the one byte of
/// it, far beyond its end, that the path's hash points at. So nothing is left beside the files, and
/// nothing grows. A process makes one of these and keeps it: POSIX drops a process's locks as soon
/// as *any* descriptor of the locked file closes in it, so this one stays open for life.
public final class FileLocks {

  private static final int STRIPES = 64;
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Path file;
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable FileChannel channel;

  /// Threads of this process wait for each other here: a byte is locked for the whole process.
  private final ReentrantLock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /// @param file holds no data and is made when first needed; its folder must exist by then
  public FileLocks(Path file) {
    this.file = file;
  }

  /// A file that is held alone, until closed by the thread that took hold of it.
  ///
  /// @param scratch the name under which its next content may be prepared; nobody else's, so what
  ///   bears it is what a killed process left behind
  public record Hold(String scratch, FileLock lock, ReentrantLock stripe) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        lock.release();
      } finally {
        stripe.unlock();
      }
    }
  }

  /// Takes hold of `path`, or of nothing if another has it for too long.
  ///
  /// @param path absolute and free of links
  public Optional<Hold> hold(Path path) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + Duration.ofMillis(AgentLimits.FILE_LOCK_MILLIS).toNanos();
    byte[] digest = digest(file.toAbsolutePath() + "\0" + path);
    long key = ByteBuffer.wrap(digest).getLong() >>> 1;
    var stripe = stripes[(int) (key % STRIPES)];
    if (!stripe.tryLock(AgentLimits.FILE_LOCK_MILLIS, TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    boolean held = false;
    try {
      // The last byte there can be is left out: a lock may not reach beyond it.
      var lock = lock(Math.min(key, Long.MAX_VALUE - 1), deadline);
      held = lock.isPresent();
      var scratch = ".mimo-" + HexFormat.of().formatHex(digest, 8, 16) + ".tmp";
      return lock.map(taken -> new Hold(scratch, taken, stripe));
    } finally {
      if (!held) {
        stripe.unlock();
      }
    }
  }

  private Optional<FileLock> lock(long place, long deadline)
      throws IOException, InterruptedException {
    var open = open();
    while (true) {
      var lock = tryLock(open, place);
      if (lock != null || System.nanoTime() > deadline) {
        return Optional.ofNullable(lock);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while another process changes the file");
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

  private FileChannel open() throws IOException {
    opening.lock();
    try {
      if (channel == null || !channel.isOpen()) {
        channel =
            FileChannel.open(
                file,
                Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Objects.requireNonNull(channel);
    } finally {
      opening.unlock();
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
