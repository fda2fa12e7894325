package mimo.cli.script;

/// Where a workflow that has a name comes from; the first that has the name is meant (L17).
public enum WorkflowOrigin {
  /// `.mimocode/workflows`, from the working folder up to the root of the repository.
  PROJECT("project"),
  /// `.claude/workflows`, on the same way.
  CLAUDE("claude"),
  /// The user's own.
  USER("user"),
  /// What comes with mimo.
  BUILT_IN("built-in");

  private final String word;

  WorkflowOrigin(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /// Whether whoever wrote the repository wrote it, not the user.
  boolean isOfRepository() {
    return this == PROJECT || this == CLAUDE;
  }
}
