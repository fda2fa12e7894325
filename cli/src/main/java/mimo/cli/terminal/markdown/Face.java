package mimo.cli.terminal.markdown;

import mimo.cli.terminal.Style;

/// How a stretch of text looks.
///
/// @param strong bold
/// @param emphasis in italics
/// @param code as typed into a machine
/// @param faint of less weight than the rest
record Face(boolean strong, boolean emphasis, boolean code, boolean faint) {

  static final Face PLAIN = new Face(false, false, false, false);
  static final Face STRONG = new Face(true, false, false, false);
  static final Face FAINT = new Face(false, false, false, true);

  Face asStrong() {
    return new Face(true, emphasis, code, faint);
  }

  Face asEmphasis() {
    return new Face(strong, true, code, faint);
  }

  Face asCode() {
    return new Face(strong, emphasis, true, faint);
  }

  String on(Style style, String text) {
    var shown = code ? style.cyan(text) : text;
    shown = emphasis ? style.italic(shown) : shown;
    shown = faint ? style.faint(shown) : shown;
    return strong ? style.bold(shown) : shown;
  }
}
