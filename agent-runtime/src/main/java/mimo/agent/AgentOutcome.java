package mimo.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an agent's work ended.
sealed interface AgentOutcome {

  /// With an answer, as JSON text.
  record Answered(String value) implements AgentOutcome {}

  /// Without one.
  ///
  /// @param code a reason of L85, or the provider's own code where the user must act
  /// @param until when trying again has sense; null if nobody knows, or if it never has
  record Ended(String code, String message, @Nullable Instant until) implements AgentOutcome {
    Ended(String code, String message) {
      this(code, message, null);
    }
  }
}
