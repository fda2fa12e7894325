package mimo.agent.permission;

/// What a rule's pattern is held against.
interface Subject {

  /// How sure it is that a pattern means this.
  enum Match {
    NO,
    MAYBE,
    YES
  }

  /// Whether a rule that restricts means this: when in doubt, it may.
  Match restrictedBy(String pattern);

  /// Whether a rule that allows means this: when in doubt, it does not.
  boolean allowedBy(String pattern);
}
