package mimo.engine.redaction;

import java.util.Set;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// A private key in the armour of PEM or PGP, also one whose end is cut off, also in quoted text
/// where each line break is an escape.
final class PrivateKey implements Detector {

  private static final String NAME = "private-key";
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final Alphabet TITLE = Alphabet.parse("A-Z0-9 ");
  private static final Alphabet BASE64 = Alphabet.parse("A-Za-z0-9+/=");
  private static final Alphabet HEADER = Alphabet.parse("A-Za-z0-9,.;() _/+-");
  private static final int LONGEST_TITLE = 64;
  private static final int LONGEST_HEADER = 100;
  private static final int MOST_HEADERS = 4;

  /// Shorter first lines are prose about keys.
  private static final int SHORTEST_FIRST = 32;

  private static final int SHORTEST_LINE = 16;

  @Override
  public Set<String> heads() {
    return Set.of(BEGIN.substring(0, Shape.HEAD));
  }

  @Override
  public @Nullable Match at(String text, int at) {
    int title = title(text, at, BEGIN);
    if (title < 0) {
      return null;
    }
    int limit = Math.min(text.length(), at + EngineLimits.LONGEST_SECRET);
    int body = headers(text, title, limit);
    int base64 = breaks(text, body, limit);
    int first = run(text, base64, limit, BASE64);
    if (first - base64 < SHORTEST_FIRST) {
      return null;
    }
    return new Match(NAME, at, end(text, lines(text, first, limit), limit));
  }

  /// Where a line such as `-----BEGIN RSA PRIVATE KEY-----` ends, or -1.
  private static int title(String text, int at, String begin) {
    if (!text.startsWith(begin, at)) {
      return -1;
    }
    int from = at + begin.length();
    int to = run(text, from, Math.min(text.length(), from + LONGEST_TITLE), TITLE);
    var title = text.substring(from, to);
    boolean known = title.endsWith("PRIVATE KEY") || title.endsWith("PRIVATE KEY BLOCK");
    return known && text.startsWith("-----", to) ? to + 5 : -1;
  }

  /// Past lines such as `Proc-Type: 4,ENCRYPTED`.
  private static int headers(String text, int from, int limit) {
    int at = from;
    for (int i = 0; i < MOST_HEADERS; i++) {
      int name = breaks(text, at, limit);
      int longest = Math.min(limit, name + LONGEST_HEADER);
      int colon = run(text, name, longest, HEADER);
      if (colon == name || colon >= longest || text.charAt(colon) != ':') {
        return at;
      }
      at = run(text, colon + 1, longest, HEADER);
    }
    return at;
  }

  private static int lines(String text, int from, int limit) {
    int at = from;
    while (true) {
      int start = breaks(text, at, limit);
      int end = run(text, start, limit, BASE64);
      if (start == at || end == start) {
        return at;
      }
      if (end - start < SHORTEST_LINE) {
        return end;
      }
      at = end;
    }
  }

  private static int end(String text, int from, int limit) {
    // The checksum of PGP's armour, then the last line.
    int sum = breaks(text, from, limit);
    int rest = sum < limit && text.charAt(sum) == '=' ? run(text, sum, limit, BASE64) : from;
    int end = title(text, breaks(text, rest, limit), END);
    return end < 0 ? rest : end;
  }

  private static int run(String text, int from, int limit, Alphabet alphabet) {
    return alphabet.end(text, from, limit - from);
  }

  /// Past white space, and past the escapes that stand for line breaks.
  private static int breaks(String text, int from, int limit) {
    int at = from;
    while (at < limit) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("\\n", at) || text.startsWith("\\r", at)) {
        at += 2;
      } else {
        break;
      }
    }
    return at;
  }
}
