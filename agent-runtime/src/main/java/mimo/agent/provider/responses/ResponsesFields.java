package mimo.agent.provider.responses;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.wire.ProviderError;
import org.jspecify.annotations.Nullable;

/// The fields of one event, of one item, or of one whole reply, by their paths.
///
/// An event holds a reply in its field `response`; a whole reply is one itself. Their fields have
/// the same names here.
final class ResponsesFields implements JsonWalk.Visitor {

  private static final String REPLY = "response.";
  private static final String LONGEST_INDEX = "\\d{1,6}";

  private final Map<String, String> fields = new HashMap<>();
  private final List<String> items = new ArrayList<>();
  private final ProviderError.Fields error = new ProviderError.Fields();

  private ResponsesFields() {}

  static ResponsesFields read(String json) throws IOException {
    var fields = new ResponsesFields();
    JsonWalk.walk(json, fields);
    return fields;
  }

  String text(String path) {
    return fields.getOrDefault(path, "");
  }

  @Nullable String get(String path) {
    return fields.get(path);
  }

  String type() {
    return text("type");
  }

  /// The place of an item in its reply, or of a part in its item; 0 where none is named.
  int index(String path) {
    var text = fields.getOrDefault(path, "0");
    return text.matches(LONGEST_INDEX) ? Integer.parseInt(text) : 0;
  }

  /// The items of a whole reply, as JSON.
  List<String> items() {
    return items;
  }

  /// What went wrong, if this says nothing but that; null if it does not.
  @Nullable ProviderError refusal() {
    boolean isError = type().equals("error") || text("status").equals("failed");
    if (!isError && !(type().isEmpty() && error.isPlain())) {
      return null;
    }
    var found = error.error();
    return found != null ? found : new ProviderError(0, "", "");
  }

  /// What the reply has cost, if it says so.
  Optional<TokenUsage> usage() {
    return fields.containsKey("usage.output_tokens")
        ? Optional.of(
            new TokenUsage(
                tokens("usage.input_tokens"),
                tokens("usage.output_tokens"),
                tokens("usage.output_tokens_details.reasoning_tokens"),
                tokens("usage.input_tokens_details.cached_tokens")))
        : Optional.empty();
  }

  private long tokens(String path) {
    var text = text(path);
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }

  @Override
  public void scalar(String path, JsonParser value) throws IOException {
    var place = path.startsWith(REPLY) ? path.substring(REPLY.length()) : path;
    var text = value.getValueAsString();
    if (text == null) {
      return;
    }
    if (!place.equals("type")) {
      error.scalar(place, value);
    }
    fields.put(place, text);
  }

  /// Items are read, and sent back, as they are.
  @Override
  public boolean wantsText(String path) {
    return path.equals("item") || path.equals("output[]");
  }

  @Override
  public void text(String path, String json) {
    if (path.equals("item")) {
      fields.put(path, json);
    } else {
      items.add(json);
    }
  }
}
