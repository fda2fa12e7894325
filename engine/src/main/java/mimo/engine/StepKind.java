package mimo.engine;

/// What a step does, as the journal names it. The set grows with the parts of the system.
public enum StepKind {
  /// One agent works on a prompt until it answers.
  AGENT,
  /// An agent that has answered works on another prompt, with all it knows from before.
  CONTINUE,
  /// One read of the workspace: a file's text, its existence, or the paths a pattern matches.
  FILE,
  /// One call of one tool, by the workflow itself and not by an agent.
  TOOL,
  /// The text of another workflow that this one runs inside itself, found and read.
  WORKFLOW,
  /// That other workflow at work, from its first call to its end: the steps it asks for name it as
  /// their part, and nothing performs it but the workflow itself (D34).
  NESTED,
  /// A moment that is waited for, by the engine itself: the input is `{"ms"}` (L50, L51).
  TIMER,
  /// A question to people, by the engine itself; its input makes a [Gate] (L52, L53).
  GATE;

  /// Whether an agent works on it: agents share one limit, and set their cost aside.
  public boolean isAgent() {
    return switch (this) {
      case AGENT, CONTINUE -> true;
      case FILE, TOOL, WORKFLOW, NESTED, TIMER, GATE -> false;
    };
  }

  /// Whether it only waits: the engine does that, and no [Activity] performs it.
  boolean isWait() {
    return switch (this) {
      case TIMER, GATE -> true;
      case AGENT, CONTINUE, FILE, TOOL, WORKFLOW, NESTED -> false;
    };
  }

  /// The name used in journals, events and messages: lower case, for example `agent`.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
