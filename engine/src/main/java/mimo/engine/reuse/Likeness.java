package mimo.engine.reuse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How two requests differ.
final class Likeness {

  private static final JsonMapper JSON = new JsonMapper();

  private Likeness() {}

  /// How much of the longer text both have in common at their ends, from 0 to 1.
  static double of(String one, String other) {
    int longer = Math.max(one.length(), other.length());
    int shorter = Math.min(one.length(), other.length());
    if (longer == 0) {
      return 1;
    }
    int start = 0;
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    return (double) (start + end) / longer;
  }

  /// The members in which two JSON objects differ, by name.
  static List<Difference> differences(String before, String now) {
    var one = parse(before);
    var other = parse(now);
    var names = new TreeSet<String>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    var differences = new ArrayList<Difference>();
    for (var name : names) {
      if (!one.path(name).equals(other.path(name))) {
        differences.add(new Difference(name, text(one.get(name)), text(other.get(name))));
      }
    }
    return differences;
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value == null ? null : value.toString();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an input is JSON, or it is not stored", e);
    }
  }
}
