package mimo.agent.tool;

/// What a tool keeps that an agent has to know of when its conversation is not sent any more.
///
/// @param text for the model
public record Standing(Kind kind, String text) {

  /// What it is.
  public enum Kind {
    /// The list of what is to be done.
    TASKS,
    /// What works while the agent does something else.
    RUNNING
  }
}
