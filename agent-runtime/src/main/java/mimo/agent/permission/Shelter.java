package mimo.agent.permission;

/// What keeps commands within bounds while they run.
public enum Shelter {
  /// Nothing: each command is asked for, and rules that allow do not count (A61).
  NONE,

  /// Nothing, and the user has said that rules shall count all the same.
  WAIVED,

  /// A sandbox of the operating system, in which the workspace can be written.
  SANDBOX,

  /// The same, and nothing can be written.
  READ_ONLY_SANDBOX;

  /// The same for an agent that only looks (A40).
  Shelter lookingOnly() {
    return this == SANDBOX ? READ_ONLY_SANDBOX : this;
  }

  boolean confines() {
    return this == SANDBOX || this == READ_ONLY_SANDBOX;
  }
}
