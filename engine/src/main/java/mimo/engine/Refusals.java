package mimo.engine;

import java.util.Locale;
import mimo.engine.ControlOutcome.Refused;
import mimo.engine.journal.JournalEntry.RunEnded;

/// Why what somebody asks of a run cannot be done.
final class Refusals {

  private Refusals() {}

  static Refused unknown(RunId run, int seq) {
    return new Refused("step_unknown", "run " + run + " has no step " + seq);
  }

  static Refused ended(RunId run, int seq) {
    return new Refused("step_ended", "step " + seq + " of run " + run + " has ended already");
  }

  static Refused delivered(RunId run, int seq) {
    return new Refused(
        "delivered",
        "the script of run "
            + run
            + " has the result of step "
            + seq
            + " already; let another run ask again: mimo runs fork "
            + run
            + " --at "
            + seq);
  }

  static Refused runEnded(RunId run, RunEnded end) {
    return new Refused(
        "run_ended",
        "run " + run + " ended as " + end.status().name().toLowerCase(Locale.ROOT) + " already");
  }
}
