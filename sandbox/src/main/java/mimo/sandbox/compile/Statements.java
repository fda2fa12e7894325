package mimo.sandbox.compile;

/// Takes statements out of a text whose offsets must not move.
final class Statements {

  private Statements() {}

  /// Blanks a statement from `start` to `finish`, and the quote that ends it. What remains is an
  /// empty statement, so that nothing before it goes on behind it.
  ///
  /// @return where the statement ended
  static int take(StringBuilder text, int start, int finish) {
    boolean quote =
        finish < text.length() && (text.charAt(finish) == '\'' || text.charAt(finish) == '"');
    int end = quote ? finish + 1 : finish;
    blank(text, start, end);
    text.setCharAt(start, ';');
    return end;
  }

  /// Puts spaces where anything but a line break stands.
  static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Cursor.isLineBreak(text.charAt(i))) {
        text.setCharAt(i, ' ');
      }
    }
  }

  /// A property key in brackets, so that `__proto__` is one like any other.
  static String key(String name) {
    var key = new StringBuilder("[\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        key.append("\\u%04x".formatted((int) c));
      } else {
        key.append(c);
      }
    }
    return key.append("\"]").toString();
  }
}
