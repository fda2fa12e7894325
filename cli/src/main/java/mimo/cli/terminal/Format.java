package mimo.cli.terminal;

/// How a command's result is written to stdout (A65).
public enum Format {
  /// For people: strings as they are, anything else as laid-out JSON.
  TEXT,
  /// One object at the end.
  JSON,
  /// One event a line while it happens, then the object `json` would print.
  STREAM_JSON;

  /// The name on the command line.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
