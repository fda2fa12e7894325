package mimo.agent.provider;

/// How hard a model is asked to think, and in which of its provider's words.
public record Thinking(Effort effort, Manner manner) {

  /// The ways in which providers take an effort.
  public enum Manner {
    /// By its word.
    WORD,

    /// By its word, beside the request to think as much as the matter needs.
    ADAPTIVE,

    /// By a number of tokens.
    TOKENS
  }
}
