package mimo.agent.provider.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.wire.ToolSchemas;
import mimo.agent.tool.ToolSpec;
import org.jspecify.annotations.Nullable;

/// Writes requests in the chat completions protocol. Thread-safe; equal requests give equal bytes,
/// which is what a provider's cache of prompts goes by (A31).
final class ChatRequestWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  /// Every signature of a thought lies in one.
  private static final String SIGNED = "{\"google\":";

  private final String provider;
  private final Dialect dialect;

  ChatRequestWriter(String provider, Dialect dialect) {
    this.provider = provider;
    this.dialect = dialect;
  }

  /// @throws IllegalArgumentException if the schema of a tool is not JSON
  String write(ModelRequest request) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("model", request.model());
      writeMessages(json, request);
      writeTools(json, request.tools());
      writeOutputLimit(json, request);
      writeEffort(json, request.thinking());
      if (request.temperature() != null) {
        json.writeNumberField("temperature", request.temperature());
      }
      json.writeBooleanField("stream", true);
      if (dialect.usage() == Dialect.Usage.ON_REQUEST) {
        json.writeObjectFieldStart("stream_options");
        json.writeBooleanField("include_usage", true);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private void writeOutputLimit(JsonGenerator json, ModelRequest request) throws IOException {
    if (request.maxOutputTokens().isPresent()) {
      var field =
          switch (dialect.outputLimit()) {
            case MAX_TOKENS -> "max_tokens";
            case MAX_COMPLETION_TOKENS -> "max_completion_tokens";
          };
      json.writeNumberField(
          field, dialect.atMost(request.model(), request.maxOutputTokens().getAsLong()));
    }
  }

  /// This protocol says `none` for what everybody else calls off.
  private static void writeEffort(JsonGenerator json, @Nullable Thinking thinking)
      throws IOException {
    if (thinking != null) {
      json.writeStringField(
          "reasoning_effort", thinking.effort() == Effort.OFF ? "none" : thinking.effort().word());
    }
  }

  private void writeMessages(JsonGenerator json, ModelRequest request) throws IOException {
    json.writeArrayFieldStart("messages");
    if (!request.system().isEmpty()) {
      writePlain(json, "system", request.system());
    }
    for (var message : request.messages()) {
      switch (message) {
        case Message.User(var text) -> writePlain(json, "user", text);
        case Message.Model(var content) ->
            writeModel(json, content, dialect.reasoning(request.model()));
        case Message.Tools(var answers) -> {
          for (var answer : answers) {
            writeAnswer(json, answer);
          }
        }
      }
    }
    json.writeEndArray();
  }

  private static void writePlain(JsonGenerator json, String role, String text) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", text);
    json.writeEndObject();
  }

  private static void writeAnswer(JsonGenerator json, Message.ToolAnswer answer)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("role", "tool");
    json.writeStringField("tool_call_id", answer.call());
    json.writeStringField("content", answer.text());
    json.writeEndObject();
  }

  private void writeModel(JsonGenerator json, List<Content> content, Dialect.Reasoning sent)
      throws IOException {
    var text = new StringBuilder();
    var reasoning = new StringBuilder();
    for (var piece : content) {
      switch (piece) {
        case Content.Text(var words) -> text.append(words);
        case Content.Reasoning(var words, _) -> reasoning.append(words);
        case Content.ToolCall _ -> {}
      }
    }
    boolean calls = content.stream().anyMatch(Content.ToolCall.class::isInstance);
    json.writeStartObject();
    json.writeStringField("role", "assistant");
    if (text.isEmpty() && calls) {
      json.writeNullField("content");
    } else {
      json.writeStringField("content", text.toString());
    }
    if (calls && sent == Dialect.Reasoning.SENT_BACK) {
      // Also when empty: such models refuse a call that comes without its thought.
      json.writeStringField("reasoning_content", reasoning.toString());
    }
    if (calls) {
      writeCalls(json, content);
    }
    json.writeEndObject();
  }

  private void writeCalls(JsonGenerator json, List<Content> content) throws IOException {
    json.writeArrayFieldStart("tool_calls");
    for (int i = 0; i < content.size(); i++) {
      if (content.get(i) instanceof Content.ToolCall(var id, var tool, var arguments)) {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", tool);
        json.writeStringField("arguments", arguments.isBlank() ? "{}" : arguments);
        json.writeEndObject();
        if (i > 0
            && content.get(i - 1) instanceof Content.Reasoning(_, var seal)
            && seal != null
            && seal.provider().equals(provider)
            && seal.block().startsWith(SIGNED)) {
          json.writeFieldName("extra_content");
          json.writeRawValue(seal.block());
        }
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void writeTools(JsonGenerator json, List<ToolSpec> tools) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (var tool : tools) {
      json.writeStartObject();
      json.writeStringField("type", "function");
      json.writeObjectFieldStart("function");
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parameters");
      ToolSchemas.copy(tool, json);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
