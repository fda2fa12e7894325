package mimo.cli.terminal.markdown;

import java.util.ArrayList;
import java.util.List;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TextWidth;

/// Breaks stretches of text into lines of a given width, between words where it can. Serves one
/// block.
final class Wrapped {

  private final Style style;
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder word = new StringBuilder();
  private int lineWidth;
  private int wordWidth;
  private boolean space;

  Wrapped(Style style, int width) {
    this.style = style;
    this.width = Math.max(1, width);
  }

  List<String> lines(List<Spans.Span> spans) {
    for (var span : spans) {
      if (span.text().equals(Spans.BREAK)) {
        endWord();
        endLine();
      } else {
        add(span);
      }
    }
    endWord();
    if (!line.isEmpty()) {
      endLine();
    }
    return List.copyOf(lines);
  }

  /// A word may go on from one stretch to the next, as in `**half**word`.
  private void add(Spans.Span span) {
    int from = 0;
    var text = span.text();
    while (from <= text.length()) {
      int end = text.indexOf(' ', from);
      piece(text.substring(from, end < 0 ? text.length() : end), span.face());
      if (end < 0) {
        return;
      }
      endWord();
      space = true;
      from = end + 1;
    }
  }

  /// A word that is wider than a whole line is cut where the line ends.
  private void piece(String text, Face face) {
    var rest = text;
    while (wordWidth + TextWidth.of(rest) > width) {
      int fitting = TextWidth.fitting(rest, width - wordWidth);
      if (fitting == 0 && wordWidth == 0) {
        fitting = rest.offsetByCodePoints(0, 1);
      }
      append(rest.substring(0, fitting), face);
      endWord();
      endLine();
      rest = rest.substring(fitting);
    }
    append(rest, face);
  }

  private void append(String text, Face face) {
    if (!text.isEmpty()) {
      word.append(face.on(style, text));
      wordWidth += TextWidth.of(text);
    }
  }

  private void endWord() {
    if (wordWidth == 0) {
      return;
    }
    int gap = space && lineWidth > 0 ? 1 : 0;
    if (lineWidth + gap + wordWidth > width) {
      endLine();
      gap = 0;
    }
    line.append(" ".repeat(gap)).append(word);
    lineWidth += gap + wordWidth;
    word.setLength(0);
    wordWidth = 0;
    space = false;
  }

  private void endLine() {
    if (lineWidth > 0 || !lines.isEmpty()) {
      lines.add(line.toString());
    }
    line.setLength(0);
    lineWidth = 0;
    space = false;
  }
}
