package mimo.agent.proposal;

/// The beginning of a text. It is cut between words: half a secret is one that nobody recognises.
public final class Excerpt {

  /// Where something is missing.
  public static final String MORE = " …";

  private Excerpt() {}

  public static String of(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    while (end > 0 && isOfAWord(text.charAt(end - 1)) && isOfAWord(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + MORE;
  }

  /// Other scripts have no blanks between words, and no secrets are written in them.
  private static boolean isOfAWord(char letter) {
    return letter > ' ' && letter < 127;
  }
}
