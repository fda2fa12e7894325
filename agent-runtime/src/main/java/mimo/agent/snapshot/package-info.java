/// The state of a workspace's files, kept and brought back with git.
///
/// [mimo.agent.snapshot.Snapshots] keeps it in a repository of mimo's own, so that a turn can be
/// undone; [mimo.agent.snapshot.Worktrees] gives an agent a copy to work on. The user's own
/// repository is touched only by what worktrees must write there.
@NullMarked
package mimo.agent.snapshot;

import org.jspecify.annotations.NullMarked;
