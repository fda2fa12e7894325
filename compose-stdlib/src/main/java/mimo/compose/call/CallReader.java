package mimo.compose.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import mimo.compose.ModelChange;
import mimo.engine.SourcePosition;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// Turns what a guest says into host calls. The prelude checked the values for the script's sake;
/// this side trusts nothing it reads and refuses what the prelude would not have sent.
public final class CallReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String scriptName;
  private final Agents agents;
  private final KeptTurns turns;

  /// What every call of an agent is read with.
  record Reading(AgentAnswers answers, @Nullable SourcePosition position) {}

  /// What is known of the script's agents.
  ///
  /// @param types the digests of the named agents, by name
  /// @param model the model of agents that name none; empty for the run's own
  /// @param changes which of them have another model than when the run began
  public record Agents(
      AgentAnswers answers,
      Map<String, String> types,
      Optional<String> model,
      ModelChange changes) {
    public Agents {
      types = Map.copyOf(types);
    }
  }

  /// @param scriptName the file that positions refer to
  /// @param turns what the script may go on from
  public CallReader(String scriptName, Agents agents, KeptTurns turns) {
    this.scriptName = scriptName;
    this.agents = agents;
    this.turns = turns;
  }

  /// @throws UnknownCall if the guest asks for a function that is not the library's, or with
  ///   arguments the library does not send
  public HostCall read(GuestEvent.Called event) {
    var arguments = object(event.arguments());
    var reading = new Reading(agents.answers(), position(event.position()));
    return switch (event.function()) {
      case "agent" -> {
        agents.model().ifPresent(name -> arguments.put("defaultModel", name));
        yield AgentCall.of(event, arguments, reading, agents);
      }
      case "continue" -> {
        var before = turns.find(arguments.path("after").asInt());
        yield ContinueCall.of(event, arguments, reading, before);
      }
      case "file" -> FileCall.of(event, arguments, position(event.position()));
      case "tool" -> ToolCall.of(event, arguments, position(event.position()));
      case "timer" -> TimerCall.of(event, arguments, position(event.position()));
      case "gate" -> GateCall.of(event, arguments, position(event.position()));
      case String other -> throw new UnknownCall("function '" + other + "' is not known");
    };
  }

  /// Whether another script is to run, which no single step answers.
  public static boolean isWorkflow(GuestEvent.Called event) {
    return event.function().equals("workflow");
  }

  /// @throws UnknownCall if the arguments are none the library sends
  public WorkflowCall workflow(GuestEvent.Called event) {
    return WorkflowCall.of(event, object(event.arguments()), position(event.position()));
  }

  /// Parses the arguments of a call or a note.
  public static ObjectNode object(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException failure) {
      throw new UnknownCall("arguments are no JSON: " + failure.getOriginalMessage());
    }
    throw new UnknownCall("arguments are no JSON object");
  }

  private @Nullable SourcePosition position(GuestEvent.Position position) {
    return position.line() < 1 || position.column() < 1
        ? null
        : new SourcePosition(
            position.file().isEmpty() ? scriptName : position.file(),
            position.line(),
            position.column());
  }

  /// The text under `key`, or the empty text.
  static String text(ObjectNode object, String key) {
    return object.path(key).asText("");
  }

  /// The group the script was in when it called.
  static String phase(GuestEvent.Called event) {
    return object(event.tags()).path("phase").asText("");
  }

  /// A guest said something that the library does not say: its realm was broken into.
  public static final class UnknownCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownCall(String message) {
      super(message);
    }
  }
}
