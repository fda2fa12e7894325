package mimo.engine.redaction;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The value that stands behind a name, in code, configuration, headers and command lines.
///
/// @param start where it begins in the text
record Assignment(int start, String value) {

  static final Alphabet IDENTIFIER = Alphabet.parse("A-Za-z0-9_.-");

  private static final Alphabet VALUE = Alphabet.parse("A-Za-z0-9_+/.~!@#$%^*?:-");
  private static final Alphabet KEY = Alphabet.parse("A-Za-z0-9_-");
  private static final Alphabet PADDING = Alphabet.of('=');
  private static final String BETWEEN = "\\\"'`] \t";
  private static final String OPERATORS = ":=>|?";
  private static final String CALLS = "(,";
  private static final String OPENING = " \t\\\"'`([{<";
  private static final String QUOTES = "\\\"'`";
  private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "key");

  private static final int LONGEST_GAP = 12;
  private static final int LONGEST = 512;
  private static final int SHORTEST = 8;

  /// With little to go by.
  private static final int SHORTEST_SURE = 20;

  /// The value behind the name that ends at `nameEnd`; null if none follows.
  ///
  /// @param spaced whether a space alone makes a value of what follows
  static @Nullable Assignment after(String text, int nameEnd, boolean spaced) {
    int at = past(text, nameEnd, BETWEEN);
    int operator = past(text, at, OPERATORS);
    if (operator == at) {
      operator = isCall(text, at) ? at + 1 : at;
    }
    if (operator == at && !(at > nameEnd && (spaced || isFlag(text, nameEnd)))) {
      return null;
    }
    int start = pastScheme(text, past(text, operator, OPENING));
    return new Assignment(start, text.substring(start, valueEnd(text, start)));
  }

  /// Whether a quoted argument follows, as in `login(password, "…")`.
  private static boolean isCall(String text, int at) {
    if (at >= text.length() || CALLS.indexOf(text.charAt(at)) < 0) {
      return false;
    }
    int quote = past(text, at + 1, " ");
    return quote < text.length() && QUOTES.indexOf(text.charAt(quote)) >= 0;
  }

  private static int valueEnd(String text, int start) {
    int end = VALUE.end(text, start, LONGEST);
    int padded = PADDING.end(text, end, 2);
    if (padded > end) {
      return padded;
    }
    // Punctuation of the sentence, or of the code, around it.
    while (end > start && ".,:;?!".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  int end() {
    return start + value.length();
  }

  /// Past the first word of `Bearer …`.
  private static int pastScheme(String text, int at) {
    int end = IDENTIFIER.end(text, at, LONGEST_GAP);
    boolean scheme = SCHEMES.contains(text.substring(at, end).toLowerCase(Locale.ROOT));
    return scheme && text.startsWith(" ", end) ? past(text, end, " ") : at;
  }

  /// Whether the name is an option, as in `--password …`.
  private static boolean isFlag(String text, int nameEnd) {
    int start = nameEnd;
    while (start > 0 && nameEnd - start < LONGEST && IDENTIFIER.has(text.charAt(start - 1))) {
      start--;
    }
    return text.startsWith("--", start);
  }

  private static int past(String text, int from, String characters) {
    int limit = Math.min(text.length(), from + LONGEST_GAP);
    int at = from;
    while (at < limit && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /// Whether the value may be a secret, if its name says so.
  boolean isSecret() {
    return value.length() >= SHORTEST && isMixed() && Entropy.isHigh(value) && !Harmless.is(value);
  }

  private boolean isMixed() {
    boolean digit = false;
    boolean letter = false;
    for (int i = 0; i < value.length() && !(digit && letter); i++) {
      digit |= Character.isDigit(value.charAt(i));
      letter |= Character.isLetter(value.charAt(i));
    }
    return digit && letter;
  }

  /// Whether the value looks like a key and like nothing else, though its name only hints at it.
  boolean isSurelySecret() {
    return value.length() >= SHORTEST_SURE
        && KEY.end(value, 0, value.length()) == value.length()
        && isSecret();
  }
}
