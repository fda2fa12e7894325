package mimo.agent.provider.anthropic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderLimits;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.anthropic.MessagesTurns.Block;
import mimo.agent.provider.anthropic.MessagesTurns.Role;
import mimo.agent.provider.anthropic.MessagesTurns.Turn;
import mimo.agent.provider.wire.ToolSchemas;
import mimo.agent.tool.ToolSpec;
import org.jspecify.annotations.Nullable;

/// Writes requests in the Messages protocol. Thread-safe; equal requests give equal bytes, and
/// cache marks stand where a provider may keep what comes before them (A31, A32).
final class MessagesRequestWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  /// The protocol takes no smaller number.
  private static final long FEWEST_THINKING_TOKENS = 1_024;

  private final String provider;
  private final Dialect dialect;

  MessagesRequestWriter(String provider, Dialect dialect) {
    this.provider = provider;
    this.dialect = dialect;
  }

  /// @throws IllegalArgumentException if the schema of a tool is not JSON
  String write(ModelRequest request) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("model", request.model());
      // Never left out: the protocol has no default.
      long limit = request.maxOutputTokens().orElse(ProviderLimits.OUTPUT_TOKENS);
      long most = dialect.atMost(request.model(), Math.min(limit, ProviderLimits.OUTPUT_TOKENS));
      json.writeNumberField("max_tokens", most);
      writeThinking(json, request.thinking(), most);
      writeTools(json, request.tools());
      writeSystem(json, request.system());
      writeTurns(json, MessagesTurns.of(request.messages(), provider));
      if (request.temperature() != null) {
        json.writeNumberField("temperature", request.temperature());
      }
      json.writeBooleanField("stream", true);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private static void writeThinking(JsonGenerator json, @Nullable Thinking thinking, long maxTokens)
      throws IOException {
    if (thinking == null) {
      return;
    }
    if (thinking.effort() == Effort.OFF) {
      writeThinkingType(json, "disabled", 0);
      return;
    }
    switch (thinking.manner()) {
      case TOKENS -> {
        // What is thought counts against the same limit as what is said: half is left for that.
        long tokens = Math.min(tokens(thinking.effort()), maxTokens / 2);
        if (tokens >= FEWEST_THINKING_TOKENS) {
          writeThinkingType(json, "enabled", tokens);
        }
      }
      case WORD, ADAPTIVE -> {
        writeThinkingType(json, "adaptive", 0);
        json.writeObjectFieldStart("output_config");
        // The protocol has no word for the least.
        var effort = thinking.effort() == Effort.MINIMAL ? Effort.LOW : thinking.effort();
        json.writeStringField("effort", effort.word());
        json.writeEndObject();
      }
    }
  }

  private static void writeThinkingType(JsonGenerator json, String type, long tokens)
      throws IOException {
    json.writeObjectFieldStart("thinking");
    json.writeStringField("type", type);
    if (tokens > 0) {
      json.writeNumberField("budget_tokens", tokens);
    }
    json.writeEndObject();
  }

  /// Our measure of the words for models that want a number.
  private static long tokens(Effort effort) {
    return switch (effort) {
      case OFF, MINIMAL -> FEWEST_THINKING_TOKENS;
      case LOW -> 2_048;
      case MEDIUM -> 4_096;
      case HIGH -> 8_192;
      case XHIGH -> 12_288;
      case MAX -> 16_000;
    };
  }

  private static void writeTools(JsonGenerator json, List<ToolSpec> tools) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (int i = 0; i < tools.size(); i++) {
      var tool = tools.get(i);
      json.writeStartObject();
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("input_schema");
      ToolSchemas.copy(tool, json);
      markIf(i == tools.size() - 1, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeSystem(JsonGenerator json, String system) throws IOException {
    if (system.isBlank()) {
      return;
    }
    json.writeArrayFieldStart("system");
    json.writeStartObject();
    writeText(json, system);
    markIf(true, json);
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeTurns(JsonGenerator json, MessagesTurns conversation)
      throws IOException {
    int firstMarked = conversation.firstMarked();
    json.writeArrayFieldStart("messages");
    for (int i = 0; i < conversation.turns().size(); i++) {
      var turn = conversation.turns().get(i);
      writeTurn(json, turn, i >= firstMarked && turn.role() == Role.USER);
    }
    json.writeEndArray();
  }

  private static void writeTurn(JsonGenerator json, Turn turn, boolean marked) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", turn.role() == Role.USER ? "user" : "assistant");
    json.writeArrayFieldStart("content");
    for (int i = 0; i < turn.blocks().size(); i++) {
      writeBlock(json, turn.blocks().get(i), marked && i == turn.blocks().size() - 1);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeBlock(JsonGenerator json, Block block, boolean marked)
      throws IOException {
    if (block instanceof Block.Verbatim(var same)) {
      json.writeRawValue(same);
      return;
    }
    json.writeStartObject();
    switch (block) {
      case Block.Text(var words) -> writeText(json, words);
      case Block.Use(var call) -> writeUse(json, call);
      case Block.Result(var answer) -> writeResult(json, answer);
      case Block.Verbatim _ -> {}
    }
    markIf(marked, json);
    json.writeEndObject();
  }

  private static void writeText(JsonGenerator json, String words) throws IOException {
    json.writeStringField("type", "text");
    json.writeStringField("text", words);
  }

  private static void writeUse(JsonGenerator json, Content.ToolCall call) throws IOException {
    json.writeStringField("type", "tool_use");
    json.writeStringField("id", call.id());
    json.writeStringField("name", call.tool());
    json.writeFieldName("input");
    json.writeRawValue(input(call.arguments()));
  }

  /// The protocol takes only an object here. What was not one has run nothing, and its answer says
  /// what was wrong with it.
  private static String input(String arguments) {
    try (var parser = FACTORY.createParser(arguments)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "{}";
      }
      parser.skipChildren();
      return parser.nextToken() == null ? arguments : "{}";
    } catch (IOException _) {
      return "{}";
    }
  }

  private static void writeResult(JsonGenerator json, Message.ToolAnswer answer)
      throws IOException {
    json.writeStringField("type", "tool_result");
    json.writeStringField("tool_use_id", answer.call());
    json.writeStringField("content", answer.text());
    if (answer.status() != Message.Status.OK) {
      json.writeBooleanField("is_error", true);
    }
  }

  private static void markIf(boolean marked, JsonGenerator json) throws IOException {
    if (marked) {
      json.writeObjectFieldStart("cache_control");
      json.writeStringField("type", "ephemeral");
      json.writeEndObject();
    }
  }
}
