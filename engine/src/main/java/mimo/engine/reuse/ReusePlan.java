package mimo.engine.reuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mimo.engine.Reused;
import mimo.engine.StepKind;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.ReuseReport.Line;

/// What continuing a run would do before any new step ends (D37).
///
/// @param lines all that the workflow asks for until then, in order
/// @param unreachable recorded results that it has not asked for by then
/// @param usage what the new steps may use, by unit; empty if nothing recorded tells
public record ReusePlan(
    List<Line> lines, List<RecordedStep> unreachable, Reach reach, Map<String, Range> usage) {

  /// How far the plan reaches.
  ///
  /// @param whole whether the workflow came to its end: nothing can come after
  /// @param live whether somebody works on the run now, so that its record still grows
  public record Reach(boolean whole, boolean live) {}

  /// From the least to the most, in one unit.
  public record Range(long least, long most) {
    Range and(Range other) {
      return new Range(Math.min(least, other.least), Math.max(most, other.most));
    }
  }

  public ReusePlan {
    lines = List.copyOf(lines);
    unreachable = List.copyOf(unreachable);
    usage = Map.copyOf(usage);
  }

  /// What resuming a run exactly would do: all that has ended is replayed, and the rest runs.
  public static ReusePlan ofResume(RunLineage lineage, boolean live) {
    var latest = lineage.latest();
    var ended = ended(latest);
    var lines = new ArrayList<Line>();
    for (var entry : latest.entries()) {
      if (entry instanceof StepScheduled step) {
        var ref = new StepRef(latest.number(), step.seq());
        lines.add(
            Line.of(
                step,
                ended.contains(step.seq())
                    ? new Verdict.Hit(ref, Reused.Match.SAME)
                    : new Verdict.Miss(Verdict.Reason.UNFINISHED, null)));
      }
    }
    var usage = UsageRange.of(lineage, lines, List.of());
    return new ReusePlan(lines, List.of(), new Reach(false, live), usage);
  }

  private static Set<Integer> ended(Generation generation) {
    var ended = new HashSet<Integer>();
    for (var entry : generation.entries()) {
      if (entry instanceof SettledEntry end) {
        ended.add(end.seq());
      } else if (entry instanceof ControlApplied applied && applied.restarts()) {
        ended.remove(applied.seq());
      }
    }
    return ended;
  }

  /// The steps that are answered from the record.
  public List<Line> replayed() {
    return lines.stream().filter(line -> line.verdict() instanceof Verdict.Hit).toList();
  }

  /// The steps that run, but for those that only look at the world, and what is nothing but the
  /// steps in it.
  public List<Line> running() {
    return lines.stream()
        .filter(line -> line.verdict() instanceof Verdict.Miss && !Claims.runsLive(line.kind()))
        .filter(line -> line.kind() != StepKind.NESTED)
        .toList();
  }

  /// What is seen while the workflow runs. Confined to one thread.
  public static final class Notes {

    private final List<StepScheduled> asked = new ArrayList<>();
    private final Map<Integer, Verdict> hits = new HashMap<>();

    /// A step has no recorded result.
    public void asked(StepScheduled step) {
      asked.add(step);
    }

    /// A step has one.
    public void answered(StepScheduled step, StepCompleted answer) {
      asked.add(step);
      var reused = Objects.requireNonNull(answer.reused());
      hits.put(step.seq(), new Verdict.Hit(reused.from(), reused.match()));
    }

    public ReusePlan plan(RunLineage lineage, RecordedSteps recorded, Claims claims, Reach reach) {
      var misses = new Misses(recorded, claims);
      var lines = new ArrayList<Line>();
      for (var step : asked) {
        var hit = hits.get(step.seq());
        lines.add(Line.of(step, hit == null ? misses.explain(step) : hit));
      }
      var left = misses.left();
      var later = reach.whole() ? List.<RecordedStep>of() : left;
      return new ReusePlan(lines, left, reach, UsageRange.of(lineage, lines, later));
    }
  }
}
