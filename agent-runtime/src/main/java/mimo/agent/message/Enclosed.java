package mimo.agent.message;

/// What somebody else says, between tags that say so: nothing in it ends them, and passes for the
/// user's or the program's words (M4).
public final class Enclosed {

  private Enclosed() {}

  /// A text as it stands between such tags.
  ///
  /// @param tag its name, in small letters
  public static String in(String tag, String text) {
    return text.replaceAll("(?i)<(/?" + tag + ")", "&lt;$1");
  }

  /// A text as it stands in an attribute of such a tag.
  public static String attribute(String text) {
    return text.replace('"', '\'').replaceAll("\\R", " ");
  }
}
