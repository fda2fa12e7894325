package mimo.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.ControlOutcome.Refused;
import mimo.engine.ControlRequest.OfStep;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.StepSpent;
import mimo.engine.reuse.RunLineage;

/// How a run stands that nobody works on, as far as requests ask for it. Confined to its reader.
final class IdleRun {

  private final List<JournalEntry> entries;
  private final Map<Integer, ActivityRequest> asked = new LinkedHashMap<>();
  private final Map<Integer, SettledEntry> ended = new HashMap<>();
  private final Map<Integer, Map<String, Long>> spent = new HashMap<>();
  private final List<Integer> delivered = new ArrayList<>();
  private final RunLineage lineage;
  private int generation;

  /// @param entries all of the run's own
  IdleRun(List<JournalEntry> entries, RunLineage lineage) {
    this.lineage = lineage;
    this.entries = List.copyOf(entries);
    entries.forEach(this::take);
  }

  private void take(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.RunStarted started -> begin(started);
      case StepScheduled scheduled -> asked.put(scheduled.seq(), scheduled.request());
      case StepSpent more -> {
        var sum = spent.computeIfAbsent(more.seq(), _ -> new HashMap<>());
        more.usage().forEach((unit, amount) -> sum.merge(unit, amount, Long::sum));
      }
      case SettledEntry end -> {
        ended.put(end.seq(), end);
        spent.remove(end.seq());
      }
      case JournalEntry.ControlApplied applied when applied.restarts() ->
          ended.remove(applied.seq());
      case JournalEntry.Delivered done -> delivered.addAll(done.seqs());
      case JournalEntry _ -> {}
    }
  }

  /// Another generation counts its steps anew.
  private void begin(JournalEntry.RunStarted started) {
    generation = started.generation();
    asked.clear();
    ended.clear();
    spent.clear();
    delivered.clear();
  }

  /// The end of a run that somebody wants cancelled.
  RunEnded cancelled(Asked by, Instant at) {
    var budget = new Budget(lineage.latest().request().budget());
    Spending.restore(budget, lineage);
    return new RunEnded(
        RunEvent.Status.CANCELLED,
        null,
        "cancelled",
        "The run was cancelled by " + by.who() + ".",
        null,
        losses(),
        budget.totals(),
        at);
  }

  /// The agents that were lost before, and those whose end nobody will see.
  private List<Loss> losses() {
    var losses = new ArrayList<Loss>();
    asked.forEach((seq, step) -> {
      if (step.kind().isAgent() && !(ended.get(seq) instanceof StepCompleted)) {
        var reason = ended.get(seq) instanceof StepFailed failed ? failed.code() : "stopped";
        losses.add(new Loss(seq, step.label(), step.phase(), reason));
      }
    });
    return losses;
  }

  /// These entries, and that the run waits as it did: its last entry says so.
  List<JournalEntry> andStays(JournalEntry... effects) {
    var all = new ArrayList<>(List.of(effects));
    if (RunHistory.lastFact(entries) instanceof JournalEntry.RunPaused
        || RunHistory.lastFact(entries) instanceof JournalEntry.RunParked) {
      all.add(RunHistory.lastFact(entries));
    }
    return all;
  }

  /// This entry, and that a parked run need not wait any more.
  List<JournalEntry> andIsDue(JournalEntry effect, Instant now) {
    return RunHistory.lastFact(entries) instanceof RunParked parked
            && parked.reason() != ParkReason.PROVIDER
        ? List.of(effect, due(parked, effect, now))
        : andStays(effect);
  }

  private RunParked due(RunParked before, JournalEntry effect, Instant now) {
    var nowWaits =
        before.reason() == ParkReason.GATE
            ? asking(effect, now)
            : new Parking(before.reason(), before.code(), before.message(), now);
    return new RunParked(
        nowWaits.reason(), nowWaits.code(), nowWaits.message(), nowWaits.until(), before.at());
  }

  /// Of several questions, others may still be open.
  private Parking asking(JournalEntry effect, Instant now) {
    var all = new ArrayList<>(entries);
    all.add(effect);
    var open =
        AskedGates.of(all).stream()
            .filter(AskedGate::open)
            .map(gate -> new Parking.Asking(gate.seq(), gate.question()))
            .toList();
    return open.isEmpty() ? Parking.answered(now) : Parking.at(open, now);
  }

  /// Why a step cannot be stopped; empty if it can.
  Optional<Refused> refusalToStop(RunId run, OfStep request) {
    var seq = request.seq();
    if (request.generation() != generation || !asked.containsKey(seq)) {
      return Optional.of(Refusals.unknown(run, seq));
    }
    if (asked.get(seq).kind() == StepKind.NESTED) {
      return Optional.of(Refusals.isWorkflow(run, seq));
    }
    return ended.containsKey(seq) ? Optional.of(Refusals.ended(run, seq)) : Optional.empty();
  }

  /// Why a step cannot begin anew; empty if it can.
  Optional<Refused> refusalToRestart(RunId run, OfStep request) {
    var seq = request.seq();
    var step = asked.get(seq);
    if (request.generation() != generation || step == null) {
      return Optional.of(Refusals.unknown(run, seq));
    }
    if (step.kind() == StepKind.NESTED) {
      return Optional.of(Refusals.isWorkflow(run, seq));
    }
    if (step.kind().isWait()) {
      return Optional.of(Refusals.noAgent(run, seq));
    }
    return delivered.contains(seq) ? Optional.of(Refusals.delivered(run, seq)) : Optional.empty();
  }

  /// The end of a step that somebody wants stopped.
  StepFailed stopped(Asked by, int seq) {
    var used = spent.getOrDefault(seq, Map.of());
    return new StepFailed(seq, "stopped", "Stopped by " + by.who() + ".", used, "{}");
  }
}
