package mimo.compose.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.engine.ActivityRequest;
import mimo.engine.ContentKey;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;

/// A script's `handle.continue(prompt, options)`: the next turn of a conversation (L82).
///
/// What is asked for includes all that was said before: the key of the turn before is a part of the
/// key of this one (D30).
public record ContinueCall(int number, ActivityRequest request, AgentAnswers answers)
    implements HostCall {

  static ContinueCall of(
      GuestEvent.Called event,
      ObjectNode arguments,
      CallReader.Reading reading,
      KeptTurns.Turn before) {
    arguments.put("after", before.step());
    var request =
        new ActivityRequest(
            StepKind.CONTINUE,
            key(arguments, before.key()),
            event.path(),
            arguments.toString(),
            AgentLabel.of(arguments),
            CallReader.text(arguments, "phase"),
            reading.position());
    return new ContinueCall(event.call(), request, reading.answers());
  }

  private static ContentKey key(ObjectNode arguments, ContentKey parent) {
    var identity =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "continue")
            .put("parent", parent.value())
            .put("prompt", CallReader.text(arguments, "prompt"));
    JsonNode schema = arguments.get("schema");
    if (schema != null) {
      identity.set("schema", schema);
    }
    return ContentKeys.of(identity.toString());
  }

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return answers.of(this, outcome);
  }
}
