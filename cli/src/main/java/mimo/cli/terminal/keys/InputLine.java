package mimo.cli.terminal.keys;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.cli.terminal.keys.Key.Named;

/// The text that is being typed, which may have several lines, and where the cursor stands in it.
/// Confined to one thread.
public final class InputLine {

  /// What was typed before is offered again, so much of it.
  private static final int HISTORY = 500;

  private final StringBuilder text = new StringBuilder();
  private final List<String> history = new ArrayList<>();
  private int cursor;

  /// Which earlier text is shown; the size of the history for the one being typed.
  private int shown;

  private String draft = "";

  /// The text so far.
  public String text() {
    return text.toString();
  }

  /// Where the next character goes, as an index into the text.
  public int cursor() {
    return cursor;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /// Takes the text away and remembers it.
  public String submit() {
    var whole = text.toString();
    if (!whole.isBlank() && (history.isEmpty() || !history.getLast().equals(whole))) {
      history.add(whole);
      if (history.size() > HISTORY) {
        history.removeFirst();
      }
    }
    clear();
    return whole;
  }

  /// Takes the text away.
  public void clear() {
    replace("");
    shown = history.size();
    draft = "";
  }

  /// Puts another text in its place, with the cursor at its end.
  public void replace(String other) {
    text.setLength(0);
    text.append(other);
    cursor = other.length();
  }

  /// Changes the text as the key says; keys that mean nothing here change nothing.
  public void press(Key key) {
    switch (key) {
      case Key.Text(var typed) -> insert(typed);
      case Key.Paste(var pasted) -> insert(pasted);
      case Named named -> press(named);
    }
  }

  private void press(Named key) {
    switch (key) {
      case NEW_LINE -> insert("\n");
      case BACKSPACE -> delete(before(cursor), cursor);
      case DELETE -> delete(cursor, after(cursor));
      case DELETE_WORD -> delete(wordBefore(), cursor);
      case DELETE_TO_START -> delete(lineStart(), cursor);
      case DELETE_TO_END -> delete(cursor, lineEnd());
      case LEFT -> cursor = before(cursor);
      case RIGHT -> cursor = after(cursor);
      case WORD_LEFT -> cursor = wordBefore();
      case WORD_RIGHT -> cursor = wordAfter();
      case HOME -> cursor = lineStart();
      case END -> cursor = lineEnd();
      case UP -> up();
      case DOWN -> down();
      case ENTER, ESCAPE, INTERRUPT, END_OF_INPUT, TAB, REDRAW, UNKNOWN -> {}
    }
  }

  private void insert(String more) {
    text.insert(cursor, more);
    cursor += more.length();
  }

  private void delete(int from, int to) {
    text.delete(from, to);
    cursor = from;
  }

  private int lineStart() {
    return text.lastIndexOf("\n", cursor - 1) + 1;
  }

  private int lineEnd() {
    int end = text.indexOf("\n", cursor);
    return end < 0 ? text.length() : end;
  }

  /// What looks like one character may consist of several.
  private int before(int at) {
    var letters = letters();
    return at == 0 ? 0 : letters.preceding(at);
  }

  private int after(int at) {
    var letters = letters();
    return at == text.length() ? at : letters.following(at);
  }

  private BreakIterator letters() {
    var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
    letters.setText(text.toString());
    return letters;
  }

  private int wordBefore() {
    int at = cursor;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private int wordAfter() {
    int at = cursor;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// To the line above, or from the first line to what was typed before.
  private void up() {
    int start = lineStart();
    if (start > 0) {
      int column = cursor - start;
      int above = text.lastIndexOf("\n", start - 2) + 1;
      cursor = Math.min(above + column, start - 1);
    } else if (shown > 0) {
      if (shown == history.size()) {
        draft = text.toString();
      }
      shown--;
      replace(history.get(shown));
    }
  }

  private void down() {
    int end = lineEnd();
    if (end < text.length()) {
      int column = cursor - lineStart();
      int below = end + 1;
      int belowEnd = text.indexOf("\n", below);
      cursor = Math.min(below + column, belowEnd < 0 ? text.length() : belowEnd);
    } else if (shown < history.size()) {
      shown++;
      replace(shown == history.size() ? draft : history.get(shown));
    }
  }
}
