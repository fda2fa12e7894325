package mimo.agent.provider.offline;

import java.util.Optional;
import mimo.agent.output.LinearPattern;

/// Makes a short text that matches a regular expression, by walking it once and taking the least of
/// everything. Whatever it makes is checked; where it is beaten there is no example.
final class PatternExample {

  private static final int MOST_EXTRA = 64;

  private final String pattern;
  private final int extra;
  private int at;

  private PatternExample(String pattern, int extra) {
    this.pattern = pattern;
    this.extra = extra;
  }

  /// A text of at least `minLength` characters.
  static Optional<String> of(String pattern, int minLength) {
    var check = LinearPattern.compile(pattern);
    for (int extra = 0; extra <= MOST_EXTRA; extra++) {
      var text = new PatternExample(pattern, extra).alternatives();
      if (text.length() >= minLength && check.matches(text)) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private String alternatives() {
    var first = sequence();
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      sequence();
    }
    return first;
  }

  private String sequence() {
    var text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      text.append(repeated(atom()));
    }
    return text.toString();
  }

  private String atom() {
    char character = pattern.charAt(at++);
    return switch (character) {
      case '^', '$' -> "";
      case '.' -> "a";
      case '(' -> group();
      case '[' -> oneOf();
      case '\\' -> escape(at < pattern.length() ? pattern.charAt(at++) : '\\');
      default -> String.valueOf(character);
    };
  }

  private String group() {
    if (pattern.startsWith("?:", at)) {
      at += 2;
    } else if (pattern.startsWith("?<", at) || pattern.startsWith("?P<", at)) {
      at = pattern.indexOf('>', at) + 1;
    }
    var text = alternatives();
    at++;
    return text;
  }

  private static String escape(char escaped) {
    return switch (escaped) {
      case 'd' -> "0";
      case 'w', 'D', 'S' -> "a";
      case 's', 'W' -> " ";
      case 'b', 'B' -> "";
      case 't' -> "\t";
      case 'n' -> "\n";
      default -> String.valueOf(escaped);
    };
  }

  private String oneOf() {
    int end = pattern.indexOf(']', at + 1);
    end = end < 0 ? pattern.length() : end;
    boolean negated = pattern.charAt(at) == '^';
    char first = pattern.charAt(at);
    var text =
        negated
            ? outside(pattern.substring(at + 1, end))
            : first == '\\' && at + 1 < end
                ? escape(pattern.charAt(at + 1))
                : String.valueOf(first);
    at = end + 1;
    return text;
  }

  private static String outside(String characters) {
    for (char candidate : new char[] {'a', '0', 'A', '-', ' '}) {
      if (!java.util.regex.Pattern.matches("[" + characters + "]", String.valueOf(candidate))) {
        return String.valueOf(candidate);
      }
    }
    return "~";
  }

  private String repeated(String text) {
    if (at == pattern.length()) {
      return text;
    }
    int times =
        switch (pattern.charAt(at)) {
          case '*' -> extra;
          case '+' -> 1 + extra;
          case '?' -> 0;
          case '{' -> counted();
          default -> -1;
        };
    if (times < 0) {
      return text;
    }
    at++;
    if (at < pattern.length() && pattern.charAt(at) == '?') {
      at++;
    }
    return text.repeat(times);
  }

  /// Leaves `at` on the closing brace.
  private int counted() {
    int end = pattern.indexOf('}', at);
    var bounds = pattern.substring(at + 1, end).split(",", -1);
    at = end;
    int least = Integer.parseInt(bounds[0].strip());
    if (bounds.length == 1) {
      return least;
    }
    return bounds[1].isBlank()
        ? least + extra
        : Math.min(least + extra, Integer.parseInt(bounds[1].strip()));
  }
}
