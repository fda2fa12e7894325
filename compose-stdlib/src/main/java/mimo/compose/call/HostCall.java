package mimo.compose.call;

import mimo.engine.ActivityRequest;
import mimo.engine.StepOutcome;

/// One question of a script, on its way to the engine and back.
public sealed interface HostCall permits AgentCall, FileCall {

  /// The guest's number for this call.
  int number();

  /// The step that answers it.
  ActivityRequest request();

  /// What the script gets for the step's outcome.
  Answer answer(StepOutcome outcome);

  /// What goes back to the script.
  sealed interface Answer {

    /// A value, as JSON text.
    record Value(String json) implements Answer {}

    /// `null`, because something the script asked for is missing: a loss (L85, L107).
    record Lost(String reason, String message) implements Answer {}

    /// An error the script may catch.
    record Rejection(String code, String message) implements Answer {}
  }
}
