package mimo.cli.command;

import org.jspecify.annotations.Nullable;

/// How a fork is to differ from the run it is made of.
///
/// @param step the first step that is its own
/// @param changes what is not to be as it was, from that step on
/// @param prompt what the step is asked instead; null for what the script says
/// @param later what becomes of what the run did from there on
public record ForkOrder(
    int step, Resumption.Changes changes, @Nullable String prompt, Later later) {

  /// What becomes of the source's steps after the cut.
  public enum Later {
    REUSED,
    FORGOTTEN
  }
}
