package mimo.engine.reuse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.ReusePlan.Range;
import mimo.engine.reuse.ReuseReport.Line;

/// What steps that are to run may use, judged by what those of the run have used.
final class UsageRange {

  private UsageRange() {}

  /// At the least what the known ones use, each as little as any did; at the most what these and
  /// all that cannot be reached yet use, each as much as any did.
  static Map<String, Range> of(RunLineage lineage, List<Line> lines, List<RecordedStep> left) {
    long known =
        lines.stream()
            .filter(line -> line.kind().isAgent() && line.verdict() instanceof Verdict.Miss)
            .count();
    long more = left.stream().filter(step -> step.request().kind().isAgent()).count();
    var ranges = new TreeMap<String, Range>();
    ofOne(lineage)
        .forEach(
            (unit, one) ->
                ranges.put(unit, new Range(known * one.least(), (known + more) * one.most())));
    return ranges;
  }

  /// What agents of the run have used, from the least to the most.
  private static Map<String, Range> ofOne(RunLineage lineage) {
    var ranges = new TreeMap<String, Range>();
    for (var generation : lineage.generations()) {
      var agents = new TreeMap<Integer, StepScheduled>();
      for (var entry : generation.entries()) {
        if (entry instanceof StepScheduled step && step.request().kind().isAgent()) {
          agents.put(step.seq(), step);
        } else if (entry instanceof SettledEntry end && agents.containsKey(end.seq())) {
          end.usage()
              .forEach(
                  (unit, used) ->
                      ranges.merge(unit, new Range(used, used), UsageRange::both));
        }
      }
    }
    return ranges;
  }

  private static Range both(Range one, Range other) {
    return new Range(
        Math.min(one.least(), other.least()), Math.max(one.most(), other.most()));
  }
}
