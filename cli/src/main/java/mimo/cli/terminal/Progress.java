package mimo.cli.terminal;

/// Shows a run while it goes on.
///
/// [PlainProgress] writes a line where something happened; [LiveProgress] keeps a few lines at the
/// bottom of a terminal up to date.
public interface Progress extends Audience, AutoCloseable {

  /// Somebody else writes to the terminal: what was temporary is gone when this returns, and
  /// nothing temporary is shown before [#release].
  default void hold() {}

  /// The terminal is free again.
  default void release() {}

  /// Shows a line of mimo's own.
  void say(String line);

  /// Nothing more is shown; what was temporary is gone when this returns.
  @Override
  void close();
}
