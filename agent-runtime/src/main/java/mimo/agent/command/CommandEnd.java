package mimo.agent.command;

import java.time.Duration;

/// How a command ended.
public sealed interface CommandEnd {

  /// By itself.
  ///
  /// @param code 128 and more is the number of the signal that killed it, plus 128
  record Exited(int code) implements CommandEnd {}

  /// It was stopped, because its time was over.
  record TimedOut(Duration after) implements CommandEnd {}

  /// It was stopped, because somebody wanted it to be.
  record Stopped() implements CommandEnd {}

  /// It never ran: its walls did not come up.
  record NotStarted(String why) implements CommandEnd {}
}
