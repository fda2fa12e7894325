package mimo.agent.rebuild;

/// A part of a text, never half a character.
final class Cut {

  private Cut() {}

  /// The beginning, to the end of a line if one ends near.
  static String head(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Math.max(0, chars);
    int line = text.lastIndexOf('\n', end);
    return text.substring(0, line > end / 2 ? line : whole(text, end));
  }

  /// The beginning and the end.
  static String middle(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int half = Math.max(0, chars) / 2;
    return text.substring(0, whole(text, half))
        + "\n[…]\n"
        + text.substring(whole(text, text.length() - half));
  }

  private static int whole(String text, int at) {
    boolean inside =
        at > 0
            && at < text.length()
            && Character.isLowSurrogate(text.charAt(at))
            && Character.isHighSurrogate(text.charAt(at - 1));
    return inside ? at - 1 : at;
  }
}
