package mimo.engine.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.StepKind;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.WaitEntry;

/// A recorded run, read at the pace of the program that runs again. Confined to the run's thread.
///
/// What the program did and what it was handed stand in the journal in one order, because one
/// thread wrote them. So a replay is a comparison of two sequences, element by element (D20); only
/// the settlements in between have an order of their own.
public final class ReplayCursor {

  private final Deque<ProgramEntry> program = new ArrayDeque<>();
  private final Map<Integer, SettledEntry> settled = new LinkedHashMap<>();
  private final Map<Integer, Map<String, Long>> spent = new HashMap<>();
  private final Map<Integer, WaitEntry> waits = new HashMap<>();
  private final Map<Integer, Integer> restarts = new HashMap<>();
  private final Map<Integer, StepScheduled> open = new LinkedHashMap<>();

  public ReplayCursor(List<JournalEntry> entries) {
    for (var entry : entries) {
      switch (entry) {
        case ProgramEntry next -> program.add(next);
        case SettledEntry end -> {
          settled.putIfAbsent(end.seq(), end);
          spent.remove(end.seq());
        }
        case JournalEntry.ControlApplied applied -> {
          if (applied.restarts()) {
            // Nobody had seen its end.
            settled.remove(applied.seq());
            restarts.merge(applied.seq(), 1, Integer::sum);
          }
        }
        case JournalEntry.StepSpent more -> {
          var sum = spent.computeIfAbsent(more.seq(), _ -> new TreeMap<>());
          more.usage().forEach((unit, amount) -> sum.merge(unit, amount, Long::sum));
        }
        case WaitEntry wait -> waits.put(wait.seq(), wait);
        case JournalEntry.RunStarted _,
            JournalEntry.RunResumed _,
            JournalEntry.OptionsChanged _,
            JournalEntry.RunParked _,
            JournalEntry.RunWaited _,
            JournalEntry.RunPaused _,
            JournalEntry.RunEnded _,
            JournalEntry.Scrubbed _ -> {}
      }
    }
  }

  /// Whether everything recorded has happened again. From then on the run is live.
  public boolean caughtUp() {
    return program.isEmpty();
  }

  /// What the journal says comes next, if it says anything.
  public Optional<ProgramEntry> next() {
    return Optional.ofNullable(program.peek());
  }

  /// What came next has happened again.
  public void advance() {
    switch (program.remove()) {
      case StepScheduled scheduled -> {
        if (scheduled.request().kind() != StepKind.NESTED || isAnswered(scheduled.seq())) {
          open.put(scheduled.seq(), scheduled);
        }
      }
      case JournalEntry.Delivered delivered -> delivered.seqs().forEach(open::remove);
      case JournalEntry.LogWritten _, JournalEntry.PhaseEntered _, JournalEntry.BudgetOpened _ -> {}
    }
  }

  /// How many recorded entries the program has not reached.
  public int remaining() {
    return program.size();
  }

  /// How a delivered step ended.
  ///
  /// @throws StoreFailure if the journal delivers what never settled
  public SettledEntry settlement(int seq) {
    var entry = settled.get(seq);
    if (entry == null) {
      throw new StoreFailure(
          "store_corrupt", "the journal delivers step " + seq + ", which never ended", null);
    }
    return entry;
  }

  /// Whether a step is answered by an earlier generation.
  public boolean isAnswered(int seq) {
    return settled.get(seq) instanceof StepCompleted done && done.reused() != null;
  }

  /// Whether it is recorded how a step ended.
  public boolean hasEnded(int seq) {
    return settled.containsKey(seq);
  }

  /// Steps that ended but were never handed over, in journal order (D6).
  public List<SettledEntry> undelivered() {
    return settled.values().stream().filter(end -> open.containsKey(end.seq())).toList();
  }

  /// What the bodies of a step have used before they were cut off.
  public Map<String, Long> spent(int seq) {
    return Map.copyOf(spent.getOrDefault(seq, Map.of()));
  }

  /// What a step of the engine itself waits for.
  public Optional<WaitEntry> waitOf(int seq) {
    return Optional.ofNullable(waits.get(seq));
  }

  /// Steps that were asked for and not handed over, in the order of asking.
  public List<StepScheduled> open() {
    return List.copyOf(open.values());
  }

  /// How often somebody wanted a step to begin anew.
  public int restarts(int seq) {
    return restarts.getOrDefault(seq, 0);
  }

  /// Steps that were asked for and never ended, in the order of asking: their bodies start again.
  public List<StepScheduled> unsettled() {
    var steps = new ArrayList<StepScheduled>();
    for (var step : open.values()) {
      if (!settled.containsKey(step.seq())) {
        steps.add(step);
      }
    }
    return steps;
  }
}
