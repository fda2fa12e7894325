package mimo.engine.redaction;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Set;

/// The allow list (S64): values that stand where a secret would, and are none. They are names of
/// things, examples, and references to where the secret is.
final class Harmless {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "^(?:[$%<{(\\[&@].*|.*[$][{(].*|.*\\{\\{.*|[a-zA-Z][a-zA-Z0-9+.-]*://.*|[./~]+[\\w.-]*/.*"
              + "|[A-Za-z_$]+[0-9]{0,5}(?:(?:\\.|::|->|\\?\\.)[A-Za-z_$]+[0-9]{0,5}[A-Za-z_$]*)+"
              + "(?:[(\\[;,).].*)?"
              + "|[A-Za-z_][\\w]*[(\\[].*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[_-][a-z]+)+[0-9]?"
              + "|[a-z]+(?:[A-Z][a-z]+)*[0-9]{0,2}|[A-Z][a-z]+(?:[A-Z][a-z]+)*[0-9]{0,2}"
              + "|[0-9.,:_-]+|v?[0-9]+(?:\\.[0-9]+)+.*|[0-9]+[a-zA-Z]{1,3}"
              + "|#[0-9a-fA-F]{3,8}|0x[0-9a-fA-F]{1,16}|sha(?:1|256|384|512)[-:].*|@[\\w/.-]+)$");

  private static final Set<String> EXAMPLES =
      Set.of(
          "example",
          "sample",
          "placeholder",
          "changeme",
          "change-me",
          "change_me",
          "your-",
          "your_",
          "yourkey",
          "my-secret",
          "mysecret",
          "dummy",
          "redacted",
          "xxxx",
          "****",
          "....",
          "0000000",
          "1234567",
          "abcdefg",
          "deadbeef",
          "lorem",
          "insert",
          "replace",
          "secret-here",
          "test-token",
          "not-a-");

  /// A word with so many changes between letters and digits is nobody's name.
  private static final int CHANGES = 4;

  private static final Alphabet WORD = Alphabet.parse("A-Za-z0-9_-");

  private Harmless() {}

  /// Whether a value that is named like a secret is none all the same.
  static boolean is(String value) {
    var lower = value.toLowerCase(Locale.ROOT);
    for (var example : EXAMPLES) {
      if (lower.contains(example)) {
        return true;
      }
    }
    return !isJumbled(value) && REFERENCE.matches(value);
  }

  /// Whether it is a word that no reference can be, which saves a slower look.
  private static boolean isJumbled(String value) {
    int changes = 0;
    boolean small = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!WORD.has(c)) {
        return false;
      }
      // No character of a word comes after z.
      small |= c >= 'a';
      changes += i > 0 && Character.isDigit(c) != Character.isDigit(value.charAt(i - 1)) ? 1 : 0;
    }
    return changes >= CHANGES && small && !value.startsWith("0x") && !value.startsWith("sha");
  }
}
