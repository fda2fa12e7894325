package mimo.engine;

/// What a step does, as the journal names it. The set grows with the parts of the system.
public enum StepKind {
  /// One agent works on a prompt until it answers.
  AGENT,
  /// An agent that has answered works on another prompt, with all it knows from before.
  CONTINUE,
  /// One read of the workspace: a file's text, its existence, or the paths a pattern matches.
  FILE,
  /// The text of another workflow that this one runs inside itself, found and read.
  WORKFLOW;

  /// Whether an agent works on it: agents share one limit, and set their cost aside.
  public boolean isAgent() {
    return switch (this) {
      case AGENT, CONTINUE -> true;
      case FILE, WORKFLOW -> false;
    };
  }

  /// The name used in journals, events and messages: lower case, for example `agent`.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
