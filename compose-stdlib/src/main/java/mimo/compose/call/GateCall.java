package mimo.compose.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ActivityRequest;
import mimo.engine.Gate;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.WaitInput;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `approve`, `ask` or `checkpoint`.
///
/// @param unanswered what the script gets if nobody answers, as JSON text
public record GateCall(int number, ActivityRequest request, String unanswered) implements HostCall {

  static GateCall of(
      GuestEvent.Called event, ObjectNode arguments, @Nullable SourcePosition position) {
    try {
      WaitInput.gate(arguments.toString());
    } catch (IllegalArgumentException wrong) {
      throw new UnknownCall(String.valueOf(wrong.getMessage()));
    }
    var verb = CallReader.text(arguments, "verb");
    var question = AgentLabel.firstLine(CallReader.text(arguments, "question"));
    var request =
        new ActivityRequest(
            StepKind.GATE,
            // An answer stands for whoever asks the same again, however long he would wait.
            ContentKeys.of(only(arguments, List.of("question", "schema")).toString()),
            event.path(),
            only(arguments, List.of("question", "schema", "default", "timeoutMs", "unattended"))
                .toString(),
            verb + " " + question,
            CallReader.phase(event),
            position);
    return new GateCall(event.call(), request, verb.equals("approve") ? "false" : "null");
  }

  private static ObjectNode only(ObjectNode arguments, List<String> keys) {
    var some = JsonNodeFactory.instance.objectNode();
    for (var key : keys) {
      var value = arguments.get(key);
      if (value != null) {
        some.set(key, value);
      }
    }
    return some;
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) -> new Answer.Value(value);
      case StepOutcome.Failed(var code, _) when code.equals(Gate.EXPIRED) ->
          new Answer.Value(unanswered);
      case StepOutcome.Failed(var code, var message) -> new Answer.Rejection(code, message);
    };
  }
}
