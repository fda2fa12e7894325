package mimo.agent.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The repositories that stand in the index of another one, as submodules do. Thread-safe.
///
/// Whoever asks git for the status has it look into each of them, and obey what their settings say,
/// which may be to start a program. So a command that makes a repository and adds it would leave
/// its walls with the user's next `git status`: what it has added is taken out again.
public final class StagedRepositories {

  private static final String MODE = "160000 ";

  private final GitCommand git;
  private final Path workspace;
  private final Path index;
  private final Set<String> known;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Stamp seen;

  /// What changes with each new index: git never writes into one that is there.
  private record Stamp(@Nullable Object file, long modified, long bytes) {}

  private StagedRepositories(GitCommand git, Path workspace, Path index)
      throws IOException, InterruptedException {
    this.git = git;
    this.workspace = workspace;
    this.index = index;
    this.seen = stamp();
    this.known = Set.copyOf(staged());
  }

  /// Those of the repository that `workspace` is the top of; nothing if it is none.
  ///
  /// @throws IOException if git does not tell
  public static Optional<StagedRepositories> in(GitCommand git, Path workspace)
      throws IOException, InterruptedException {
    if (!Files.exists(workspace.resolve(".git"))) {
      return Optional.empty();
    }
    var answer = git.call(workspace, "rev-parse", "--git-path", "index");
    return answer.code() == 0
        ? Optional.of(new StagedRepositories(git, workspace, workspace.resolve(answer.line())))
        : Optional.empty();
  }

  /// Where those that were there from the beginning say where they are: no command may change it.
  public List<Path> guarded() {
    return known.stream().map(name -> Path.of(name, ".git")).toList();
  }

  /// Takes out of the index whatever repository was not in it at the beginning.
  ///
  /// @return their paths, which is nothing nearly always
  /// @throws IOException if git does not tell, or refuses
  public List<String> takeOut() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      var now = stamp();
      if (now == null || now.equals(seen)) {
        return List.of();
      }
      var added = new ArrayList<>(staged());
      added.removeAll(known);
      if (!added.isEmpty()) {
        remove(added);
      }
      seen = stamp();
      return List.copyOf(added);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Collection<String> paths) throws IOException, InterruptedException {
    var input = String.join("\0", paths) + "\0";
    git.call(
            workspace,
            List.of("update-index", "-z", "--force-remove", "--stdin"),
            input.getBytes(StandardCharsets.UTF_8))
        .orThrow();
  }

  private Set<String> staged() throws IOException, InterruptedException {
    var paths = new TreeSet<String>();
    for (var entry : git.call(workspace, "ls-files", "--stage", "-z").orThrow().parts()) {
      if (entry.startsWith(MODE)) {
        paths.add(entry.substring(entry.indexOf('\t') + 1));
      }
    }
    return paths;
  }

  private @Nullable Stamp stamp() throws IOException {
    if (!Files.exists(index)) {
      return null;
    }
    var attributes = Files.readAttributes(index, BasicFileAttributes.class);
    return new Stamp(
        attributes.fileKey(), attributes.lastModifiedTime().toMillis(), attributes.size());
  }
}
