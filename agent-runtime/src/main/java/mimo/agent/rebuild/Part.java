package mimo.agent.rebuild;

/// The parts of a rebuilt prompt, in the order in which they stand, and what each may take (K18).
/// Together they leave room for the largest error of an estimate (K19).
public enum Part {
  GOAL("Goal", 500, "mimo's user sees it whole"),
  TASKS("Tasks", 2_000, "the tool task lists all"),
  CHECKPOINT("Checkpoint", 14_000, "the tool memory finds the rest: type checkpoint"),
  RUNNING("At work", 500, "ask the tool that began it"),
  USER_INPUT("What the user said, the newest first", 10_000, "the tool history has it: kind user"),
  PROJECT_MEMORY("Memory of this project", 10_000, "the tool memory finds it: scope project"),
  GLOBAL_MEMORY("Memory for everywhere", 3_000, "the tool memory finds it: scope global"),
  NOTES("Notes of this session", 4_000, "the tool memory finds it: type notes"),
  INDEX("More is remembered in", 500, "the tool memory searches all of it"),
  RESUME("Where you stand", 500, "the tool history has it"),

  /// No text of its own: the messages behind the prompt.
  TAIL("", 12_000, "");

  private final String title;
  private final int tokens;
  private final String rest;

  Part(String title, int tokens, String rest) {
    this.title = title;
    this.tokens = tokens;
    this.rest = rest;
  }

  String title() {
    return title;
  }

  /// The most it may take where the window is large.
  public int tokens() {
    return tokens;
  }

  /// How what is left out can be read.
  String rest() {
    return rest;
  }
}
