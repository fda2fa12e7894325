package mimo.agent.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The folders that sandboxes keep their temporary files in, one for each session. Thread-safe; one
/// for each process.
public final class ScratchFolders {

  private static final Duration KEPT = Duration.ofDays(2);

  private final Path folder;
  private final RandomGenerator random;

  /// @param folder of mimo's own, in which they lie
  public ScratchFolders(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  /// A name no other session has, not even one of an earlier process with the same number; the
  /// folder is not made yet.
  public Path fresh() {
    var own = HexFormat.of().toHexDigits(random.nextLong());
    return folder.resolve(ProcessHandle.current().pid() + "-" + own);
  }

  /// Removes those that processes long gone have left.
  public void sweep(Instant now) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> all;
    try (var listed = Files.list(folder)) {
      all = listed.toList();
    }
    var oldest = FileTime.from(now.minus(KEPT));
    for (var scratch : all) {
      try {
        if (Files.getLastModifiedTime(scratch).compareTo(oldest) < 0 && !isAlive(scratch)) {
          remove(scratch);
        }
      } catch (IOException notNow) {
        // Another process removes it meanwhile, or the next one does.
      }
    }
  }

  private static boolean isAlive(Path scratch) {
    var name = scratch.getFileName().toString();
    var pid = name.substring(0, Math.max(0, name.indexOf('-')));
    return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  /// Removes a folder with all it holds, or a file; a link goes, not what it leads to.
  public static void remove(Path scratch) throws IOException {
    if (Files.exists(scratch, NOFOLLOW_LINKS)) {
      Files.walkFileTree(scratch, new Removal());
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      // A command may have closed it even to its owner.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
