package mimo.engine;

import java.time.Instant;
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

  static Refused ordered(RunId run, int seq) {
    return new Refused(
        "step_ended",
        "step " + seq + " of run " + run + " is being stopped already, or begins anew");
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

  static Refused noAgent(RunId run, int seq) {
    return new Refused(
        "step_unknown", "step " + seq + " of run " + run + " only waits; it cannot begin anew");
  }

  static Refused isWorkflow(RunId run, int seq) {
    return new Refused(
        "step_unknown",
        "step " + seq + " of run " + run + " is a workflow; name one of the agents in it");
  }

  static Refused asksNobody(RunId run, int seq) {
    return new Refused(
        "step_ended", "step " + seq + " of run " + run + " does not wait for an answer");
  }

  static Refused answered(int seq, GateAnswer first) {
    var by = first.who().isEmpty() ? first.channel() : first.who();
    return new Refused(
        "answered", "step " + seq + " was answered already, by " + by + ": " + first.value());
  }

  static Refused misfit(int seq, String why) {
    return new Refused("answer_misfit", "step " + seq + " takes no such answer: " + why);
  }

  static Refused expired(int seq, Instant when) {
    return new Refused(
        Gate.EXPIRED, "step " + seq + " waited for an answer until " + when + ", and not longer");
  }

  static Refused runEnded(RunId run, RunEnded end) {
    return new Refused(
        "run_ended",
        "run " + run + " ended as " + end.status().name().toLowerCase(Locale.ROOT) + " already");
  }
}
