package mimo.agent.provider.responses;

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
import mimo.agent.provider.wire.ToolSchemas;
import mimo.agent.tool.ToolSpec;

/// Writes requests in the Responses protocol. Thread-safe; equal requests give equal bytes, which
/// is what a provider's cache of prompts goes by (A31).
final class ResponsesRequestWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  /// The protocol takes no smaller number.
  private static final long FEWEST_OUTPUT_TOKENS = 16;

  private final String provider;
  private final Dialect dialect;
  private final Unsummarised unsummarised;

  ResponsesRequestWriter(String provider, Dialect dialect, Unsummarised unsummarised) {
    this.provider = provider;
    this.dialect = dialect;
    this.unsummarised = unsummarised;
  }

  /// @throws IllegalArgumentException if the schema of a tool is not JSON
  String write(ModelRequest request) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("model", request.model());
      if (!request.system().isEmpty()) {
        json.writeStringField("instructions", request.system());
      }
      writeInput(json, request);
      writeTools(json, request.tools());
      if (request.maxOutputTokens().isPresent()) {
        long most = dialect.atMost(request.model(), request.maxOutputTokens().getAsLong());
        json.writeNumberField("max_output_tokens", Math.max(FEWEST_OUTPUT_TOKENS, most));
      }
      if (thinks(request)) {
        writeReasoning(json, request);
      }
      if (request.temperature() != null) {
        json.writeNumberField("temperature", request.temperature());
      }
      json.writeBooleanField("store", false);
      json.writeBooleanField("stream", true);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  /// A model that cannot think refuses a request that speaks of it: of one nobody knows, only an
  /// effort says that it can.
  private boolean thinks(ModelRequest request) {
    return dialect.thinks(request.model())
        || (request.thinking() != null && !dialect.isDropped(request.model()));
  }

  /// What is thought is asked for encrypted, since nothing is stored there. This protocol says
  /// `none` for what everybody else calls off.
  private void writeReasoning(JsonGenerator json, ModelRequest request) throws IOException {
    var thinking = request.thinking();
    boolean off = thinking != null && thinking.effort() == Effort.OFF;
    boolean summarised = !off && !unsummarised.contains(provider, request.model());
    if (thinking != null || summarised) {
      json.writeObjectFieldStart("reasoning");
      if (thinking != null) {
        json.writeStringField("effort", off ? "none" : thinking.effort().word());
      }
      if (summarised) {
        json.writeStringField("summary", "auto");
      }
      json.writeEndObject();
    }
    json.writeArrayFieldStart("include");
    json.writeString("reasoning.encrypted_content");
    json.writeEndArray();
  }

  private void writeInput(JsonGenerator json, ModelRequest request) throws IOException {
    json.writeArrayFieldStart("input");
    for (var message : request.messages()) {
      switch (message) {
        case Message.User(var text) -> writePlain(json, "user", text);
        case Message.Model(var content) ->
            writeModel(json, content, !dialect.isDropped(request.model()));
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
    json.writeStringField("type", "message");
    json.writeStringField("role", role);
    json.writeStringField("content", text);
    json.writeEndObject();
  }

  private static void writeAnswer(JsonGenerator json, Message.ToolAnswer answer)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "function_call_output");
    json.writeStringField("call_id", answer.call());
    json.writeStringField("output", answer.text());
    json.writeEndObject();
  }

  private void writeModel(JsonGenerator json, List<Content> content, boolean sentBack)
      throws IOException {
    for (int i = 0; i < content.size(); i++) {
      switch (content.get(i)) {
        case Content.Text(var words) -> {
          if (!words.isEmpty()) {
            writePlain(json, "assistant", words);
          }
        }
        case Content.Reasoning(_, var seal) -> {
          if (sentBack && seal != null && isOurs(seal) && leadsSomewhere(content, i)) {
            json.writeRawValue(seal.block());
          }
        }
        case Content.ToolCall call -> writeCall(json, call);
      }
    }
  }

  /// A provider may have spoken in another protocol before, and sealed what it thought in that.
  private boolean isOurs(Content.Seal seal) throws IOException {
    return seal.provider().equals(provider)
        && ResponsesFields.read(seal.block()).type().equals("reasoning");
  }

  /// A thought is refused that nothing said follows: it belongs to what comes next.
  private static boolean leadsSomewhere(List<Content> content, int thought) {
    return content.subList(thought + 1, content.size()).stream()
        .anyMatch(piece ->
            switch (piece) {
              case Content.Text(var words) -> !words.isEmpty();
              case Content.Reasoning _ -> false;
              case Content.ToolCall _ -> true;
            });
  }

  private static void writeCall(JsonGenerator json, Content.ToolCall call) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "function_call");
    json.writeStringField("call_id", call.id());
    json.writeStringField("name", call.tool());
    json.writeStringField("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
    json.writeEndObject();
  }

  private static void writeTools(JsonGenerator json, List<ToolSpec> tools) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (var tool : tools) {
      json.writeStartObject();
      json.writeStringField("type", "function");
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parameters");
      ToolSchemas.copy(tool, json);
      // Otherwise the provider makes every field of the schema required.
      json.writeBooleanField("strict", false);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
