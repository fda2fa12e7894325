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

/// What a run has spent, as its journal tells (L97).
final class Spending {

  private Spending() {}

  /// Charges a budget with what all steps have used, those that were cut off among them.
  static void restore(Budget budget, List<JournalEntry> entries) {
    var asked = new HashMap<Integer, ActivityRequest>();
    var open = new HashMap<Integer, List<Map<String, Long>>>();
    for (var entry : entries) {
      switch (entry) {
        case BudgetOpened(_, var parent, var name, var limit) -> budget.open(parent, name, limit);
        case StepScheduled(var seq, var request, _) -> asked.put(seq, request);
        case StepSpent(var seq, var usage) ->
            open.computeIfAbsent(seq, _ -> new ArrayList<>()).add(usage);
        case SettledEntry end when asked.containsKey(end.seq()) -> {
          // It has the sum of what its step used.
          open.remove(end.seq());
          var request = asked.get(end.seq());
          budget.restore(request.kind(), request.budget(), end.usage());
        }
        case JournalEntry _ -> {}
      }
    }
    open.forEach((seq, attempts) -> {
      var number = asked.containsKey(seq) ? asked.get(seq).budget() : Budget.RUN;
      attempts.forEach(usage -> budget.restoreCutOff(number, usage));
    });
  }
}
