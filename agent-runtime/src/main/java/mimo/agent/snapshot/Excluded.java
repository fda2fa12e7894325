package mimo.agent.snapshot;

/// A file of the workspace that a snapshot leaves out, so that undoing does not bring it back.
///
/// @param path relative to the workspace
public record Excluded(String path, Reason reason) {

  /// Why.
  public enum Reason {
    LARGE,
    IGNORED,
    UNREADABLE,
    /// It belongs to a repository within the workspace.
    OTHER_REPOSITORY
  }
}
