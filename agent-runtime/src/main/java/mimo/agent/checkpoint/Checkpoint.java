package mimo.agent.checkpoint;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.message.Message;

/// The state of a session: eleven sections, and up to where in the conversation they hold (K6, K9).
/// Immutable.
///
/// @param sections what each says, without its heading; every section is there, some are empty
public record Checkpoint(Watermark watermark, Map<Section, String> sections) {

  /// What a session begins with.
  public static final Checkpoint EMPTY = new Checkpoint(Watermark.NONE, Map.of());

  private static final String TITLE = "# Checkpoint";
  private static final String HEADING = "## ";
  private static final String FENCE = "---";

  public Checkpoint {
    var all = new EnumMap<Section, String>(Section.class);
    for (var section : Section.values()) {
      all.put(section, tidy(sections.getOrDefault(section, "")));
    }
    sections = Collections.unmodifiableMap(all);
  }

  private static String tidy(String body) {
    return body.replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  /// What a section says; empty if nothing.
  public String section(Section section) {
    return sections.getOrDefault(section, "");
  }

  /// The same with one section that says something else.
  public Checkpoint with(Section section, String body) {
    var all = new EnumMap<Section, String>(sections);
    all.put(section, body);
    return new Checkpoint(watermark, all);
  }

  /// The same as far as it is of this conversation. Where messages it covers were taken back, what
  /// it says of them holds no more, and its sources name others: only what people wrote stays.
  Checkpoint in(List<Message> conversation) {
    if (watermark.covered().isIn(conversation)) {
      return watermark.byModel().isIn(conversation)
          ? this
          : new Checkpoint(watermark.from(watermark.covered(), Mark.NONE), sections);
    }
    var all = new EnumMap<Section, String>(Section.class);
    sections.forEach((section, body) -> all.put(section, ofPeople(section, body)));
    return new Checkpoint(watermark.from(Mark.NONE, Mark.NONE), all);
  }

  private static String ofPeople(Section section, String body) {
    return section == Section.TASK_TREE
        ? ""
        : Item.body(Item.of(body).stream().filter(item -> item.sources().isEmpty()).toList());
  }

  /// As it stands in its file.
  public String markdown() {
    var text = new StringBuilder(FENCE).append('\n');
    text.append("checkpoint: ").append(watermark.number()).append('\n');
    text.append("writer: ").append(watermark.writer().word()).append('\n');
    mark(text, "", watermark.covered());
    mark(text, "model-", watermark.byModel());
    text.append(FENCE).append("\n").append(TITLE).append('\n');
    sections.forEach((section, body) -> {
      text.append('\n').append(HEADING).append(section.title()).append('\n');
      if (!body.isEmpty()) {
        text.append('\n');
        body.lines().forEach(line -> text.append(escaped(line)).append('\n'));
      }
    });
    return text.toString();
  }

  private static void mark(StringBuilder text, String prefix, Mark mark) {
    text.append(prefix).append("covers: ");
    text.append(mark.message() < 0 ? "none" : "m" + mark.message()).append('\n');
    if (mark.message() >= 0) {
      text.append(prefix).append("hash: ").append(mark.hash()).append('\n');
    }
  }

  /// A line that looks like a heading of ours is none.
  private static String escaped(String line) {
    return Section.of(titleIn(line.replaceFirst("^\\\\+", ""))).isPresent() ? "\\" + line : line;
  }

  private static String unescaped(String line) {
    return line.startsWith("\\") && Section.of(titleIn(line.replaceFirst("^\\\\+", ""))).isPresent()
        ? line.substring(1)
        : line;
  }

  private static String titleIn(String line) {
    return line.startsWith(HEADING) ? line.substring(HEADING.length()).strip() : "";
  }

  /// Reads what [#markdown] wrote, and whatever people made of it since: headings of theirs belong
  /// to the section they stand in, and what stands in none is an open note. Where they took the
  /// watermark away, nothing is covered.
  public static Checkpoint parse(String markdown) {
    var lines = tidy(markdown).lines().toList();
    int head = 0;
    if (!lines.isEmpty() && lines.getFirst().equals(FENCE)) {
      int end = lines.subList(1, lines.size()).indexOf(FENCE);
      head = end < 0 ? 0 : end + 2;
    }
    var front = new FrontMatter();
    lines.subList(0, head).forEach(front::add);
    var bodies = new EnumMap<Section, StringBuilder>(Section.class);
    var current = Section.OPEN_NOTES;
    boolean begun = false;
    for (var line : lines.subList(head, lines.size())) {
      var next = Section.of(titleIn(line));
      if (next.isPresent()) {
        current = next.get();
        begun = true;
      } else if (begun || !line.equals(TITLE)) {
        var body = bodies.computeIfAbsent(current, _ -> new StringBuilder());
        body.append(unescaped(line)).append('\n');
      }
    }
    var sections = new EnumMap<Section, String>(Section.class);
    bodies.forEach((section, body) -> sections.put(section, body.toString()));
    return new Checkpoint(front.watermark(), sections);
  }

  /// What stands before the text. Confined to one thread.
  private static final class FrontMatter {
    private final Map<String, String> values = new HashMap<>();

    void add(String line) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 2).strip());
      }
    }

    Watermark watermark() {
      int number = number(values.getOrDefault("checkpoint", "")).orElse(0);
      var writer = Writer.of(values.getOrDefault("writer", ""));
      return new Watermark(number, writer, mark(""), mark("model-"));
    }

    private Mark mark(String prefix) {
      var covers = values.getOrDefault(prefix + "covers", "");
      var hash = values.getOrDefault(prefix + "hash", "");
      return covers.startsWith("m") && !hash.isEmpty()
          ? number(covers.substring(1)).map(at -> new Mark(at, hash)).orElse(Mark.NONE)
          : Mark.NONE;
    }

    private static Optional<Integer> number(String text) {
      return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
  }
}
