package mimo.cli.terminal;

/// How words are set apart: by colour on a terminal that wants it, by nothing elsewhere (A67).
public enum Style {
  COLOUR,
  PLAIN;

  String red(String text) {
    return in("31", text);
  }

  String green(String text) {
    return in("32", text);
  }

  String yellow(String text) {
    return in("33", text);
  }

  String bold(String text) {
    return in("1", text);
  }

  String faint(String text) {
    return in("2", text);
  }

  private String in(String attribute, String text) {
    return switch (this) {
      case COLOUR -> "\u001b[" + attribute + "m" + text + "\u001b[0m";
      case PLAIN -> text;
    };
  }
}
