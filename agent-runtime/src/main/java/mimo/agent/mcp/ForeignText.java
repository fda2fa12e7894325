package mimo.agent.mcp;

import mimo.agent.json.Json;

/// Text of a server, made safe to be read: what nobody can see in it is written out.
public final class ForeignText {

  private ForeignText() {}

  /// The same text in which only lines and tabs are laid out; all else that is invisible, or that
  /// changes how its neighbours are shown, is written as its number.
  public static String visible(String text) {
    if (text.chars().allMatch(each -> each >= ' ' && each < 0x7f)) {
      return text;
    }
    var visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point == '\n' || point == '\t' || isVisible(point)) {
            visible.appendCodePoint(point);
          } else if (point != '\r') {
            visible.append("\\u{%x}".formatted(point));
          }
        });
    return visible.toString();
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// A text as one quoted line, cut after so many characters.
  public static String quoted(String text, int chars) {
    var visible = visible(text);
    return visible.length() <= chars
        ? Json.quote(visible)
        : Json.quote(head(visible, chars)) + "… (" + (visible.length() - chars) + " more)";
  }

  private static String head(String text, int chars) {
    return text.substring(0, Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars);
  }
}
