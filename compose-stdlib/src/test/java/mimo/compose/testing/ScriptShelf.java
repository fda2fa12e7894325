package mimo.compose.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.ScriptText;
import mimo.engine.ActivityRequest;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;

/// Answers the steps that look for scripts from a table, and every other step from a function.
public final class ScriptShelf implements Function<ActivityRequest, StepOutcome> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ScriptText> scripts = new HashMap<>();
  private final Function<ActivityRequest, StepOutcome> others;

  public ScriptShelf(Function<ActivityRequest, StepOutcome> others) {
    this.others = others;
  }

  /// Agents answer with their own label.
  public static ScriptShelf echoing() {
    return new ScriptShelf(request -> new StepOutcome.Completed("\"" + request.label() + "\""));
  }

  /// Puts a script on the shelf under a `meta` of its name, on the first line.
  public ScriptShelf with(String name, String body) {
    return whole(
        name, "export const meta = {name: '%s', description: 'd'};\n%s".formatted(name, body));
  }

  /// Puts a script on the shelf as it stands.
  public ScriptShelf whole(String name, String text) {
    return whole(name, text, Optional.empty());
  }

  public ScriptShelf whole(String name, String text, Optional<String> argumentsSchema) {
    var file = new ScriptFile(name + ".js", "/shelf/" + name + ".js", text);
    scripts.put(name, new ScriptText(name + ".js", file, argumentsSchema));
    return this;
  }

  @Override
  public StepOutcome apply(ActivityRequest request) {
    if (request.kind() != StepKind.WORKFLOW) {
      return others.apply(request);
    }
    var wanted = wanted(request.input());
    var script = scripts.get(wanted);
    return script == null
        ? new StepOutcome.Failed("workflow_unknown", "no workflow is called '" + wanted + "'")
        : new StepOutcome.Completed(script.toJson());
  }

  /// By name, by path, or by the specifier of an import, each without its folder and its ending.
  private static String wanted(String input) {
    try {
      var json = JSON.readTree(input);
      for (var key : new String[] {"name", "scriptPath", "import"}) {
        if (json.has(key)) {
          return json.path(key).asText().replaceFirst("^.*/", "").replaceFirst("\\.js$", "");
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(input, e);
    }
    throw new IllegalStateException(input);
  }
}
