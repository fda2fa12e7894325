package mimo.agent.rebuild;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a rebuilt prompt is made of.
///
/// @param texts of its parts, whole; a part without a text is left out
/// @param userInput what the user said, the earliest first
public record Inputs(Map<Part, String> texts, List<String> userInput) {
  public Inputs {
    var all = new EnumMap<Part, String>(Part.class);
    all.putAll(texts);
    texts = Collections.unmodifiableMap(all);
    userInput = List.copyOf(userInput);
  }

  String text(Part part) {
    return texts.getOrDefault(part, "");
  }
}
