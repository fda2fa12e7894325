package mimo.engine.reuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.engine.StepKind;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;

/// What a fork shares of the generation it was cut off: all that the workflow did before a step,
/// and how the steps it had asked for by then ended, even if they did so later (D38).
///
/// What those steps have spent without an end is not shared: it is the other run's.
public final class ForkCut {

  private ForkCut() {}

  /// Whether a generation has such a step.
  public static boolean isPossible(Generation source, int step) {
    return source.entries().stream()
        .anyMatch(entry -> entry instanceof StepScheduled asked && asked.seq() == step);
  }

  /// @param step the first step that is not shared
  public static List<Located> of(Generation source, int step) {
    var shared = new ArrayList<Located>();
    var asked = new HashSet<Integer>();
    var nested = new HashSet<Integer>();
    boolean before = true;
    for (var each : source.located()) {
      if (each.entry() instanceof StepScheduled scheduled) {
        before &= scheduled.seq() != step;
        if (before) {
          asked.add(scheduled.seq());
        }
        if (scheduled.request().kind() == StepKind.NESTED) {
          nested.add(scheduled.seq());
        }
      }
      boolean belongs =
          switch (each.entry()) {
            case ProgramEntry _ -> before;
            case SettledEntry end ->
                asked.contains(end.seq()) && (before || !happened(end, nested));
            case ControlApplied applied -> applied.restarts() && asked.contains(applied.seq());
            case JournalEntry _ -> false;
          };
      if (belongs) {
        shared.add(each.asShared());
      }
    }
    return shared;
  }

  /// Whether this is what a part came to that the workflow did itself: it has to do the rest of it
  /// again, and may come to something else.
  private static boolean happened(SettledEntry end, Set<Integer> nested) {
    return nested.contains(end.seq())
        && !(end instanceof StepCompleted done && done.reused() != null);
  }
}
