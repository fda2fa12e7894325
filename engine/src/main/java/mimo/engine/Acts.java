package mimo.engine;

import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.PhaseEntered;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.redaction.Placeholders;

/// Whether what a workflow does now is what it did before (D20, D23).
final class Acts {

  private Acts() {}

  /// A fork's options may differ from those its source was asked with, and count from the cut on;
  /// they may be part of keys, and what was asked is equal all the same (D38).
  static boolean sameIn(RunStarted started, ProgramEntry recorded, ProgramEntry requested) {
    return same(recorded, requested)
        || (started.origin() instanceof RunOrigin.Forked && sameButForOptions(recorded, requested));
  }

  private static boolean same(ProgramEntry recorded, ProgramEntry requested) {
    return switch (recorded) {
      case StepScheduled(_, var before, _) ->
          requested instanceof StepScheduled(_, var now, _)
              && before.kind() == now.kind()
              && (before.key().equals(now.key()) || sameButForSecrets(before, now));
      case LogWritten(var before) ->
          requested instanceof LogWritten(var now) && Placeholders.mayBeEqual(before, now);
      case PhaseEntered(var before) ->
          requested instanceof PhaseEntered(var now) && Placeholders.mayBeEqual(before, now);
      case BudgetOpened before ->
          requested instanceof BudgetOpened now
              && before.parent() == now.parent()
              && before.limit().equals(now.limit())
              && Placeholders.mayBeEqual(before.name(), now.name());
      case Delivered _ -> false;
    };
  }

  /// Whether the same is asked for, to the letter, by another key: what is not said in it, such as
  /// a run's options, may be part of that.
  private static boolean sameButForOptions(ProgramEntry recorded, ProgramEntry requested) {
    return recorded instanceof StepScheduled(_, var before, _)
        && requested instanceof StepScheduled(_, var now, _)
        && before.kind() == now.kind()
        && before.input().equals(now.input());
  }

  /// A key is computed from what is asked, secrets and all; the journal has only what was stored.
  private static boolean sameButForSecrets(ActivityRequest before, ActivityRequest now) {
    return (Placeholders.in(before.input()) || Placeholders.in(now.input()))
        && Placeholders.mayBeEqual(before.input(), now.input());
  }
}
