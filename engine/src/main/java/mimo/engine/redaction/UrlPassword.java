package mimo.engine.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The password of `scheme://user:password@host`. For what is kept as text: an example looks the
/// same.
final class UrlPassword implements Detector {

  private static final String NAME = "url-password";
  private static final int LONGEST = 256;
  private static final int SHORTEST = 6;

  @Override
  public Set<String> heads() {
    return Set.of("://");
  }

  @Override
  public @Nullable Match at(String text, int at) {
    if (!text.startsWith("://", at)) {
      return null;
    }
    int colon = until(text, at + 3, ':');
    int end = colon < 0 ? -1 : until(text, colon + 1, '@');
    if (end < 0) {
      return null;
    }
    var password = text.substring(colon + 1, end);
    return isSecret(password) ? new Match(NAME, colon + 1, end) : null;
  }

  /// Where the delimiter stands, if nothing before it ends the address; else -1.
  private static int until(String text, int from, char delimiter) {
    int limit = Math.min(text.length(), from + LONGEST);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == delimiter) {
        return i;
      }
      if (c <= ' ' || "/@\"'`<>\\|".indexOf(c) >= 0) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isSecret(String password) {
    boolean wordy = password.chars().allMatch(Character::isLetter);
    return password.length() >= SHORTEST
        && !wordy
        && Entropy.isHigh(password)
        && !Harmless.is(password);
  }
}
