package mimo.agent.rebuild;

/// A part of a text, never half a character. Where it was cut stands a mark: who takes words out of
/// what is stored knows by it that the beginning of one may stand before (M21).
final class Cut {

  private static final String MARK = " …";

  private Cut() {}

  /// The beginning, to the end of a line if one ends near.
  static String head(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Math.max(0, chars - MARK.length());
    int line = text.lastIndexOf('\n', end);
    int cut = line > end / 2 ? line : whole(text, end);
    return cut == 0 ? "" : text.substring(0, cut) + MARK;
  }

  /// The beginning and the end.
  static String middle(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int half = Math.max(0, chars) / 2;
    return text.substring(0, whole(text, half))
        + MARK
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
