package mimo.cli.testing;

import mimo.cli.command.InterruptSource;

/// Interrupts that come as soon as somebody listens, or never.
public enum ScriptedInterrupts implements InterruptSource {
  NEVER,
  AT_ONCE;

  @Override
  public Registration onInterrupt(Runnable action) {
    if (this == AT_ONCE) {
      action.run();
    }
    return () -> {};
  }
}
