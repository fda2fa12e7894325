package mimo.cli.terminal.markdown;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import mimo.cli.terminal.Style;

/// A text in Markdown that arrives in pieces, shown as far as it is settled: what was printed once
/// is never printed anew. Confined to one thread.
///
/// A block is settled when the next one begins: paragraphs at an empty line, list items at the next
/// item, fenced code line by line. What refers from one block to another, such as link references,
/// is shown as it was written.
public final class MarkdownStream {

  /// A longer block is shown in parts.
  private static final int BLOCK_CHARS = 32_768;

  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})\\s*([^`]*)");
  private static final Pattern INNER_FENCE = Pattern.compile("\\s*(`{3,}|~{3,}).*");
  private static final Pattern ITEM = Pattern.compile(" {0,1}([-*+]|\\d{1,9}[.)])(\\s.*|)");
  private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}(\\s.*|)");
  private static final Pattern INDENTED = Pattern.compile("( {2,}|\\t).*");

  private final BlockView view;
  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder block = new StringBuilder();

  /// The fence of the code that is being shown; empty outside.
  private String fence = "";

  /// The fence of code inside the block that is being gathered; empty outside.
  private String innerFence = "";

  private boolean item;

  /// Whether an empty line came after what was taken last.
  private boolean gap;

  /// Whether one came before the block that is being gathered.
  private boolean gapBefore;

  private boolean shown;

  /// @param columns how wide the window is right now
  /// @param lines takes each line, without its line break
  public MarkdownStream(Style style, IntSupplier columns, Consumer<String> lines) {
    this.view = new BlockView(style, columns);
    this.lines = lines;
  }

  /// More of the text.
  public void accept(String text) {
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        line.append(text, at, text.length());
        break;
      }
      line.append(text, at, end);
      take();
      at = end + 1;
    }
    if (line.length() > BLOCK_CHARS) {
      take();
    }
  }

  /// The text is over; what is left of it is shown.
  public void end() {
    if (!line.isEmpty()) {
      take();
    }
    settle();
    fence = "";
    gap = false;
    gapBefore = false;
    shown = false;
  }

  private void take() {
    var whole = line.toString();
    line.setLength(0);
    take(whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole);
  }

  private void take(String text) {
    if (!fence.isEmpty()) {
      code(text);
    } else if (!innerFence.isEmpty()) {
      gather(text);
    } else if (text.isBlank()) {
      gap = true;
      if (!item) {
        settle();
      }
    } else {
      begin(text);
    }
  }

  private void begin(String text) {
    var opening = FENCE.matcher(text);
    if (opening.matches() && !(item && INDENTED.matcher(text).matches())) {
      settle();
      fence = opening.group(1);
      gapBefore = gap;
      gap = false;
      openCode(opening.group(2).strip());
      return;
    }
    boolean starts = ITEM.matcher(text).matches();
    boolean belongs = item && INDENTED.matcher(text).matches();
    if (starts || HEADING.matcher(text).matches() || (gap && !belongs)) {
      settle();
    }
    if (block.isEmpty()) {
      item = starts;
      gapBefore = gap;
    } else if (gap) {
      block.append('\n');
    }
    gap = false;
    gather(text);
    if (HEADING.matcher(text).matches() && !item) {
      settle();
    }
  }

  private void gather(String text) {
    var mark = INNER_FENCE.matcher(text);
    if (mark.matches()) {
      innerFence =
          innerFence.isEmpty() ? mark.group(1) : closed(innerFence, text) ? "" : innerFence;
    }
    block.append(text).append('\n');
    if (block.length() > BLOCK_CHARS) {
      settle();
    }
  }

  private void code(String text) {
    if (closed(fence, text)) {
      fence = "";
    } else {
      lines.accept(view.code(text));
    }
  }

  private static boolean closed(String fence, String text) {
    var bare = text.strip();
    return bare.length() >= fence.length()
        && bare.chars().allMatch(each -> each == fence.charAt(0));
  }

  private void settle() {
    if (!block.isEmpty()) {
      var settled = block.toString();
      block.setLength(0);
      innerFence = "";
      item = false;
      show(view.lines(settled));
    }
  }

  private void openCode(String language) {
    if (gapBefore && shown) {
      lines.accept("");
    }
    shown = true;
    view.codeTitle(language).forEach(lines);
  }

  /// An empty line stands where the text had one.
  private void show(List<String> settled) {
    if (settled.isEmpty()) {
      return;
    }
    if (gapBefore && shown) {
      lines.accept("");
    }
    shown = true;
    settled.forEach(lines);
  }
}
