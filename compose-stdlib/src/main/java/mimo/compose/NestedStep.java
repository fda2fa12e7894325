package mimo.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import mimo.compose.call.CallReader;
import mimo.compose.call.WorkflowCall;
import mimo.engine.ActivityRequest;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import org.jspecify.annotations.Nullable;

/// A script that another one runs, as a step of the run: what it is known by, and what came of it
/// (D34).
final class NestedStep {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private NestedStep() {}

  /// What a script came to in which nothing was lost.
  ///
  /// @param agents how many it asked, with those of scripts in it
  /// @param value JSON text
  record Whole(int agents, String value) {

    StepOutcome toOutcome() {
      return new StepOutcome.Completed("{\"agents\":" + agents + ",\"value\":" + value + "}");
    }

    static Whole of(String json) {
      var node = CallReader.object(json);
      return new Whole(node.path("agents").asInt(), String.valueOf(node.get("value")));
    }
  }

  /// It came to its end, and cannot stand in for another time.
  static StepOutcome lossy() {
    return new StepOutcome.Failed("losses", "It came to its end, and something was lost in it.");
  }

  /// @param program all its files
  /// @param inside where it runs
  static ActivityRequest request(
      WorkflowCall call,
      String title,
      ScriptFiles program,
      ScriptPlace inside,
      ComposeOptions options,
      ModelChange models) {
    var input = input(call, title, program, inside, options.dialect());
    return new ActivityRequest(
        StepKind.NESTED,
        ContentKeys.of(identity(input, options, models).toString()),
        inside.path(),
        input.toString(),
        "workflow(" + title + ")",
        inside.phase(),
        call.position());
  }

  private static ObjectNode input(
      WorkflowCall call, String title, ScriptFiles program, ScriptPlace inside, Dialect dialect) {
    var input = JSON.objectNode().put("workflow", title).put("digest", program.hash());
    @Nullable String arguments = call.arguments();
    if (arguments != null) {
      input.set("args", value(arguments));
    }
    input.put("dialect", dialect.word());
    inside.model().ifPresent(model -> input.put("defaultModel", model));
    if (!inside.workspace().isEmpty()) {
      input.put("workspace", inside.workspace());
    }
    return input;
  }

  private static JsonNode value(String json) {
    return CallReader.object("{\"value\":" + json + "}").path("value");
  }

  /// What its agents would be is part of it too: they are not asked (D30).
  private static ObjectNode identity(ObjectNode input, ComposeOptions options, ModelChange models) {
    var identity = input.deepCopy().put("kind", "nested");
    models.ofAny().ifPresent(model -> identity.put("model now", model));
    var types = identity.putObject("definitions");
    new TreeMap<>(options.agentTypes()).forEach(types::put);
    return identity;
  }
}
