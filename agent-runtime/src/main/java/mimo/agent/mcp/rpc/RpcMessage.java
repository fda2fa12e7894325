package mimo.agent.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.agent.json.Json;

/// One thing that is said over a channel.
public sealed interface RpcMessage {

  /// What JSON-RPC calls a method that is not there.
  int METHOD_NOT_FOUND = -32601;

  /// What it calls parameters that do not fit.
  int INVALID_PARAMS = -32602;

  /// What it calls a text that is no message.
  int INVALID_REQUEST = -32600;

  /// What it calls a text that is no JSON.
  int PARSE_ERROR = -32700;

  /// What it calls a failure of whoever was asked.
  int INTERNAL_ERROR = -32603;

  /// A question.
  ///
  /// @param id by which its answer is known: a number or a text
  record Request(JsonNode id, String method, ObjectNode params) implements RpcMessage {}

  /// Something that is merely told.
  record Notification(String method, ObjectNode params) implements RpcMessage {}

  /// The answer to a question.
  record Result(JsonNode id, JsonNode result) implements RpcMessage {}

  /// The answer that there is none.
  ///
  /// @param id of the question; null in JSON where nobody can tell
  record Fault(JsonNode id, int code, String message) implements RpcMessage {}

  /// Nothing that could be understood; it is never sent.
  ///
  /// @param code what JSON-RPC calls it
  record Malformed(int code, String why) implements RpcMessage {}

  /// What a text says.
  static RpcMessage read(String text) {
    JsonNode json;
    try {
      json = Json.parse(text);
    } catch (IllegalArgumentException malformed) {
      return new Malformed(PARSE_ERROR, String.valueOf(malformed.getMessage()));
    }
    return of(json);
  }

  /// What a JSON value says.
  static RpcMessage of(JsonNode json) {
    if (!json.isObject() || !json.path("jsonrpc").asText().equals("2.0")) {
      return new Malformed(INVALID_REQUEST, "it is no object of JSON-RPC 2.0");
    }
    var id = json.path("id");
    if (json.path("method").isTextual()) {
      var params =
          json.path("params") instanceof ObjectNode given
              ? given
              : JsonNodeFactory.instance.objectNode();
      var method = json.path("method").textValue();
      if (!json.has("id")) {
        return new Notification(method, params);
      }
      return isId(id)
          ? new Request(id, method, params)
          : new Malformed(INVALID_REQUEST, "its id is neither a number nor a text");
    }
    if (json.path("error").isObject()) {
      var error = json.path("error");
      return new Fault(
          isId(id) ? id : JsonNodeFactory.instance.nullNode(),
          error.path("code").asInt(),
          error.path("message").asText());
    }
    return isId(id) && json.has("result")
        ? new Result(id, json.path("result"))
        : new Malformed(INVALID_REQUEST, "it is neither a question nor an answer");
  }

  private static boolean isId(JsonNode id) {
    return id.isTextual() || id.isIntegralNumber();
  }

  /// The message as it is sent.
  default ObjectNode json() {
    var json = Json.object().put("jsonrpc", "2.0");
    switch (this) {
      case Request(var id, var method, var params) -> {
        json.set("id", id);
        json.put("method", method).set("params", params);
      }
      case Notification(var method, var params) -> {
        json.put("method", method);
        if (!params.isEmpty()) {
          json.set("params", params);
        }
      }
      case Result(var id, var result) -> {
        json.set("id", id);
        json.set("result", result);
      }
      case Fault(var id, var code, var message) -> {
        json.set("id", id);
        json.putObject("error").put("code", code).put("message", message);
      }
      case Malformed(_, var why) -> throw new IllegalStateException("nobody sends this: " + why);
    }
    return json;
  }
}
