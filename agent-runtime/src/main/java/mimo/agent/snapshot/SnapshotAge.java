package mimo.agent.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How old the states in a repository are, by the times of files in it, so that the clock of the
/// file system is the only one. Confined to whoever holds the repository's lock.
final class SnapshotAge {

  private static final Duration BETWEEN = Duration.ofDays(1);

  private final Path objects;
  private final Path taken;
  private final Path pruned;

  SnapshotAge(Path repository) {
    this.objects = repository.resolve("objects");
    this.taken = repository.resolve("mimo.taken");
    this.pruned = repository.resolve("mimo.pruned");
  }

  /// A state was taken now, even if git has known it for long: then it wrote nothing.
  void taken(String tree) throws IOException {
    Files.writeString(taken, tree + "\n");
    var object = objects.resolve(tree.substring(0, 2)).resolve(tree.substring(2));
    if (Files.exists(object)) {
      Files.setLastModifiedTime(object, Files.getLastModifiedTime(taken));
    }
  }

  /// Whether it is time to forget old ones, as of the last state that was taken.
  boolean isDue() throws IOException {
    if (!Files.exists(pruned)) {
      pruned();
      return false;
    }
    var last = Files.getLastModifiedTime(pruned).toInstant();
    return !Files.getLastModifiedTime(taken).toInstant().isBefore(last.plus(BETWEEN));
  }

  void pruned() throws IOException {
    Files.writeString(pruned, "");
  }
}
