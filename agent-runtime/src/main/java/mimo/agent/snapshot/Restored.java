package mimo.agent.snapshot;

import java.util.List;

/// What bringing back a state did.
///
/// @param before the state there was, as a tree
/// @param files that are otherwise now, with the lines gained and lost by that
/// @param kept files somebody else has changed since, so they were left as they are
/// @param excluded files no state holds, so nothing became of them
public record Restored(
    String before, List<ChangedFile> files, List<String> kept, List<Excluded> excluded) {

  public Restored {
    files = List.copyOf(files);
    kept = List.copyOf(kept);
    excluded = List.copyOf(excluded);
  }
}
