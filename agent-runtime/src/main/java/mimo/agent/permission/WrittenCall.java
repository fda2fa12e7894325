package mimo.agent.permission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;

/// A call as people write it, to learn what would become of it (A54): a tool and what it is about,
/// a call as JSON, or else a command line.
public final class WrittenCall {

  private static final String SERVERS_TOOL = "mcp__[A-Za-z0-9_-]+?__\\S+";

  private WrittenCall() {}

  /// Reads `edit PATH`, `read PATH`, `write PATH`, `glob PATH`, `webfetch URL`, `bash LINE`,
  /// `mcp__SERVER__TOOL`, `{"tool": …, "input": {…}}`, or a command line.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static Call read(String text) {
    var line = text.strip();
    if (line.isEmpty()) {
      throw new IllegalArgumentException("the call is empty");
    }
    if (line.startsWith("{\"")) {
      return json(line);
    }
    int blank = line.indexOf(' ');
    var tool = blank < 0 ? "" : line.substring(0, blank);
    var rest = blank < 0 ? "" : line.substring(blank + 1).strip();
    return switch (tool) {
      case "read", "glob" -> call(tool, Effect.READS, new Need.Read(rest));
      case "write", "edit", "multiedit", "notebook_edit" ->
          call(tool, Effect.CHANGES, new Need.Write(rest));
      case "webfetch" -> call(tool, Effect.READS, new Need.Fetch(rest));
      case "bash" -> call(tool, Effect.CHANGES, new Need.Command(unquoted(rest), false));
      case String _ when line.matches(SERVERS_TOOL) -> server(line);
      case String _ -> call("bash", Effect.CHANGES, new Need.Command(line, false));
    };
  }

  /// Nothing is known of the server, so it is taken for one that has to be confined.
  private static Call server(String tool) {
    var name = tool.substring("mcp__".length(), tool.indexOf("__", "mcp__".length()));
    return call(tool, Effect.CHANGES, new Need.Server(name, Need.Server.Where.HERE, ""));
  }

  /// `bash -c …` is a command of its own.
  private static String unquoted(String rest) {
    return rest.startsWith("-") ? "bash " + rest : rest;
  }

  private static Call json(String text) {
    var json = Json.parse(text);
    var tool = json.path("tool").asText();
    if (tool.isEmpty() || !(json.path("input") instanceof ObjectNode input)) {
      throw new IllegalArgumentException("a call as JSON has \"tool\" and an object \"input\"");
    }
    return switch (tool) {
      case "read" -> call(tool, Effect.READS, new Need.Read(text(input, "file_path", "filePath")));
      case "glob", "grep" ->
          call(tool, Effect.READS, new Need.Read(input.path("path").asText(".")));
      case "write", "edit", "multiedit" ->
          call(tool, Effect.CHANGES, new Need.Write(text(input, "file_path", "filePath")));
      case "notebook_edit" ->
          call(tool, Effect.CHANGES, new Need.Write(text(input, "notebook_path", "notebookPath")));
      case "webfetch" -> call(tool, Effect.READS, new Need.Fetch(text(input, "url", "url")));
      case "bash" ->
          call(
              tool,
              Effect.CHANGES,
              new Need.Command(
                  text(input, "command", "command"),
                  input.path("network").asBoolean(),
                  input.path("workdir").asText("")));
      case String _ when tool.matches(SERVERS_TOOL) -> server(tool);
      case String _ -> call(tool, Effect.CHANGES, new Need.Use());
    };
  }

  private static String text(ObjectNode input, String name, String alias) {
    var value = input.path(input.has(name) ? name : alias);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the input has no \"" + name + "\"");
    }
    return value.textValue();
  }

  private static Call call(String tool, Effect effect, Need need) {
    return new Call(tool, effect, List.of(need));
  }
}
