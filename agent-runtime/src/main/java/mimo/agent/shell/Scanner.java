package mimo.agent.shell;

import mimo.agent.AgentLimits;

/// A place that moves through a command line. Confined to one thread.
final class Scanner {

  static final char END = '\0';

  private final String text;
  private int at;

  Scanner(String text) {
    if (text.length() > AgentLimits.SHELL_CHARS) {
      throw new UnparsableException("it has more than " + AgentLimits.SHELL_CHARS + " characters");
    }
    if (text.indexOf(END) >= 0) {
      throw new UnparsableException("it holds a NUL character");
    }
    if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
      throw new UnparsableException("it holds half a character");
    }
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  int position() {
    return at;
  }

  String from(int start) {
    return text.substring(start, at);
  }

  /// The character here; [#END] behind the last.
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  boolean sees(String expected) {
    return text.startsWith(expected, at);
  }

  boolean skip(String expected) {
    if (sees(expected)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  char next() {
    return text.charAt(at++);
  }

  /// Up to the next line end, which is passed over.
  String line() {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      end = text.length();
    }
    var line = text.substring(at, end);
    at = Math.min(end + 1, text.length());
    return line;
  }

  /// Passes over blanks, joined lines, and a comment, but not over the line's end.
  void skipBlanks() {
    while (true) {
      if (peek() == ' ' || peek() == '\t') {
        at++;
      } else if (sees("\\\n")) {
        at += 2;
      } else {
        break;
      }
    }
    if (peek() == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    }
  }

  /// Whether a word ends here.
  boolean atWordEnd() {
    return atEnd() || " \t\n|&;()<>".indexOf(peek()) >= 0;
  }
}
