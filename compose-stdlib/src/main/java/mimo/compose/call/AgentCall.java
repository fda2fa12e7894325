package mimo.compose.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mimo.engine.ActivityRequest;
import mimo.engine.ContentKey;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `agent(prompt, options)`.
///
/// @param soft failures that are losses although others can catch them
public record AgentCall(int number, ActivityRequest request, Set<String> soft) implements HostCall {

  /// The only outcomes a script can catch (L86); every other one is a loss (L85).
  private static final Set<String> CATCHABLE =
      Set.of("agent_cap", "bad_argument", "schema_invalid", "schema_exhausted", "budget_exhausted");

  /// What changes an agent's answer, and therefore its identity (D30).
  private static final Set<String> SEMANTIC = Set.of("prompt", "schema", "model");

  private static final int LONGEST_LABEL = 60;

  static AgentCall of(
      GuestEvent.Called event,
      ObjectNode arguments,
      @Nullable SourcePosition position,
      Set<String> soft) {
    var request =
        new ActivityRequest(
            StepKind.AGENT,
            key(arguments),
            event.path(),
            arguments.toString(),
            label(arguments),
            CallReader.text(arguments, "phase"),
            position);
    return new AgentCall(event.call(), request, soft);
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) ->
          // In an envelope, so that the prelude can tell a loss from an answer that is null.
          new Answer.Value("{\"value\":" + value + "}");
      case StepOutcome.Failed(var code, var message) ->
          CATCHABLE.contains(code) && !soft.contains(code)
              ? new Answer.Rejection(code, message)
              : new Answer.Lost(code, message);
    };
  }

  private static ContentKey key(ObjectNode arguments) {
    var identity = JsonNodeFactory.instance.objectNode().put("kind", "agent");
    for (var key : SEMANTIC) {
      JsonNode value = arguments.get(key);
      if (value != null) {
        identity.set(key, value);
      }
    }
    return ContentKeys.of(identity.toString());
  }

  private static String label(ObjectNode arguments) {
    var label = CallReader.text(arguments, "label");
    if (!label.isEmpty()) {
      return label;
    }
    var first = CallReader.text(arguments, "prompt").strip().lines().findFirst().orElse("agent");
    return first.length() <= LONGEST_LABEL ? first : cut(first);
  }

  private static String cut(String line) {
    int end = LONGEST_LABEL - 1;
    boolean splitsPair = Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, splitsPair ? end - 1 : end) + "…";
  }
}
