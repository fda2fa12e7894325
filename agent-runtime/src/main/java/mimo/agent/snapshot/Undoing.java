package mimo.agent.snapshot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.GitCommand;
import org.jspecify.annotations.Nullable;

/// Whether turns can be undone here.
public sealed interface Undoing {

  /// By these snapshots.
  record Possible(Snapshots snapshots) implements Undoing {}

  /// Not without git (`undo_needs_git`).
  record NeedsGit() implements Undoing {}

  /// @param git the program, if it is installed
  /// @param place where states come from and are kept
  static Undoing of(Optional<Path> git, ChildEnvironment environment, Place place) {
    return git.map(program -> new GitCommand(program, environment))
        .<Undoing>map(command ->
            new Possible(new Snapshots(command, place.workspace(), place.folder(), place.closed())))
        .orElseGet(NeedsGit::new);
  }

  /// Where states come from and are kept.
  ///
  /// @param workspace free of links
  /// @param folder of mimo's own, in which snapshots lie
  /// @param closed folders mimo itself keeps its things in
  record Place(Path workspace, Path folder, List<Path> closed) {
    public Place {
      closed = List.copyOf(closed);
    }
  }

  /// The snapshots, if there are any.
  default @Nullable Snapshots orNull() {
    return switch (this) {
      case Possible(var snapshots) -> snapshots;
      case NeedsGit() -> null;
    };
  }
}
