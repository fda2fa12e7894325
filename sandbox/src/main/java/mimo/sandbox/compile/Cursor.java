package mimo.sandbox.compile;

/// Walks a script's text over white space and comments. Confined to one thread.
final class Cursor {

  static final char END = '\0';

  private final String text;
  private final LineIndex lines;
  private int at;
  private boolean crossedLine;

  Cursor(String text) {
    this.text = text;
    this.lines = new LineIndex(text);
  }

  int offset() {
    return at;
  }

  /// Whether the last [#skipTrivia] went over a line break.
  boolean crossedLine() {
    return crossedLine;
  }

  char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  boolean looksAt(String expected) {
    return text.startsWith(expected, at);
  }

  char next() {
    char c = peek();
    at++;
    return c;
  }

  void skip(int count) {
    at += count;
  }

  boolean take(char expected) {
    if (atEnd() || peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  boolean takeWord(String word) {
    int end = at + word.length();
    boolean whole = end >= text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
    if (!looksAt(word) || !whole) {
      return false;
    }
    at = end;
    return true;
  }

  /// The identifier at the cursor, taken; empty if there is none.
  String takeIdentifier() {
    int from = at;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      boolean belongs =
          at == from ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c);
      if (!belongs || Character.isIdentifierIgnorable(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    return text.substring(from, at);
  }

  String since(int offset) {
    return text.substring(offset, at);
  }

  /// Skips a byte order mark and the line that names an interpreter.
  void skipPreamble() {
    if (peek() == '\uFEFF') {
      at++;
    }
    if (looksAt("#!")) {
      skipLine();
    }
  }

  void skipTrivia() {
    crossedLine = false;
    while (!atEnd()) {
      char c = peek();
      if (c == '/' && looksAt("//")) {
        skipLine();
      } else if (c == '/' && looksAt("/*")) {
        skipBlockComment();
      } else if (isSpace(c)) {
        crossedLine |= isLineBreak(c);
        at++;
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (!atEnd() && !isLineBreak(peek())) {
      at++;
    }
  }

  private void skipBlockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw fault("this comment is not closed");
    }
    crossedLine |= text.substring(at, end).chars().anyMatch(c -> isLineBreak((char) c));
    at = end + 2;
  }

  FaultFound fault(String message) {
    return faultAt(at, message);
  }

  FaultFound faultAt(int offset, String message) {
    return FaultFound.at(lines.position(Math.min(offset, text.length())), message);
  }

  static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || isLineBreak(c)
        || c == '\t'
        || c == '\u000B'
        || c == '\f'
        || c == '\uFEFF'
        || (c > '~' && Character.getType(c) == Character.SPACE_SEPARATOR);
  }
}
