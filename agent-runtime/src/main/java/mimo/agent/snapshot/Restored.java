package mimo.agent.snapshot;

import java.util.List;

/// What bringing back a state did.
///
/// @param files that are as they were before, with the lines gained and lost by that
/// @param kept files somebody else has changed since, so they were left as they are
public record Restored(List<ChangedFile> files, List<String> kept) {

  public Restored {
    files = List.copyOf(files);
    kept = List.copyOf(kept);
  }
}
