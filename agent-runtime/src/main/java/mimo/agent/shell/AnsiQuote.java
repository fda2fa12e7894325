package mimo.agent.shell;

/// Reads `$'…'`, in which a backslash writes characters that are hard to type.
final class AnsiQuote {

  private static final String LETTERS = "abeEfnrtv\\'\"?";
  private static final String MEANT = "\u0007\b\u001b\u001b\f\n\r\t\u000b\\'\"?";

  private AnsiQuote() {}

  /// @param in stands at the quote
  static void read(Scanner in, WordBuilder word) {
    in.next();
    while (in.peek() != '\'') {
      if (in.atEnd()) {
        throw new UnparsableException("a single quote is not closed");
      }
      char character = in.next();
      if (character == '\\') {
        escape(in, word);
      } else {
        word.add(character);
      }
    }
    in.next();
  }

  private static void escape(Scanner in, WordBuilder word) {
    char kind = in.peek();
    int letter = kind == Scanner.END ? -1 : LETTERS.indexOf(kind);
    if (letter >= 0) {
      in.next();
      word.add(MEANT.charAt(letter));
    } else if (kind >= '0' && kind <= '7') {
      word.add(ascii(digits(in, 3, 8), 8));
    } else if (kind == 'x') {
      in.next();
      word.add(ascii(digits(in, 2, 16), 16));
    } else if (kind == 'u' || kind == 'U') {
      in.next();
      word.add(ascii(digits(in, kind == 'u' ? 4 : 8, 16), 16));
    } else if (kind == 'c') {
      throw new UnparsableException("$'…' holds a control character");
    } else {
      word.add('\\');
    }
  }

  private static String digits(Scanner in, int most, int radix) {
    var digits = new StringBuilder();
    while (digits.length() < most && Character.digit(in.peek(), radix) >= 0 && in.peek() < 128) {
      digits.append(in.next());
    }
    return digits.toString();
  }

  /// Other characters depend on the locale, and a NUL ends the word for some commands.
  private static char ascii(String digits, int radix) {
    long code = digits.isEmpty() ? 0 : Long.parseLong(digits, radix);
    if (code < 1 || code > 127) {
      throw new UnparsableException("$'…' holds an escape that is no plain character");
    }
    return (char) code;
  }
}
