package mimo.agent.memory;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Markdown text, seen as blocks that follow one another without gaps: put together again they
/// are the text, byte for byte (M8). Immutable.
final class MarkdownText {

  private static final Pattern HEADING =
      Pattern.compile(" {0,3}(#{1,6})(?:[ \\t]+(.*?))?[ \\t]*#*[ \\t]*");
  private static final Pattern ITEM = Pattern.compile("(?:[-*+]|\\d{1,9}[.)])[ \\t]+.*");
  private static final Pattern MARK = Pattern.compile("^(?:[-*+]|\\d{1,9}[.)])[ \\t]+");

  private final List<Block> blocks;
  private final String newline;

  /// What a block is.
  enum Kind {
    HEADING,
    ENTRY,
    /// Blank lines, comments, what stands before the text.
    OTHER
  }

  /// Some lines.
  ///
  /// @param raw with their endings
  /// @param level of a heading, else 0
  /// @param path the headings it stands under, itself included, ` > ` between them
  /// @param first its first line, counted from 1
  record Block(Kind kind, String raw, int level, String path, int first) {
    int lines() {
      return MarkdownText.lines(raw).size();
    }

    /// The mark of the list it stands in; that of any list if it is no item.
    String mark() {
      var matcher = MARK.matcher(raw);
      return matcher.find() ? matcher.group() : "- ";
    }

    /// What it says, without marks of lists, indentation and mimo's comments.
    String text() {
      var text = Provenance.without(raw).strip();
      return MARK.matcher(text).replaceFirst("").replaceAll("\\r?\\n[ \\t]+", "\n").strip();
    }
  }

  private MarkdownText(List<Block> blocks, String newline) {
    this.blocks = List.copyOf(blocks);
    this.newline = newline;
  }

  static MarkdownText of(String text) {
    var lines = lines(text);
    var newline = lines.stream().anyMatch(line -> line.endsWith("\r\n")) ? "\r\n" : "\n";
    return new MarkdownText(new Reader(lines).read(), newline);
  }

  List<Block> blocks() {
    return blocks;
  }

  /// After the last block of a section that is not blank; -1 if there is no such section.
  ///
  /// @param heading the last of its path, or all of it
  int sectionEnd(String heading) {
    int at = -1;
    int level = 0;
    for (int i = 0; i < blocks.size(); i++) {
      var block = blocks.get(i);
      if (block.kind() == Kind.HEADING) {
        if (at >= 0 && block.level() <= level) {
          break;
        }
        if (at < 0 && (block.path().equals(heading) || block.path().endsWith(" > " + heading))) {
          at = i + 1;
          level = block.level();
        }
      } else if (at >= 0 && !block.raw().isBlank()) {
        at = i + 1;
      }
    }
    return at;
  }

  /// How its lines end.
  String newline() {
    return newline;
  }

  /// Lines with their endings.
  static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, next));
      start = next;
    }
    return lines;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    blocks.forEach(block -> text.append(block.raw()));
    return text.toString();
  }

  /// Reads blocks line by line. Confined to one call.
  private static final class Reader {
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private final @Nullable String[] headings = new @Nullable String[7];
    private int at;

    Reader(List<String> lines) {
      this.lines = lines;
    }

    List<Block> read() {
      frontMatter();
      while (at < lines.size()) {
        var line = bare(at);
        var heading = HEADING.matcher(line);
        if (line.isBlank()) {
          add(Kind.OTHER, 0, at + 1);
        } else if (heading.matches()) {
          heading(heading.group(1).length(), heading.group(2));
        } else if (line.stripLeading().startsWith("<!--")) {
          comment();
        } else {
          add(Kind.ENTRY, 0, ITEM.matches(line) ? itemEnd() : paragraphEnd(at));
        }
      }
      return blocks;
    }

    /// `---` up to the next `---`, at the very beginning.
    private void frontMatter() {
      if (lines.isEmpty() || !bare(0).equals("---")) {
        return;
      }
      for (int end = 1; end < lines.size(); end++) {
        if (bare(end).equals("---")) {
          add(Kind.OTHER, 0, end + 1);
          return;
        }
      }
    }

    private void heading(int level, @Nullable String title) {
      headings[level] = title == null ? "" : Provenance.without(title).strip();
      for (int deeper = level + 1; deeper < headings.length; deeper++) {
        headings[deeper] = null;
      }
      add(Kind.HEADING, level, at + 1);
    }

    private void comment() {
      int end = at;
      while (end < lines.size() && !lines.get(end).contains("-->")) {
        end++;
      }
      add(Kind.OTHER, 0, Math.min(end + 1, lines.size()));
    }

    /// An item goes on while lines are indented, or simply go on.
    private int itemEnd() {
      int end = at + 1;
      boolean gap = false;
      for (int next = at + 1; next < lines.size(); next++) {
        var line = bare(next);
        if (line.isBlank()) {
          gap = true;
          continue;
        }
        boolean indented = line.startsWith("  ") || line.startsWith("\t");
        if (!indented && (gap || ITEM.matches(line) || startsAnew(line))) {
          break;
        }
        gap = false;
        end = next + 1;
      }
      return end;
    }

    private int paragraphEnd(int start) {
      String fence = null;
      for (int next = start; next < lines.size(); next++) {
        var line = bare(next);
        var mark = fence(line);
        if (fence != null) {
          fence = mark != null && mark.startsWith(fence) ? null : fence;
        } else if (mark != null) {
          fence = mark;
        } else if (line.isBlank() || (next > start && (ITEM.matches(line) || startsAnew(line)))) {
          return next;
        }
      }
      return lines.size();
    }

    private static @Nullable String fence(String line) {
      var text = line.strip();
      return text.startsWith("```") ? "```" : text.startsWith("~~~") ? "~~~" : null;
    }

    private static boolean startsAnew(String line) {
      return HEADING.matches(line);
    }

    private void add(Kind kind, int level, int end) {
      blocks.add(new Block(kind, String.join("", lines.subList(at, end)), level, path(), at + 1));
      at = end;
    }

    private String path() {
      var path = new ArrayList<String>();
      for (var heading : headings) {
        if (heading != null && !heading.isEmpty()) {
          path.add(heading);
        }
      }
      return String.join(" > ", path);
    }

    /// A line without its ending.
    private String bare(int number) {
      var line = lines.get(number);
      return line.stripTrailing().isEmpty() ? "" : line.replaceAll("\\r?\\n$", "");
    }
  }
}
