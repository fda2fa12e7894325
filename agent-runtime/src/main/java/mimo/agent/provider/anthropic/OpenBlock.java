package mimo.agent.provider.anthropic;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.message.Content.Seal;
import mimo.agent.provider.wire.ModelEvent;

/// A block of a reply from its first event to its last. Confined to one thread.
final class OpenBlock {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String NO_INPUT = "{}";

  private final int index;
  private final Map<String, String> first;
  private final StringBuilder thinking = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();
  private boolean continued;

  /// @param first the fields it begins with
  OpenBlock(int index, Map<String, String> first) {
    this.index = index;
    this.first = Map.copyOf(first);
    thinking.append(first("thinking"));
    signature.append(first("signature"));
  }

  List<ModelEvent> begun() {
    return switch (first("type")) {
      case "text" -> text(first("text"));
      case "thinking" -> reasoning(first("thinking"));
      case "tool_use" ->
          List.of(new ModelEvent.ToolCallPart(index, first.get("id"), first("name"), ""));
      default -> List.of();
    };
  }

  List<ModelEvent> continued(Map<String, String> delta) {
    return switch (delta.getOrDefault("type", "")) {
      case "text_delta" -> text(delta.getOrDefault("text", ""));
      case "thinking_delta" -> {
        thinking.append(delta.getOrDefault("thinking", ""));
        yield reasoning(delta.getOrDefault("thinking", ""));
      }
      case "signature_delta" -> {
        signature.append(delta.getOrDefault("signature", ""));
        yield List.of();
      }
      case "input_json_delta" -> input(delta.getOrDefault("partial_json", ""));
      default -> List.of();
    };
  }

  /// What is known only now: a thought's seal, or arguments that came all at once.
  List<ModelEvent> ended(String provider) {
    return switch (first("type")) {
      case "thinking" ->
          // A thought that was cut off has no signature, and is not taken back without one.
          signature.isEmpty()
              ? List.of()
              : sealed(
                  provider,
                  "thinking",
                  Map.entry("thinking", thinking.toString()),
                  Map.entry("signature", signature.toString()));
      case "redacted_thinking" ->
          sealed(provider, "redacted_thinking", Map.entry("data", first("data")));
      case "tool_use" ->
          continued || first.getOrDefault("input", NO_INPUT).equals(NO_INPUT)
              ? List.of()
              : input(first("input"));
      default -> List.of();
    };
  }

  private List<ModelEvent> input(String part) {
    continued |= !part.isEmpty();
    // Only tools have arguments; those of servers run elsewhere and are none of ours.
    return part.isEmpty() || !first("type").equals("tool_use")
        ? List.of()
        : List.of(new ModelEvent.ToolCallPart(index, null, "", part));
  }

  private static List<ModelEvent> text(String words) {
    return words.isEmpty() ? List.of() : List.of(new ModelEvent.Text(words));
  }

  private static List<ModelEvent> reasoning(String words) {
    return words.isEmpty() ? List.of() : List.of(new ModelEvent.Reasoning(words));
  }

  @SafeVarargs
  private static List<ModelEvent> sealed(
      String provider, String type, Map.Entry<String, String>... parts) {
    var block = new LinkedHashMap<String, String>();
    block.put("type", type);
    for (var part : parts) {
      block.put(part.getKey(), part.getValue());
    }
    return List.of(new ModelEvent.Sealed(new Seal(provider, json(block))));
  }

  private static String json(Map<String, String> fields) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (var field : fields.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private String first(String field) {
    return first.getOrDefault(field, "");
  }
}
