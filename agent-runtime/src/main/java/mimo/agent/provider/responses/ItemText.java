package mimo.agent.provider.responses;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.provider.JsonWalk;

/// The words in the parts of an item.
final class ItemText {

  private ItemText() {}

  /// The texts, and the refusals, in the parts of the field `name`.
  static List<String> of(String item, String name) throws IOException {
    var texts = new ArrayList<String>();
    JsonWalk.walk(
        item,
        (String path, JsonParser value) -> {
          if (path.equals(name + "[].text") || path.equals(name + "[].refusal")) {
            texts.add(value.getValueAsString(""));
          }
        });
    return texts;
  }
}
