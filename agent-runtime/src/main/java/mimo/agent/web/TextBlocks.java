package mimo.agent.web;

import java.util.ArrayDeque;
import java.util.Deque;

/// A text that grows by words, lines and paragraphs, some of them indented. Blanks run together,
/// and nothing begins or ends with them. Confined to one thread.
final class TextBlocks {

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> margins = new ArrayDeque<>();

  /// Marks that wait for the words they stand before.
  private final Deque<String> marks = new ArrayDeque<>();

  /// Line ends that wait for what comes behind them.
  private int breaks;

  /// The narrowest margin since they began to wait: that of the empty line between paragraphs.
  private String between = "";

  private String bullet = "";

  void line() {
    breakBy(1);
  }

  void paragraph() {
    breakBy(2);
  }

  private void breakBy(int lines) {
    var here = margin();
    if (breaks == 0 || here.length() < between.length()) {
      between = here;
    }
    breaks = Math.max(breaks, lines);
  }

  void indent(String margin) {
    margins.addLast(margin);
  }

  /// What follows stands behind a bullet, and below it is indented.
  void item(String mark) {
    bullet = margin() + mark;
    margins.addLast(" ".repeat(mark.length()));
  }

  void outdent() {
    margins.removeLast();
    bullet = "";
  }

  /// A mark before words; without words it is never written.
  void opening(String mark) {
    if (!mark.isEmpty()) {
      marks.addLast(mark);
    }
  }

  /// The mark behind the words that `opening` stood before.
  void closing(String opening, String mark) {
    if (opening.isEmpty()) {
      return;
    }
    if (opening.equals(marks.peekLast())) {
      marks.removeLast();
      return;
    }
    boolean blank = endsWithBlank();
    if (blank) {
      text.setLength(text.length() - 1);
    }
    text.append(mark);
    if (blank) {
      text.append(' ');
    }
  }

  /// Drops the marks that no word came for.
  void forget() {
    marks.clear();
  }

  void words(String words) {
    var run = words.replaceAll("[\\s\\u00a0]+", " ");
    if (run.isBlank()) {
      if (breaks == 0 && !run.isEmpty() && text.length() > 0 && !endsWithBlank()) {
        text.append(' ');
      }
      return;
    }
    boolean begins = breaks > 0 || text.isEmpty() || endsWithBlank() || !bullet.isEmpty();
    if (!begins && run.startsWith(" ")) {
      text.append(' ');
    }
    start();
    text.append(run.startsWith(" ") ? run.substring(1) : run);
  }

  void verbatim(String words) {
    if (words.isEmpty()) {
      return;
    }
    start();
    text.append(words.replace("\n", "\n" + margin()));
  }

  private void start() {
    if (breaks > 0 && !text.isEmpty()) {
      trim();
      if (breaks == 2) {
        text.append('\n').append(between.stripTrailing());
      }
      text.append('\n').append(bullet.isEmpty() ? margin() : "");
    }
    text.append(bullet);
    bullet = "";
    breaks = 0;
    marks.forEach(text::append);
    marks.clear();
  }

  private String margin() {
    return String.join("", margins);
  }

  private boolean endsWithBlank() {
    return !text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1));
  }

  private void trim() {
    while (endsWithBlank()) {
      text.setLength(text.length() - 1);
    }
  }

  @Override
  public String toString() {
    return text.toString().strip();
  }
}
