package mimo.agent.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.file.PathGuard;

/// The folder with the full texts of outputs that were too long for a result (A43, S56).
/// Thread-safe.
public final class SpillFiles {

  private static final String HEAD = "output-";
  private static final String TAIL = ".txt";

  private final Path folder;
  private final InstantSource clock;
  private final UnaryOperator<String> cleaning;

  /// @param folder is made, for the user alone, when first needed
  /// @param cleaning takes secrets out of text, and leaves them where it sees but a part of one
  public SpillFiles(Path folder, InstantSource clock, UnaryOperator<String> cleaning) {
    this.folder = folder;
    this.clock = clock;
    this.cleaning = cleaning;
  }

  /// A collector of one output, which makes a file here only if it becomes too long.
  public OutputCollector collector() {
    return new OutputCollector(this);
  }

  /// The way to the files here, if `path` names one of them by its absolute path: a result that was
  /// too long says where all of it is, and whoever got the result may read it.
  Optional<PathGuard> guardOf(String path) {
    try {
      var parent = Path.of(path).getParent();
      return parent != null && parent.equals(folder.toAbsolutePath()) && isOurs(Path.of(path))
          ? Optional.of(PathGuard.over(folder))
          : Optional.empty();
    } catch (InvalidPathException | IOException nothingThere) {
      return Optional.empty();
    }
  }

  /// A new file that nobody else may open.
  SpillFile make() throws IOException {
    var owner = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      throw new IOException("the folder for outputs is a link");
    }
    // Made exclusively, with a name nobody can know before and mode 0600.
    var file = Files.createTempFile(folder.toAbsolutePath(), HEAD, TAIL);
    return new SpillFile(file, cleaning);
  }

  /// Removes the files whose time is over.
  public void removeOld() throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return;
    }
    var oldest = clock.instant().minus(Duration.ofDays(AgentLimits.SPILL_DAYS));
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(SpillFiles::isOurs).limit(AgentLimits.SPILL_FILES).toList()) {
        if (Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /// Makes something else of what is kept here, each file as a whole or not at all.
  ///
  /// @return how many files changed
  public int rewrite(UnaryOperator<String> change) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return 0;
    }
    int changed = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(SpillFiles::isOurs).limit(AgentLimits.SPILL_FILES).toList()) {
        var before = new String(Files.readAllBytes(file), UTF_8);
        var after = change.apply(before);
        if (!after.equals(before)) {
          var next = Files.createTempFile(folder.toAbsolutePath(), HEAD, TAIL);
          Files.writeString(next, after);
          Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
          changed++;
        }
      }
    }
    return changed;
  }

  private static boolean isOurs(Path file) {
    var name = String.valueOf(file.getFileName());
    return name.startsWith(HEAD) && name.endsWith(TAIL);
  }
}
