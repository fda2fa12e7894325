package mimo.agent.goal;

/// The beginning and the end of a text that is too long to be told whole.
final class Excerpt {

  private Excerpt() {}

  /// The text, or so many characters of it, half of them from its end.
  static String of(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int half = chars / 2;
    int head = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
    int from = text.length() - half;
    int tail = Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
    return text.substring(0, head)
        + "\n[… "
        + (tail - head)
        + " characters left out …]\n"
        + text.substring(tail);
  }
}
