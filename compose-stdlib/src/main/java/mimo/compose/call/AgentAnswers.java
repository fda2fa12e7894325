package mimo.compose.call;

import java.util.Set;
import mimo.compose.call.HostCall.Answer;
import mimo.engine.StepOutcome;

/// What a script gets for what became of an agent.
///
/// @param soft failures that are losses although others can catch them
public record AgentAnswers(Set<String> soft) {

  /// The only outcomes a script can catch (L86); every other one is a loss (L85).
  private static final Set<String> CATCHABLE =
      Set.of(
          "agent_cap",
          "bad_argument",
          "path_escape",
          "schema_invalid",
          "schema_exhausted",
          "budget_exhausted");

  public AgentAnswers {
    soft = Set.copyOf(soft);
  }

  Answer of(HostCall call, StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) ->
          // In an envelope, so that the prelude can tell a loss from an answer that is null.
          new Answer.Value(
              call.keeps()
                  ? "{\"value\":" + value + ",\"turn\":" + call.number() + "}"
                  : "{\"value\":" + value + "}");
      case StepOutcome.Failed(var code, var message) ->
          CATCHABLE.contains(code) && !soft.contains(code)
              ? new Answer.Rejection(code, message)
              : new Answer.Lost(code, message);
    };
  }
}
