package mimo.agent.provider.catalog;

/// Whether someone sees what mimo says while it works: whether its standard error is a terminal.
public enum Watcher {
  TERMINAL,
  NOBODY
}
