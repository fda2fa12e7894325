package mimo.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.GateOpened;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepFailed;

/// Reads from a journal what a run has asked people, and what they answered.
final class AskedGates {

  private AskedGates() {}

  /// The questions of the run's last generation, in order.
  static List<AskedGate> of(List<JournalEntry> entries) {
    SequencedMap<Integer, AskedGate> gates = new LinkedHashMap<>();
    int generation = 0;
    for (var entry : entries) {
      switch (entry) {
        case RunStarted started -> {
          generation = started.generation();
          gates.clear();
        }
        case GateOpened(var seq, var question, var schema, var fallback, var expiry) ->
            gates.put(
                seq,
                new AskedGate(generation, seq, question, schema, fallback, expiry, null, true));
        case GateAnswered(var seq, var answer, _) ->
            gates.computeIfPresent(seq, (_, gate) -> gate.answered(answer));
        case StepFailed failed -> gates.computeIfPresent(failed.seq(), (_, gate) -> gate.closed());
        case JournalEntry _ -> {}
      }
    }
    return List.copyOf(gates.values());
  }
}
