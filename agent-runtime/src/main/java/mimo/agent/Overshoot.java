package mimo.agent;

/// How far a budget may be passed (L95).
public enum Overshoot {
  /// By one request of each agent at work: what it comes to is known when it is over.
  ONE_REQUEST,

  /// Not at all: the most a request can come to is set aside before it is sent, and what does not
  /// fit is not sent.
  NONE
}
