package mimo.agent.snapshot;

import java.util.List;

/// The state of a workspace's files at one time.
///
/// @param tree names it; the same files have the same name
/// @param excluded what it leaves out although nothing says to ignore it
public record Snapshot(String tree, List<Excluded> excluded) {

  public Snapshot {
    excluded = List.copyOf(excluded);
  }
}
