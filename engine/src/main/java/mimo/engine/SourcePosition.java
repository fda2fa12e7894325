package mimo.engine;

/// A place in a script as its author wrote it; line and column count from 1.
public record SourcePosition(String file, int line, int column) {

  public SourcePosition {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "position " + file + ":" + line + ":" + column + " must count from 1");
    }
  }

  /// The form every message uses: `file:line:column`.
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
