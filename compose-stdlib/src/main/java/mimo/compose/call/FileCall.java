package mimo.compose.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.engine.ActivityRequest;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `readFile`, `writeFile`, `exists` or `glob`.
public record FileCall(int number, ActivityRequest request) implements HostCall {

  static FileCall of(
      GuestEvent.Called event, ObjectNode arguments, @Nullable SourcePosition position) {
    var subject = CallReader.text(arguments, arguments.has("pattern") ? "pattern" : "path");
    var request =
        new ActivityRequest(
            StepKind.FILE,
            ContentKeys.of(arguments.toString()),
            event.path(),
            arguments.toString(),
            CallReader.text(arguments, "operation") + " " + subject,
            CallReader.phase(event),
            position);
    return new FileCall(event.call(), request);
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) -> new Answer.Value(value);
      case StepOutcome.Failed(var code, var message) -> new Answer.Rejection(code, message);
    };
  }
}
