package mimo.agent.permission;

/// Says what keeps commands within bounds, once a command is to run: to find out whether a sandbox
/// works takes a moment, and most answers need none. Thread-safe.
@FunctionalInterface
public interface Sheltering {

  /// The same each time, but for whoever is interrupted while it is found out: that one is told
  /// there is none, which allows least.
  Shelter shelter();
}
