package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mimo.agent.command.BashTool;
import mimo.agent.command.GitCommand;
import mimo.agent.command.StagedRepositories;
import org.jspecify.annotations.Nullable;

/// Looks after each command of a workspace whether it has put a repository into the user's index,
/// and takes it out again. Thread-safe once [#guarded] was called.
final class StagingWatch implements BashTool.Aftermath {

  private final Path workspace;
  private final Supplier<Optional<GitCommand>> git;
  private final Consumer<String> notices;
  private volatile @Nullable StagedRepositories staged;

  /// @param git nothing if it is not installed
  StagingWatch(Path workspace, Supplier<Optional<GitCommand>> git, Consumer<String> notices) {
    this.workspace = workspace;
    this.git = git;
    this.notices = notices;
  }

  /// What of the repositories that are there already no command may change; from now on others
  /// count as new.
  List<Path> guarded() throws InterruptedException {
    var program = git.get();
    try {
      staged =
          program.isEmpty() ? null : StagedRepositories.in(program.get(), workspace).orElse(null);
    } catch (IOException untold) {
      notices.accept(unsure(untold));
    }
    var found = staged;
    return found == null ? List.of() : found.guarded();
  }

  @Override
  public String putRight() throws InterruptedException {
    var watched = staged;
    if (watched == null) {
      return "";
    }
    try {
      var taken = watched.takeOut();
      if (taken.isEmpty()) {
        return "";
      }
      var names = String.join(", ", taken);
      notices.accept("A command added the repository " + names + " to yours; it was taken out.");
      return names
          + ": a git repository within the workspace cannot be staged, for git would obey its"
          + " settings outside the sandbox. It was taken out of the index again; remove its .git to"
          + " add its files, or leave it to the user";
    } catch (IOException untold) {
      notices.accept(unsure(untold));
      return "";
    }
  }

  /// The same for what still ran when all were ended.
  void last() {
    try {
      putRight();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String unsure(IOException untold) {
    return "Nobody can tell whether commands added repositories to yours; look at `git ls-files"
        + " --stage` before `git status`: "
        + untold.getMessage();
  }
}
