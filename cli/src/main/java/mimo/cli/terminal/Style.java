package mimo.cli.terminal;

/// How words are set apart: by colour on a terminal that wants it, by nothing elsewhere (A67).
public enum Style {
  COLOUR,
  PLAIN;

  public String red(String text) {
    return in("31", text);
  }

  public String green(String text) {
    return in("32", text);
  }

  public String yellow(String text) {
    return in("33", text);
  }

  public String bold(String text) {
    return in("1", text);
  }

  public String faint(String text) {
    return in("2", text);
  }

  public String italic(String text) {
    return in("3", text);
  }

  public String cyan(String text) {
    return in("36", text);
  }

  private String in(String attribute, String text) {
    return switch (this) {
      case COLOUR -> "\u001b[" + attribute + "m" + text + "\u001b[0m";
      case PLAIN -> text;
    };
  }
}
