package mimo.cli.command;

/// Where the user's wish to stop comes from: INT, TERM and HUP.
public interface InterruptSource {

  /// Runs `action` at the first signal from now on until the registration is closed. A second
  /// signal ends the process at once, and so does a first one that nobody listens to.
  Registration onInterrupt(Runnable action);

  /// Undoes one [#onInterrupt].
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
