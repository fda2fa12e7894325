package mimo.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.agent.json.Json;
import mimo.engine.CancellationToken;

/// One thing that mimo does for other programs.
///
/// @param description for their models
/// @param schema of the arguments, as JSON text
record ServedTool(String name, String description, String schema, Effect effect, Work work) {

  /// Whether it changes anything.
  enum Effect {
    READS,
    CHANGES
  }

  /// What is done.
  interface Work {
    /// @throws mimo.cli.error.CommandException if it cannot be done
    ObjectNode of(ObjectNode arguments, Caller caller) throws InterruptedException;
  }

  /// Whoever calls.
  interface Caller {

    CancellationToken cancellation();

    /// Tells how far it is.
    void progress(ServedRun.Progress progress);
  }

  /// How other programs are told of it.
  ObjectNode json() {
    var json = Json.object().put("name", name).put("description", description);
    json.set("inputSchema", Json.parse(schema));
    json.putObject("annotations").put("readOnlyHint", effect == Effect.READS);
    return json;
  }
}
