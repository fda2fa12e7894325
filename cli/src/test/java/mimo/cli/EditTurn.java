package mimo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// What a model would call to read a file and to change one word of it, with whatever tools the
/// program that asks has: `read` and `edit`, or else a shell.
///
/// @param file a path, as the program is told it
record EditTurn(String file, String before, String after) {

  private static final List<String> SHELLS =
      List.of("exec_command", "shell_command", "shell", "local_shell");

  /// A call of a function.
  record Call(String tool, String arguments) {}

  /// The next call for this request; empty if both are answered, or it has no tools at all.
  Optional<Call> next(JsonNode request) {
    var tools = new TreeMap<String, JsonNode>();
    for (var tool : request.path("tools")) {
      var function = tool.has("function") ? tool.path("function") : tool;
      tools.put(function.path("name").asText(), function.path("parameters").path("properties"));
    }
    return switch (answered(request)) {
      case 0 -> Optional.ofNullable(reading(tools));
      case 1 -> Optional.ofNullable(editing(tools));
      default -> Optional.empty();
    };
  }

  private static int answered(JsonNode request) {
    int answers = 0;
    for (var message : request.path("messages")) {
      answers += message.path("role").asText().equals("tool") ? 1 : 0;
    }
    for (var item : request.path("input")) {
      answers += item.path("type").asText().endsWith("_output") ? 1 : 0;
    }
    return answers;
  }

  private @Nullable Call reading(TreeMap<String, JsonNode> tools) {
    var read = tools.get("read");
    if (read == null) {
      return shell(tools, "cat " + file);
    }
    return new Call("read", Json.write(Json.object().put(named(read, "path", "file"), file)));
  }

  private @Nullable Call editing(TreeMap<String, JsonNode> tools) {
    var edit = tools.get("edit");
    if (edit == null) {
      return shell(tools, "sed -i s/%s/%s/ %s".formatted(before, after, file));
    }
    var arguments = Json.object().put(named(edit, "path", "file"), file);
    var edits = edit.path("edits");
    if (edits.isMissingNode()) {
      words(arguments, edit);
    } else {
      words(arguments.putArray("edits").addObject(), edits.path("items").path("properties"));
    }
    return new Call("edit", Json.write(arguments));
  }

  private void words(ObjectNode into, JsonNode properties) {
    into.put(named(properties, "old", "old"), before);
    into.put(named(properties, "new", "new"), after);
  }

  /// The property that is called so, or begins so.
  private static String named(JsonNode properties, String name, String beginning) {
    for (var property : properties.propertyStream().toList()) {
      if (property.getKey().equals(name) || property.getKey().startsWith(beginning)) {
        return property.getKey();
      }
    }
    throw new IllegalStateException("no property for " + name + " in " + properties);
  }

  private static @Nullable Call shell(TreeMap<String, JsonNode> tools, String command) {
    for (var name : SHELLS) {
      var properties = tools.get(name);
      if (properties != null) {
        var arguments = Json.object();
        var field = properties.has("cmd") ? "cmd" : "command";
        if (properties.path(field).path("type").asText().equals("array")) {
          arguments.putArray(field).add("bash").add("-lc").add(command);
        } else {
          arguments.put(field, command);
        }
        return new Call(name, Json.write(arguments));
      }
    }
    return null;
  }

  /// A streamed answer that makes this call.
  ///
  /// @param path of the request, which tells the protocol
  static String events(Call call, String path, int number) {
    var id = "call_" + number;
    if (path.endsWith("/responses")) {
      var item =
          Json.object()
              .put("id", "f" + number)
              .put("type", "function_call")
              .put("status", "completed")
              .put("call_id", id)
              .put("name", call.tool())
              .put("arguments", call.arguments());
      return """
      event: response.created
      data: {"type":"response.created","response":{"id":"r1","object":"response",\
      "status":"in_progress","output":[]}}

      event: response.output_item.done
      data: {"type":"response.output_item.done","output_index":0,"item":%1$s}

      event: response.completed
      data: {"type":"response.completed","response":{"id":"r1","object":"response",\
      "status":"completed","output":[%1$s],"usage":{"input_tokens":10,\
      "input_tokens_details":{"cached_tokens":0},"output_tokens":2,\
      "output_tokens_details":{"reasoning_tokens":0},"total_tokens":12}}}

      """
          .formatted(Json.write(item));
    }
    return """
    data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"instant",\
    "choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"%s",\
    "type":"function","function":{"name":"%s","arguments":%s}}]},"finish_reason":null}]}

    data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"instant",\
    "choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

    data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"instant",\
    "choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}

    data: [DONE]

    """
        .formatted(id, call.tool(), Json.quote(call.arguments()));
  }
}
