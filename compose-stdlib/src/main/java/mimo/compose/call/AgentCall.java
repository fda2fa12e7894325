package mimo.compose.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ActivityRequest;
import mimo.engine.ContentKey;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `agent(prompt, options)`.
///
/// @param answers how outcomes become answers
/// @param keeps whether the script may go on with what was said
public record AgentCall(int number, ActivityRequest request, AgentAnswers answers, boolean keeps)
    implements HostCall {

  /// What changes an agent's answer, and therefore its identity (D30).
  private static final List<String> SEMANTIC =
      List.of(
          "prompt",
          "schema",
          "model",
          "defaultModel",
          "agentType",
          "cwd",
          "tools",
          "mode",
          "isolation",
          "memory",
          "goal",
          "tellsWorktree");

  private static final String KEEP = "keep";

  static AgentCall of(
      GuestEvent.Called event,
      ObjectNode arguments,
      CallReader.Reading reading,
      CallReader.Agents agents) {
    boolean keeps = arguments.path(KEEP).asBoolean();
    var request =
        new ActivityRequest(
            StepKind.AGENT,
            key(arguments, agents),
            event.path(),
            arguments.toString(),
            AgentLabel.of(arguments),
            CallReader.text(arguments, "phase"),
            reading.position());
    return new AgentCall(event.call(), request, reading.answers(), keeps);
  }

  @Override
  public HostCall asking(String prompt) {
    return new AgentCall(number, Amended.request(request, prompt), answers, keeps);
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return answers.of(this, outcome);
  }

  private static ContentKey key(ObjectNode arguments, CallReader.Agents agents) {
    var identity = JsonNodeFactory.instance.objectNode().put("kind", "agent");
    for (var key : SEMANTIC) {
      JsonNode value = arguments.get(key);
      if (value != null) {
        identity.set(key, value);
      }
    }
    var type = CallReader.text(arguments, "agentType");
    if (!type.isEmpty()) {
      var digest = agents.types().get(type);
      if (digest == null) {
        throw new UnknownCall("there is no agentType '" + type + "'");
      }
      identity.put("definition", digest);
    }
    agents
        .changes()
        .of(text(arguments, "model"), text(arguments, "agentType"), text(arguments, "defaultModel"))
        .ifPresent(model -> identity.put("model now", model));
    // What is not kept cannot stand in for what is.
    if (arguments.path(KEEP).asBoolean()) {
      identity.put(KEEP, true);
    }
    return ContentKeys.of(identity.toString());
  }

  private static @Nullable String text(ObjectNode arguments, String key) {
    return arguments.path(key).textValue();
  }
}
