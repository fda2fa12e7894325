package mimo.agent.shell;

/// A file that a command gets opened.
public record Redirection(Use use, Word target) {

  /// What the file is opened for.
  public enum Use {
    READ,
    WRITE
  }
}
