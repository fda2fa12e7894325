package mimo.agent;

/// How an agent's work ended.
sealed interface AgentOutcome {

  /// With an answer, as JSON text.
  record Answered(String value) implements AgentOutcome {}

  /// Without one.
  ///
  /// @param code a reason of L85, or the provider's own code where the user must act
  record Ended(String code, String message) implements AgentOutcome {}
}
