package mimo.engine.reuse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.ActivityRequest;
import mimo.engine.ContentKey;
import mimo.engine.StepKind;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalEntry.TimerFired;

/// All that earlier generations were asked for, by what it was and where. Immutable.
///
/// Of two generations that asked for the same at the same place the later one counts, unless only
/// the earlier one has a result.
public final class RecordedSteps {

  private static final String NO_REPORT = "{}";

  private final Map<Slot, RecordedStep> slots = new LinkedHashMap<>();
  private final Map<What, List<RecordedStep>> byKey = new HashMap<>();
  private final Map<Where, List<RecordedStep>> byPlace = new HashMap<>();
  private final Map<StepRef, Handed> handed = new HashMap<>();

  /// What was asked for in a part, but not in a part of that.
  private final Map<StepRef, List<RecordedStep>> inside = new HashMap<>();

  private record Slot(StepKind kind, ContentKey key, String path, int occurrence) {
    Slot(ActivityRequest request, int occurrence) {
      this(request.kind(), request.key(), request.path(), occurrence);
    }
  }

  private record What(StepKind kind, ContentKey key) {}

  private record Where(StepKind kind, String path) {}

  /// @param earlier the oldest first
  public RecordedSteps(List<Generation> earlier) {
    long order = 0;
    for (var generation : earlier) {
      order = read(generation, order);
    }
    for (var step : slots.values()) {
      var request = step.request();
      add(byPlace, new Where(request.kind(), request.path()), step);
      add(byKey, new What(request.kind(), request.key()), step);
    }
  }

  private static <K> void add(Map<K, List<RecordedStep>> index, K key, RecordedStep step) {
    index.computeIfAbsent(key, _ -> new ArrayList<>()).add(step);
  }

  /// A moment that has come, and an answer, are as good as any other value (D33).
  private static SettledEntry plain(SettledEntry end) {
    return switch (end) {
      case TimerFired fired -> new StepCompleted(fired.seq(), "null", fired.usage(), NO_REPORT);
      case GateAnswered(var seq, var answer, _) ->
          new StepCompleted(seq, answer.value(), end.usage(), NO_REPORT);
      case StepCompleted _, StepFailed _ -> end;
    };
  }

  private long read(Generation generation, long first) {
    var asked = new LinkedHashMap<Integer, StepScheduled>();
    var ends = new HashMap<Integer, SettledEntry>();
    var deliveries = new Deliveries(asked, first, generation.started().begun());
    for (JournalEntry entry : generation.entries()) {
      switch (entry) {
        case StepScheduled step -> asked.put(step.seq(), step);
        case SettledEntry end -> {
          ends.putIfAbsent(end.seq(), plain(end));
          deliveries.ended(end);
        }
        // Somebody wanted it to begin anew: how it ended before counts no more.
        case ControlApplied applied when applied.restarts() -> ends.remove(applied.seq());
        case Delivered delivered -> deliveries.add(delivered);
        case JournalEntry _ -> {}
      }
    }
    for (var step : asked.values()) {
      var ref = new StepRef(generation.number(), step.seq());
      var end = ends.get(step.seq());
      keep(
          new RecordedStep(ref, step.request(), step.occurrence(), end, deliveries.of(step.seq())));
    }
    return deliveries.next();
  }

  private void keep(RecordedStep step) {
    int part = step.request().part();
    if (part > 0) {
      add(inside, new StepRef(step.ref().generation(), part), step);
    }
    if (step.handed() != null) {
      handed.put(step.origin(), step.handed());
    }
    slots.merge(
        new Slot(step.request(), step.occurrence()),
        step,
        (before, now) -> before.isReusable() && !now.isReusable() ? before : now);
  }

  /// What was asked for by the same key at the same place, as often before.
  Optional<RecordedStep> at(ActivityRequest request, int occurrence) {
    return Optional.ofNullable(slots.get(new Slot(request, occurrence)));
  }

  /// All that was asked for by the same key; what has one result counts once.
  List<RecordedStep> of(ActivityRequest request) {
    var known = new HashSet<StepRef>();
    return byKey.getOrDefault(new What(request.kind(), request.key()), List.of()).stream()
        .filter(step -> known.add(step.origin()))
        .toList();
  }

  /// All of the same kind that was asked for at the same place.
  List<RecordedStep> near(ActivityRequest request) {
    return byPlace.getOrDefault(new Where(request.kind(), request.path()), List.of());
  }

  /// All that was asked for in a part that was entered, at any depth.
  List<RecordedStep> inside(StepRef part) {
    var all = new ArrayList<RecordedStep>();
    for (var step : inside.getOrDefault(part, List.of())) {
      all.add(step);
      all.addAll(inside(step.origin()));
    }
    return all;
  }

  /// When the result of a step that really ran was last handed over.
  public Optional<Handed> handed(StepRef origin) {
    return Optional.ofNullable(handed.get(origin));
  }

  /// Everything, in the order of asking.
  public Collection<RecordedStep> all() {
    return List.copyOf(slots.values());
  }
}
