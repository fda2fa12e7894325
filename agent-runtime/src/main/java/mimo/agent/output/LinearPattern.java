package mimo.agent.output;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import mimo.agent.AgentLimits;
import mimo.agent.PatternCost;

/// A schema's `pattern`, run by an engine whose time grows with the text and no faster (L92).
///
/// Patterns are written in JavaScript's notation; what RE2 can express is translated, what it
/// cannot (lookaround, backreferences) is refused before anything is spent.
public final class LinearPattern {

  private final Pattern pattern;

  private LinearPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Compiles `text`.
  ///
  /// @throws IllegalArgumentException if it is malformed, too costly, or beyond RE2
  public static LinearPattern compile(String text) {
    if (PatternCost.isTooHigh(text)) {
      throw new IllegalArgumentException(
          "pattern '%s' is too costly: at most %d characters and repeat counts up to %d in all"
              .formatted(
                  text.substring(0, Math.min(80, text.length())),
                  AgentLimits.PATTERN_CHARS,
                  AgentLimits.PATTERN_REPEATS));
    }
    try {
      return new LinearPattern(Pattern.compile(translated(text)));
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException(
          "pattern '" + text + "' cannot be used: " + malformed.getMessage(), malformed);
    }
  }

  /// Whether `value` holds a match anywhere, as JSON Schema has it.
  public boolean matches(String value) {
    return pattern.matcher(value).find();
  }

  private static String translated(String text) {
    var re2 = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("\\u", at) && at + 6 <= text.length()) {
        re2.append("\\x{").append(text, at + 2, at + 6).append('}');
        at += 6;
      } else if (text.startsWith("\\/", at)) {
        re2.append('/');
        at += 2;
      } else if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        re2.append(text, at, at + 2);
        at += 2;
      } else if (text.startsWith("(?<", at)
          && !text.startsWith("=", at + 3)
          && !text.startsWith("!", at + 3)) {
        re2.append("(?P<");
        at += 3;
      } else {
        re2.append(text.charAt(at++));
      }
    }
    return re2.toString();
  }
}
