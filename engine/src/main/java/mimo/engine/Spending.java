package mimo.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.StepSpent;
import mimo.engine.reuse.Generation;
import mimo.engine.reuse.RunLineage;

/// What a run has spent, as its journal tells (L97). Budgets of parts belong to the generation that
/// opened them; the run's own belongs to the run.
final class Spending {

  private final Budget budget;
  private final boolean latest;
  private final Map<Integer, ActivityRequest> asked = new HashMap<>();
  private final Map<Integer, List<Map<String, Long>>> open = new HashMap<>();

  private Spending(Budget budget, boolean latest) {
    this.budget = budget;
    this.latest = latest;
  }

  /// Restores a run's budget from all it has recorded.
  static void restore(Budget budget, RunLineage lineage) {
    for (var generation : lineage.own()) {
      new Spending(budget, generation.number() == lineage.latest().number()).count(generation);
    }
  }

  private void count(Generation generation) {
    for (var each : generation.located()) {
      if (each.entry() instanceof BudgetOpened(_, var parent, var name, var limit) && latest) {
        budget.open(parent, name, limit);
      } else if (!each.shared() || each.entry() instanceof StepScheduled) {
        // What another run had asked for may come to its end here.
        count(each.entry());
      }
    }
    open.forEach(
        (seq, attempts) -> attempts.forEach(used -> budget.restoreCutOff(account(seq), used)));
  }

  private void count(JournalEntry entry) {
    switch (entry) {
      case StepScheduled(var seq, var request, _) -> asked.put(seq, request);
      case StepSpent(var seq, var usage) ->
          open.computeIfAbsent(seq, _ -> new ArrayList<>()).add(usage);
      case SettledEntry end when asked.containsKey(end.seq()) -> {
        // It has the sum of what its step used.
        open.remove(end.seq());
        budget.restore(asked.get(end.seq()).kind(), account(end.seq()), end.usage());
      }
      case JournalEntry _ -> {}
    }
  }

  /// Whose account a step is on. A part of an earlier generation is none of the latest one: what
  /// was spent in it counts against the run alone. The latest opens its parts anew, with all they
  /// may spend, and a step that is reused in one costs it nothing.
  private int account(int seq) {
    return latest && asked.containsKey(seq) ? asked.get(seq).budget() : Budget.RUN;
  }
}
