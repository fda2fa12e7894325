package mimo.compose.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
public record ContinueCall(
    int number, ActivityRequest request, AgentAnswers answers, List<Integer> turns)
    implements HostCall {

  public ContinueCall {
    turns = List.copyOf(turns);
  }

  static ContinueCall of(
      GuestEvent.Called event,
      ObjectNode arguments,
      CallReader.Reading reading,
      KeptTurns.Turn before) {
    arguments.put("after", before.step());
    if (before.steps().size() > 1) {
      // What a turn left names the one before by its number in the generation where it ran.
      before.steps().forEach(arguments.putArray("turns")::add);
    }
    var request =
        new ActivityRequest(
            StepKind.CONTINUE,
            key(arguments, before.key()),
            event.path(),
            arguments.toString(),
            AgentLabel.of(arguments),
            CallReader.text(arguments, "phase"),
            reading.position());
    return new ContinueCall(event.call(), request, reading.answers(), before.steps());
  }

  private static ContentKey key(ObjectNode arguments, ContentKey parent) {
    var identity =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "continue")
            .put("parent", parent.value())
            .put("prompt", CallReader.text(arguments, "prompt"));
    for (var key : List.of("schema", "goal")) {
      JsonNode value = arguments.get(key);
      if (value != null) {
        identity.set(key, value);
      }
    }
    return ContentKeys.of(identity.toString());
  }

  @Override
  public HostCall asking(String prompt) {
    return new ContinueCall(number, Amended.request(request, prompt), answers, turns);
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
