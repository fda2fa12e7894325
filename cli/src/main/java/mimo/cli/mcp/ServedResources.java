package mimo.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mimo.agent.json.Json;
import mimo.cli.error.CommandException;

/// What other programs can read: the scripts of workflows. Thread-safe.
record ServedResources(ServedWorkflows workflows) {

  private static final String WORKFLOW = "mimo://workflows/";
  private static final String SCRIPT = "text/javascript";

  ObjectNode list() {
    var json = Json.object();
    var all = json.putArray("resources");
    workflows.scripts().list().stream()
        .filter(workflow -> workflow.problem() == null && !workflow.shadowed())
        .forEach(workflow ->
            all.addObject()
                .put("uri", WORKFLOW + workflow.name())
                .put("name", workflow.name())
                .put("description", workflow.description())
                .put("mimeType", SCRIPT));
    return json;
  }

  ObjectNode templates() {
    var json = Json.object();
    json.putArray("resourceTemplates")
        .addObject()
        .put("uriTemplate", WORKFLOW + "{name}")
        .put("name", "workflow")
        .put("description", "The script of a workflow")
        .put("mimeType", SCRIPT);
    return json;
  }

  /// What stands at an address; nothing if nothing does.
  Optional<ObjectNode> read(String uri) {
    if (!uri.startsWith(WORKFLOW)) {
      return Optional.empty();
    }
    try {
      var script = workflows.scripts().named(uri.substring(WORKFLOW.length())).script();
      var json = Json.object();
      json.putArray("contents")
          .addObject()
          .put("uri", uri)
          .put("mimeType", SCRIPT)
          .put("text", script.text());
      return Optional.of(json);
    } catch (CommandException unknown) {
      return Optional.empty();
    }
  }
}
