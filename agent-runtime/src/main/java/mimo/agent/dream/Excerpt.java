package mimo.agent.dream;

/// The beginning of a text.
final class Excerpt {

  /// Where something is missing.
  static final String MORE = " …";

  private Excerpt() {}

  static String of(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    return text.substring(0, end) + MORE;
  }
}
