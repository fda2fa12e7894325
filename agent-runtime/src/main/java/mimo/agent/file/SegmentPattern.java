package mimo.agent.file;

import java.util.ArrayList;
import java.util.List;

/// A pattern for one part of a path: `*`, `?`, `[a-z]`, `[!a-z]`, and `\` before a plain character.
/// Matching takes time in proportion to pattern times text, whatever they are.
final class SegmentPattern {

  private sealed interface Token {
    record Exactly(int character) implements Token {}

    record AnyOne() implements Token {}

    record AnyRun() implements Token {}

    /// Pairs of first and last character.
    record OneOf(List<int[]> ranges, boolean negated) implements Token {
      boolean holds(int character) {
        for (var range : ranges) {
          if (range[0] <= character && character <= range[1]) {
            return !negated;
          }
        }
        return negated;
      }
    }
  }

  private final List<Token> tokens;

  private SegmentPattern(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /// @throws IllegalArgumentException if a bracket or backslash stands open
  static SegmentPattern parse(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      switch (character) {
        case '*' -> tokens.add(new Token.AnyRun());
        case '?' -> tokens.add(new Token.AnyOne());
        case '\\' -> {
          if (at == text.length()) {
            throw new IllegalArgumentException("pattern '" + text + "' ends with a backslash");
          }
          int escaped = text.codePointAt(at);
          at += Character.charCount(escaped);
          tokens.add(new Token.Exactly(escaped));
        }
        case '[' -> at = parseClass(text, at, tokens);
        default -> tokens.add(new Token.Exactly(character));
      }
    }
    return new SegmentPattern(tokens);
  }

  private static int parseClass(String text, int start, List<Token> tokens) {
    int at = start;
    boolean negated = at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^');
    if (negated) {
      at++;
    }
    int first = at;
    var ranges = new ArrayList<int[]>();
    while (at < text.length() && (text.charAt(at) != ']' || at == first)) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      int low = text.codePointAt(at);
      at += Character.charCount(low);
      int high = low;
      if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
        high = text.codePointAt(at + 1);
        at += 1 + Character.charCount(high);
      }
      ranges.add(new int[] {low, high});
    }
    if (at >= text.length()) {
      throw new IllegalArgumentException("pattern '" + text + "' has a '[' that is not closed");
    }
    tokens.add(new Token.OneOf(ranges, negated));
    return at + 1;
  }

  /// Whether this pattern matches everything.
  boolean matchesAll() {
    return tokens.size() == 1 && tokens.getFirst() instanceof Token.AnyRun;
  }

  /// A greedy match that only ever goes back to the last `*`: an earlier one need not give way,
  /// since the later one can take up anything it would leave.
  boolean matches(String text) {
    int[] characters = text.codePoints().toArray();
    int token = 0;
    int at = 0;
    int starToken = -1;
    int starAt = 0;
    while (at < characters.length) {
      if (token < tokens.size() && tokens.get(token) instanceof Token.AnyRun) {
        starToken = token++;
        starAt = at;
      } else if (token < tokens.size() && takes(tokens.get(token), characters[at])) {
        token++;
        at++;
      } else if (starToken >= 0) {
        token = starToken + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (token < tokens.size() && tokens.get(token) instanceof Token.AnyRun) {
      token++;
    }
    return token == tokens.size();
  }

  private static boolean takes(Token token, int character) {
    return switch (token) {
      case Token.Exactly exactly -> exactly.character() == character;
      case Token.AnyOne() -> true;
      case Token.AnyRun() -> false;
      case Token.OneOf oneOf -> oneOf.holds(character);
    };
  }
}
