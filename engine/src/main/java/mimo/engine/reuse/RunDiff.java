package mimo.engine.reuse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.TimerFired;
import org.jspecify.annotations.Nullable;

/// The steps of two runs side by side, as their latest generations have them (D40). They are
/// aligned by what they ask and where, as continuing a run does it.
///
/// @param rows those of the second run in the order of asking, then what only the first has
public record RunDiff(List<Row> rows) {

  /// How a step of one run stands to one of the other.
  public enum Standing {
    SAME,
    MOVED,
    CHANGED,
    ADDED,
    REMOVED;

    /// The name used in reports, for example `moved`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One step, or two that are aligned.
  ///
  /// @param before the first run's; null if it is added
  /// @param after the second run's; null if it is removed
  /// @param differences in what is asked
  /// @param result whether both have the same result; steps that have none have the same
  public record Row(
      Standing standing,
      @Nullable RecordedStep before,
      @Nullable RecordedStep after,
      List<Difference> differences,
      Result result) {
    public Row {
      differences = List.copyOf(differences);
    }
  }

  /// What came of two aligned steps.
  public enum Result {
    EQUAL,
    DIFFERENT
  }

  public RunDiff {
    rows = List.copyOf(rows);
  }

  public static RunDiff of(RunLineage first, RunLineage second) {
    var before = new RecordedSteps(List.of(first.latest()));
    var taken = new HashSet<StepRef>();
    var after = new ArrayList<>(new RecordedSteps(List.of(second.latest())).all());
    var aligned = new HashMap<StepRef, Row>();
    // Places first, as nothing may take what another has for certain.
    align(after, aligned, taken, step -> here(before, step, taken));
    align(after, aligned, taken, step -> moved(before, step, taken));
    align(after, aligned, taken, step -> changed(before, step, taken));
    var rows = new ArrayList<Row>();
    for (var step : after) {
      var row = aligned.get(step.ref());
      rows.add(row == null ? new Row(Standing.ADDED, null, step, List.of(), Result.EQUAL) : row);
    }
    for (var step : before.all()) {
      if (!taken.contains(step.ref())) {
        rows.add(new Row(Standing.REMOVED, step, null, List.of(), Result.EQUAL));
      }
    }
    return new RunDiff(rows);
  }

  private interface Search {
    Optional<Row> find(RecordedStep step);
  }

  private static void align(
      List<RecordedStep> steps, Map<StepRef, Row> aligned, Set<StepRef> taken, Search search) {
    for (var step : steps) {
      if (!aligned.containsKey(step.ref())) {
        search
            .find(step)
            .ifPresent(row -> {
              aligned.put(step.ref(), row);
              taken.add(Objects.requireNonNull(row.before()).ref());
            });
      }
    }
  }

  private static Optional<Row> here(RecordedSteps before, RecordedStep step, Set<StepRef> taken) {
    return before
        .at(step.request(), step.occurrence())
        .filter(each -> !taken.contains(each.ref()))
        .map(each -> row(Standing.SAME, each, step));
  }

  private static Optional<Row> moved(RecordedSteps before, RecordedStep step, Set<StepRef> taken) {
    var same = before.of(step.request());
    return same.size() == 1 && !taken.contains(same.getFirst().ref())
        ? Optional.of(row(Standing.MOVED, same.getFirst(), step))
        : Optional.empty();
  }

  private static Optional<Row> changed(
      RecordedSteps before, RecordedStep step, Set<StepRef> taken) {
    return before.near(step.request()).stream()
        .filter(each -> !taken.contains(each.ref()))
        .max(Comparator.comparingDouble(each -> likeness(each, step)))
        .map(each -> row(Standing.CHANGED, each, step));
  }

  private static double likeness(RecordedStep one, RecordedStep other) {
    return Likeness.of(one.request().input(), other.request().input());
  }

  private static Row row(Standing standing, RecordedStep before, RecordedStep after) {
    var differences =
        standing == Standing.CHANGED
            ? Likeness.differences(before.request().input(), after.request().input())
            : List.<Difference>of();
    var result =
        Objects.equals(result(before.end()), result(after.end())) ? Result.EQUAL : Result.DIFFERENT;
    return new Row(standing, before, after, differences, result);
  }

  /// What came of a step, in one text; null if it did not end.
  public static @Nullable String result(@Nullable SettledEntry end) {
    return switch (end) {
      case null -> null;
      case StepCompleted done -> done.value();
      case StepFailed failed -> failed.code() + ": " + failed.message();
      case TimerFired _ -> "null";
      case GateAnswered answered -> answered.answer().value();
    };
  }
}
