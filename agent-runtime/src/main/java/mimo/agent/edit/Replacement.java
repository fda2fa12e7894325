package mimo.agent.edit;

/// What one edit asks for: that `oldText` becomes `newText`.
public record Replacement(String oldText, String newText, Scope scope) {

  /// How many places are meant.
  public enum Scope {
    /// The only one there is.
    ONE,
    EACH
  }
}
