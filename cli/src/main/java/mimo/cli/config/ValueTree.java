package mimo.cli.config;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The values of a configuration, found by the names that lead to them.
final class ValueTree {

  private final Map<List<String>, ConfigEntry> values = new HashMap<>();

  ValueTree(List<ConfigEntry> entries) {
    entries.forEach(entry -> values.put(entry.path(), entry));
  }

  /// The names that stand in the object at `path`.
  SortedSet<String> namesBelow(String... path) {
    var parent = List.of(path);
    var names = new TreeSet<String>();
    for (var found : values.keySet()) {
      if (found.size() > parent.size() && found.subList(0, parent.size()).equals(parent)) {
        names.add(found.get(parent.size()));
      }
    }
    return names;
  }

  @Nullable String text(String... path) {
    var entry = values.get(List.of(path));
    return entry == null ? null : entry.value();
  }

  /// The words of a list; none where there is none.
  List<String> words(String... path) {
    var joined = text(path);
    return joined == null ? List.of() : List.of(joined.split(ValueKind.Words.BETWEEN, -1));
  }

  /// Null where nobody said it.
  @Nullable Boolean flag(String... path) {
    var word = text(path);
    return word == null ? null : Boolean.valueOf(word);
  }

  @Nullable Integer whole(String... path) {
    var digits = text(path);
    return digits == null ? null : Integer.valueOf(digits);
  }

  @Nullable BigDecimal number(String... path) {
    var digits = text(path);
    return digits == null ? null : new BigDecimal(digits);
  }
}
