package mimo.compose.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import mimo.engine.ActivityRequest;
import mimo.engine.StepOutcome;

/// One question of a script, on its way to the engine and back.
public sealed interface HostCall
    permits AgentCall, ContinueCall, FileCall, ToolCall, TimerCall, GateCall {

  /// The guest's number for this call.
  int number();

  /// The step that answers it.
  ActivityRequest request();

  /// Whether the script may go on with what was said in it (L82).
  default boolean keeps() {
    return false;
  }

  /// The same call with another prompt, if it has one at all.
  default HostCall asking(String prompt) {
    return this;
  }

  /// The steps of all turns that were there before, in this generation of the run.
  default List<Integer> turns() {
    return List.of();
  }

  /// What the script gets for the step's outcome.
  Answer answer(StepOutcome outcome);

  /// What goes back to the script.
  sealed interface Answer {

    /// A value, as JSON text.
    record Value(String json) implements Answer {}

    /// `null`, because something the script asked for is missing: a loss (L85, L107).
    record Lost(String reason, String message) implements Answer {

      /// What the prelude reads, to tell the script with `null` and to name the loss.
      public String json(HostCall call) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("lost")
            .put("call", call.number())
            .put("label", call.request().label())
            .put("reason", reason)
            .put("message", message);
        return json.toString();
      }
    }

    /// An error the script may catch.
    record Rejection(String code, String message) implements Answer {}
  }
}
