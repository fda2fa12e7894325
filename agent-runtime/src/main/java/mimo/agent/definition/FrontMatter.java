package mimo.agent.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The head of a Markdown file, between two lines of `---`, and what follows it.
///
/// Of YAML it knows what such heads hold: `key: value` with plain and quoted texts, lists in
/// brackets, after commas or with dashes, one level of keys below a key, and long texts after `|`
/// or `>`.
public final class FrontMatter {

  private static final String FENCE = "---";

  /// What stands beside a key, and the indented lines below it.
  ///
  /// @param line that of the key, from 1
  private record Entry(String value, List<String> below, int line) {}

  /// A value below a key.
  ///
  /// @param key the key it stands beside; empty if it stands beside the first key itself
  /// @param inner the key below that one; empty if there is none
  /// @param line where it stands, from 1
  public record Leaf(String key, String inner, String value, int line) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final String body;

  private FrontMatter(String body) {
    this.body = body;
  }

  /// @throws IllegalArgumentException naming the line that is no part of a head
  public static FrontMatter read(String text) {
    var lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().strip().equals(FENCE)) {
      throw new IllegalArgumentException("line 1: it does not begin with '---'");
    }
    int end = 1;
    while (end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
      end++;
    }
    if (end == lines.size()) {
      throw new IllegalArgumentException("line 1: no second '---' ends its head");
    }
    var head = new FrontMatter(String.join("\n", lines.subList(end + 1, lines.size())));
    head.readEntries(lines.subList(0, end));
    return head;
  }

  /// The same for a text that need not have a head.
  ///
  /// @throws IllegalArgumentException naming the line that is no part of a head
  public static FrontMatter readIfThere(String text) {
    var begin = text.startsWith("\uFEFF") ? text.substring(1) : text;
    boolean headed = begin.lines().findFirst().map(String::strip).orElse("").equals(FENCE);
    return headed ? read(text) : new FrontMatter(begin);
  }

  private void readEntries(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      var line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1 || Character.isWhitespace(line.charAt(0))) {
        throw new IllegalArgumentException("line " + (i + 1) + ": expected 'key: value'");
      }
      int number = i + 1;
      var below = new ArrayList<String>();
      while (i + 1 < lines.size() && isBelow(lines.get(i + 1))) {
        below.add(lines.get(++i));
      }
      entries.put(
          unquoted(line.substring(0, colon)),
          new Entry(line.substring(colon + 1).strip(), below, number));
    }
  }

  /// Lists may stand as far left as their key.
  private static boolean isBelow(String line) {
    return line.isBlank() || Character.isWhitespace(line.charAt(0)) || line.startsWith("- ");
  }

  /// What follows the head.
  public String body() {
    return body;
  }

  /// A text; empty if there is none, or a blank one.
  public Optional<String> text(String key) {
    var entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    var value = entry.value();
    if (value.startsWith("|") || value.startsWith(">")) {
      var lines = entry.below().stream().map(String::strip).toList();
      value = String.join(value.startsWith("|") ? "\n" : " ", lines);
    } else {
      var more = entry.below().stream().map(String::strip).toList();
      value = unquoted((value + " " + String.join(" ", more)).strip());
    }
    return Optional.of(value.strip()).filter(found -> !found.isEmpty());
  }

  /// A list of texts; empty if the key is not there.
  public Optional<List<String>> list(String key) {
    var entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    var value = entry.value();
    boolean bracketed = value.startsWith("[") && value.endsWith("]");
    var items = new ArrayList<String>();
    for (var item : (bracketed ? value.substring(1, value.length() - 1) : value).split(",", -1)) {
      items.add(item);
    }
    for (var line : entry.below()) {
      var item = line.strip();
      items.add(item.startsWith("-") ? item.substring(1) : item);
    }
    return Optional.of(
        items.stream().map(FrontMatter::unquoted).filter(item -> !item.isEmpty()).toList());
  }

  /// The keys below a key that are on or off; none if it holds something else.
  public Map<String, Boolean> switches(String key) {
    var switches = new LinkedHashMap<String, Boolean>();
    var entry = entries.get(key);
    for (var line : entry == null ? List.<String>of() : entry.below()) {
      int colon = line.indexOf(':');
      var value = colon < 1 ? "" : line.substring(colon + 1).strip();
      if (value.equals("true") || value.equals("false")) {
        switches.put(unquoted(line.substring(0, colon)), value.equals("true"));
      }
    }
    return switches;
  }

  /// The values of a key that has keys below it, and some of those again, in order.
  ///
  /// @throws IllegalArgumentException naming the line that is none
  public List<Leaf> leaves(String key) {
    var entry = entries.get(key);
    if (entry == null) {
      return List.of();
    }
    var leaves = new ArrayList<Leaf>();
    if (!entry.value().isEmpty()) {
      leaves.add(new Leaf("", "", unquoted(entry.value()), entry.line()));
    }
    int margin = -1;
    var outer = "";
    for (int i = 0; i < entry.below().size(); i++) {
      var line = entry.below().get(i);
      int number = entry.line() + 1 + i;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      int indent = line.length() - line.stripLeading().length();
      int colon = endOfKey(line);
      if (colon < 0 || line.stripLeading().startsWith("- ")) {
        throw new IllegalArgumentException("line " + number + ": expected 'key: value'");
      }
      margin = margin < 0 ? indent : margin;
      var name = unquoted(line.substring(0, colon));
      var value = unquoted(line.substring(colon + 1));
      boolean inner = indent > margin;
      if (!inner) {
        outer = name;
      }
      if (!value.isEmpty()) {
        leaves.add(new Leaf(outer, inner ? name : "", value, number));
      }
    }
    return leaves;
  }

  /// The colon behind a key, which may be quoted and hold others.
  private static int endOfKey(String line) {
    var text = line.stripLeading();
    int start = line.length() - text.length();
    char first = text.charAt(0);
    int from = first == '"' || first == '\'' ? line.indexOf(first, start + 1) : start;
    return from < 0 ? -1 : line.indexOf(':', from);
  }

  private static String unquoted(String text) {
    var value = text.strip();
    return isIn(value, "\"") || isIn(value, "'") ? value.substring(1, value.length() - 1) : value;
  }

  private static boolean isIn(String value, String quote) {
    return value.length() > 1 && value.startsWith(quote) && value.endsWith(quote);
  }
}
