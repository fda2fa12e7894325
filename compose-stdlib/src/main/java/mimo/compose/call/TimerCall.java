package mimo.compose.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ActivityRequest;
import mimo.engine.EngineLimits;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `sleep` or `setTimeout`.
///
/// @param timer the number by which the script may clear it; 0 for a `sleep`
public record TimerCall(int number, ActivityRequest request, int timer) implements HostCall {

  static TimerCall of(
      GuestEvent.Called event, ObjectNode arguments, @Nullable SourcePosition position) {
    var millis = arguments.path("ms");
    var most = EngineLimits.LONGEST_WAIT.toMillis();
    if (!millis.isIntegralNumber() || millis.longValue() < 0 || millis.longValue() > most) {
      throw new UnknownCall("a timer runs for " + millis + " ms");
    }
    // Which of a script's timers it is does not matter to what it waits for.
    var input = JsonNodeFactory.instance.objectNode().put("ms", millis.longValue()).toString();
    var timer = arguments.path("id").asInt(0);
    var request =
        new ActivityRequest(
            StepKind.TIMER,
            ContentKeys.of(input),
            event.path(),
            input,
            (timer == 0 ? "sleep " : "setTimeout ") + millis.longValue() + " ms",
            CallReader.phase(event),
            position);
    return new TimerCall(event.call(), request, timer);
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) -> new Answer.Value(value);
      case StepOutcome.Failed(var code, var message) -> new Answer.Rejection(code, message);
    };
  }
}
