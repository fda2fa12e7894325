package mimo.agent.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import mimo.agent.estimate.TokenEstimator;

/// A text that keeps its headings and loses of what stands below them (K19). Immutable.
final class Shortened {

  private final List<Piece> pieces;
  private final Predicate<String> fixed;
  private final String rest;
  private final TokenEstimator estimator;

  /// A heading, which may be missing, and what stands below it up to the next.
  private record Piece(String heading, String body) {}

  private Shortened(
      List<Piece> pieces, Predicate<String> fixed, String rest, TokenEstimator estimator) {
    this.pieces = pieces;
    this.fixed = fixed;
    this.rest = rest;
    this.estimator = estimator;
  }

  /// A text in no more than so many tokens.
  ///
  /// @param rest how what is left out can be read
  /// @param fixed headings below which nothing is left out, unless that alone is too much
  static String to(
      long tokens, String text, String rest, Predicate<String> fixed, TokenEstimator estimator) {
    var whole = text.strip();
    if (estimator.tokens(whole) <= tokens) {
      return whole;
    }
    var pieces = pieces(whole);
    var shorter = new Shortened(pieces, fixed, rest, estimator).within(tokens);
    return estimator.tokens(shorter) <= tokens
        ? shorter
        : new Shortened(pieces, _ -> false, rest, estimator).within(tokens);
  }

  private static List<Piece> pieces(String text) {
    var pieces = new ArrayList<Piece>();
    var heading = "";
    var body = new StringBuilder();
    for (var line : text.split("\n", -1)) {
      if (line.startsWith("#")) {
        pieces.add(new Piece(heading, body.toString().strip()));
        heading = line;
        body.setLength(0);
      } else {
        body.append(line).append('\n');
      }
    }
    pieces.add(new Piece(heading, body.toString().strip()));
    pieces.removeIf(piece -> piece.heading().isEmpty() && piece.body().isEmpty());
    return pieces;
  }

  private String within(long tokens) {
    int longest = pieces.stream().mapToInt(piece -> piece.body().length()).max().orElse(0);
    int chars = most(longest, tokens, each -> text(pieces.size(), each));
    return chars > 0
        ? text(pieces.size(), chars)
        : text(most(pieces.size(), tokens, count -> text(count, 0)), 0);
  }

  /// The largest number with which the text still fits; 0 if none does.
  private int most(int limit, long tokens, IntFunction<String> text) {
    int low = 0;
    int high = limit;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (estimator.tokens(text.apply(middle)) <= tokens) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// @param count of the pieces; those that are fixed are always there
  /// @param chars of each body
  private String text(int count, int chars) {
    var text = new ArrayList<String>();
    long left = 0;
    for (int i = 0; i < pieces.size(); i++) {
      var piece = pieces.get(i);
      boolean whole = fixed.test(piece.heading());
      if (i >= count && !whole) {
        left += piece.heading().length() + piece.body().length();
        continue;
      }
      var body = whole ? piece.body() : Cut.head(piece.body(), chars);
      left += piece.body().length() - body.length();
      add(piece.heading(), text);
      add(body, text);
    }
    text.add(String.format(Locale.ROOT, "(shortened by %,d characters; %s)", left, rest));
    return String.join("\n", text);
  }

  private static void add(String line, List<String> text) {
    if (!line.isEmpty()) {
      text.add(line);
    }
  }
}
