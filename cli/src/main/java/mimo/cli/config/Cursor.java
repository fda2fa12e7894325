package mimo.cli.config;

import mimo.cli.error.CommandException;
import mimo.cli.terminal.TerminalText;
import mimo.engine.SourcePosition;

/// A place that moves through the text of a configuration, and knows its line. Confined to one
/// thread.
final class Cursor {

  private static final String ENDS_OF_WORDS = " \t\r\n,:{}[]\"/";
  private static final int SHOWN_OF_A_WORD = 40;

  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private int lineBegin;

  Cursor(String file, String text) {
    this.file = file;
    this.text = text;
    // Some editors begin a file with a mark of its byte order.
    at = text.startsWith("\uFEFF") ? 1 : 0;
    lineBegin = at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  boolean sees(char c) {
    return !atEnd() && text.charAt(at) == c;
  }

  void next() {
    at++;
  }

  SourcePosition position() {
    return new SourcePosition(file, line, at - lineBegin + 1);
  }

  /// What stands here, for messages.
  String found() {
    if (atEnd()) {
      return "the end of the text";
    }
    int point = text.codePointAt(at);
    return point < ' '
        ? "the character U+%04X".formatted(point)
        : "'" + Character.toString(point) + "'";
  }

  CommandException fault(String message) {
    return fault(position(), message);
  }

  CommandException fault(SourcePosition place, String message) {
    return CommandException.at(place, "config_invalid", message, Secrecy.masked(text));
  }

  /// Steps over blanks, line ends and comments.
  void skipBlank() {
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == '\n') {
        newLine();
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    var begin = position();
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw fault(begin, "this comment has no end, */");
    }
    while (at < end + 2) {
      if (text.charAt(at) == '\n') {
        newLine();
      } else {
        at++;
      }
    }
  }

  private void newLine() {
    at++;
    line++;
    lineBegin = at;
  }

  /// The characters up to the next blank, bracket, comma or quote.
  String word() {
    int begin = at;
    while (!atEnd() && ENDS_OF_WORDS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return TerminalText.cut(text.substring(begin, at), SHOWN_OF_A_WORD);
  }

  /// The string whose opening quote stands here.
  String string() {
    var begin = position();
    var value = new StringBuilder();
    at++;
    while (!sees('"')) {
      if (atEnd() || sees('\n')) {
        throw fault(begin, "this string has no closing quote in its line");
      }
      char c = text.charAt(at);
      if (c < ' ') {
        throw fault("a string cannot hold " + found() + "; write \\u%04x".formatted((int) c));
      }
      if (c == '\\') {
        value.append(escape());
      } else {
        value.append(c);
        at++;
      }
    }
    at++;
    return value.toString();
  }

  private char escape() {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
    int letter = "\"\\/bfnrt".indexOf(kind);
    if (letter >= 0) {
      at += 2;
      return "\"\\/\b\f\n\r\t".charAt(letter);
    }
    int end = at + 6;
    if (kind == 'u'
        && end <= text.length()
        && text.substring(at + 2, end).matches("\\p{XDigit}+")) {
      var digits = text.substring(at + 2, end);
      at = end;
      return (char) Integer.parseInt(digits, 16);
    }
    throw fault("JSON knows no such escape; write \\\\ for a backslash");
  }
}
