package mimo.agent.provider.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.wire.ProviderError;
import org.jspecify.annotations.Nullable;

/// The fields of one event, or of one whole reply, by their paths.
final class MessagesFields implements JsonWalk.Visitor {

  private static final String BLOCK = "content[]";
  private static final String LONGEST_INDEX = "\\d{1,6}";

  private final Map<String, String> fields = new HashMap<>();
  private final List<Map<String, String>> blocks = new ArrayList<>();
  private final ProviderError.Fields error = new ProviderError.Fields();

  private MessagesFields() {}

  static MessagesFields read(String json) throws IOException {
    var fields = new MessagesFields();
    JsonWalk.walk(json, fields);
    return fields;
  }

  @Nullable String get(String path) {
    return fields.get(path);
  }

  String type() {
    return fields.getOrDefault("type", "");
  }

  /// The place of a block in its reply; 0 where none is named.
  int index() {
    var text = fields.getOrDefault("index", "0");
    return text.matches(LONGEST_INDEX) ? Integer.parseInt(text) : 0;
  }

  /// The fields of the object called `prefix`, by their names in it.
  Map<String, String> below(String prefix) {
    var inside = new HashMap<String, String>();
    fields.forEach((path, value) -> {
      if (path.startsWith(prefix)) {
        inside.put(path.substring(prefix.length()), value);
      }
    });
    return inside;
  }

  /// The blocks of a whole reply.
  List<Map<String, String>> blocks() {
    return blocks;
  }

  /// What went wrong, or null if this says nothing of the kind.
  @Nullable ProviderError error() {
    if (!type().equals("error") && !error.isPlain()) {
      return null;
    }
    var found = error.error();
    return found != null ? found : new ProviderError(0, "", "");
  }

  @Override
  public void scalar(String path, JsonParser value) throws IOException {
    error.scalar(path, value);
    var text = value.getValueAsString();
    if (text != null) {
      fields.put(path, text);
    }
  }

  /// What a tool is asked may be any JSON, and is passed on as it is.
  @Override
  public boolean wantsText(String path) {
    return path.equals("content_block.input") || path.equals(BLOCK + ".input");
  }

  @Override
  public void text(String path, String json) {
    fields.put(path, json);
  }

  @Override
  public void objectEnd(String path) {
    if (path.equals(BLOCK)) {
      blocks.add(below(BLOCK + "."));
      fields.keySet().removeIf(field -> field.startsWith(BLOCK));
    }
  }
}
