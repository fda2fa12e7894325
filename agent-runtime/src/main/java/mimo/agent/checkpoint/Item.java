package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One item of a section: what it says, and where that is from (K10).
///
/// Sources are `m12` for a message, counted as [Mark] does, `c:` with the id of a tool call, `t:T1`
/// for a task, and `n:` with the id of a note. They stand in brackets at its end.
///
/// @param text of one or more lines
/// @param sources none if nobody said where it is from
public record Item(String text, List<String> sources) {

  private static final String MARK = "- ";
  private static final String INDENT = "  ";
  private static final Pattern SOURCES =
      Pattern.compile(
          "^(.*?) ?\\[((?:m\\d+|[cn]:[^\\s,\\[\\]]+|t:T[0-9.]+)"
              + "(?:, (?:m\\d+|[cn]:[^\\s,\\[\\]]+|t:T[0-9.]+))*)\\]$");

  public Item {
    text = text.strip();
    sources = List.copyOf(sources);
  }

  Item(String text, String... sources) {
    this(text, Arrays.asList(sources));
  }

  /// As it stands in its section, without a line feed at the end. Sources of what is quoted have a
  /// line of their own.
  public String markdown() {
    var lines = new ArrayList<String>(text.lines().toList());
    if (!sources.isEmpty()) {
      var ids = "[" + String.join(", ", sources) + "]";
      boolean own = lines.isEmpty() || lines.getLast().startsWith(">");
      lines.add(own ? ids : lines.removeLast() + " " + ids);
    }
    return MARK + String.join("\n" + INDENT, lines);
  }

  /// The items of a section. What people wrote that is none begins one of its own.
  public static List<Item> of(String body) {
    var items = new ArrayList<Item>();
    var lines = new ArrayList<String>();
    for (var line : body.lines().toList()) {
      if (!line.startsWith(INDENT) && !lines.isEmpty()) {
        items.add(read(lines));
        lines.clear();
      }
      if (!line.isBlank() || !lines.isEmpty()) {
        lines.add(line.startsWith(MARK) || line.startsWith(INDENT) ? line.substring(2) : line);
      }
    }
    if (!lines.isEmpty()) {
      items.add(read(lines));
    }
    return List.copyOf(items);
  }

  private static Item read(List<String> lines) {
    var text = new ArrayList<>(lines);
    var found = SOURCES.matcher(text.getLast());
    if (!found.matches()) {
      return new Item(String.join("\n", text), List.of());
    }
    var rest = found.group(1);
    var sources = List.of(found.group(2).split(", ", -1));
    text.removeLast();
    if (!rest.isEmpty()) {
      text.add(rest);
    }
    return new Item(String.join("\n", text), sources);
  }

  /// Items as the body of a section.
  public static String body(List<Item> items) {
    return String.join("\n", items.stream().map(Item::markdown).toList());
  }
}
