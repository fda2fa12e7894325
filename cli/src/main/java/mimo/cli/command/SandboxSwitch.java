package mimo.cli.command;

/// Whether commands of agents are walled in, as far as the command line has a say: `--no-sandbox`
/// switches the walls off for this process, and nothing is kept of it. Thread-safe.
public final class SandboxSwitch {

  private volatile boolean off;

  /// No walls, from now on.
  public void switchOff() {
    off = true;
  }

  /// Whether the user wants no walls.
  public boolean isOff() {
    return off;
  }
}
