package mimo.agent.message;

import com.google.re2j.Pattern;

/// What the program says in the user's place, between tags that tell it from the user's words: no
/// model takes the one for the other, and nothing in it ends them (M2, M4).
public final class Reminder {

  private static final String TAG = "system-reminder";
  private static final String BEGIN = "<" + TAG + ">\n";
  private static final String END = "\n</" + TAG + ">";
  private static final Pattern WHOLE = Pattern.compile("(?s)" + BEGIN + ".*?" + END);

  private Reminder() {}

  /// A text of the program, as a model is told it.
  public static String of(String text) {
    return BEGIN + in(text) + END;
  }

  /// A text of somebody else, as it stands in a message of the user: it passes for none.
  public static String in(String text) {
    return Enclosed.in(TAG, text);
  }

  /// What the program says. Earlier versions had no tags; their words stand as they are.
  public static String said(String text) {
    return text.startsWith(BEGIN) && text.endsWith(END)
        ? text.substring(BEGIN.length(), text.length() - END.length())
        : text;
  }

  /// What is left of a message of the user without what the program says in it.
  public static String without(String text) {
    return WHOLE.matcher(text).replaceAll("").strip();
  }
}
