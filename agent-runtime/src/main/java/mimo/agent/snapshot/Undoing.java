package mimo.agent.snapshot;

import java.nio.file.Path;
import java.util.Optional;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.GitCommand;

/// Whether turns can be undone here.
public sealed interface Undoing {

  /// By these snapshots.
  record Possible(Snapshots snapshots) implements Undoing {}

  /// Not without git (`undo_needs_git`).
  record NeedsGit() implements Undoing {}

  /// @param git the program, if it is installed
  /// @param folder of mimo's own, in which snapshots lie
  static Undoing of(Optional<Path> git, ChildEnvironment environment, Path workspace, Path folder) {
    return git.<Undoing>map(program ->
            new Possible(new Snapshots(new GitCommand(program, environment), workspace, folder)))
        .orElseGet(NeedsGit::new);
  }
}
