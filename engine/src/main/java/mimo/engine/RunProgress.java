package mimo.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.engine.journal.JournalEntry;

/// How far a run has come: a projection of its journal (D1).
///
/// @param phase the one it entered last; empty if it has none
/// @param usage what it used so far, unit to amount
public record RunProgress(String phase, Map<String, Long> usage) {

  /// Of a run whose journal cannot be read.
  static final RunProgress UNKNOWN = new RunProgress("", Map.of());

  public RunProgress {
    usage = Map.copyOf(usage);
  }

  static RunProgress of(List<JournalEntry> entries) {
    var phase = "";
    var ended = new TreeMap<String, Long>();
    var open = new HashMap<Integer, Map<String, Long>>();
    for (var entry : entries) {
      switch (entry) {
        case JournalEntry.PhaseEntered(var title) -> phase = title;
        case JournalEntry.StepSpent(var seq, var usage) ->
            add(usage, open.computeIfAbsent(seq, _ -> new TreeMap<>()));
        case JournalEntry.SettledEntry end -> {
          open.remove(end.seq());
          add(end.usage(), ended);
        }
        case JournalEntry _ -> {}
      }
    }
    open.values().forEach(usage -> add(usage, ended));
    return new RunProgress(phase, ended);
  }

  private static void add(Map<String, Long> usage, Map<String, Long> sum) {
    usage.forEach((unit, amount) -> sum.merge(unit, amount, Long::sum));
  }
}
