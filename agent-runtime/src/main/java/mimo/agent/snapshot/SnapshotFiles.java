package mimo.agent.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mimo.agent.AgentLimits;

/// Sorts the files git has noticed into those a snapshot takes and those it leaves out. Confined to
/// one snapshot.
final class SnapshotFiles {

  private final Path workspace;
  private final List<Excluded> excluded = new ArrayList<>();
  private final Set<String> taken = new LinkedHashSet<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private long bytes;

  SnapshotFiles(Path workspace) {
    this.workspace = workspace;
  }

  /// @throws IOException if there are more of them than one snapshot takes
  void add(List<String> names) throws IOException {
    names.forEach(this::add);
    if (taken.size() > AgentLimits.SNAPSHOT_FILES || bytes > AgentLimits.SNAPSHOT_BYTES) {
      throw new IOException(
          "%d files with %d MB are too much to keep".formatted(taken.size(), bytes / 1_000_000));
    }
  }

  /// A folder is named only where git stops: at a repository within the workspace.
  private void add(String name) {
    if (name.endsWith("/")) {
      exclude(name, Excluded.Reason.OTHER_REPOSITORY);
      return;
    }
    try {
      var file = workspace.resolve(name);
      if (Files.isSymbolicLink(file)) {
        taken.add(name);
      } else if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
        gone.add(name);
      } else if (Files.size(file) > AgentLimits.SNAPSHOT_FILE_BYTES) {
        exclude(name, Excluded.Reason.LARGE);
        gone.add(name);
      } else if (!Files.isReadable(file)) {
        exclude(name, Excluded.Reason.UNREADABLE);
        gone.add(name);
      } else {
        bytes += Files.size(file);
        taken.add(name);
      }
    } catch (IOException | InvalidPathException vanished) {
      gone.add(name);
    }
  }

  private void exclude(String name, Excluded.Reason reason) {
    if (excluded.size() < AgentLimits.SNAPSHOT_EXCLUDED) {
      excluded.add(new Excluded(name, reason));
    }
  }

  boolean isEmpty() {
    return taken.isEmpty() && gone.isEmpty();
  }

  List<Excluded> excluded() {
    return excluded;
  }

  /// Paths whose content is to be taken.
  Set<String> taken() {
    return taken;
  }

  /// Paths a snapshot is to know nothing of.
  Set<String> gone() {
    return gone;
  }
}
