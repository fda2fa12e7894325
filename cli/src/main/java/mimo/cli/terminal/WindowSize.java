package mimo.cli.terminal;

/// How many characters fit on a line, and how many lines in the window.
public record WindowSize(int columns, int rows) {

  /// What every terminal has had since there were terminals.
  public static final WindowSize USUAL = new WindowSize(80, 24);

  public WindowSize {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("window " + columns + "x" + rows + " has no room");
    }
  }
}
