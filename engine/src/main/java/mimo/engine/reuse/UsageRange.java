package mimo.engine.reuse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.ReusePlan.Range;
import mimo.engine.reuse.ReuseReport.Line;

/// What steps that are to run may use, judged by what those of the run have used.
///
/// At the least, the known ones run and use as little as any did. At the most, each of them is the
/// first of a branch as long as the longest that is recorded of its kind, everything that cannot be
/// reached yet runs too, and each uses as much as any did.
final class UsageRange {

  /// A slot of a combinator, without its stage and what is inside: `p3`, `l0`, `d<node>`, also in a
  /// nested workflow.
  private static final Pattern SLOT = Pattern.compile("((?:w:[^/]*/)*[pld][^/.]*)(?:[./].*)?");

  private final Map<String, Integer> longest = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Range> ofOne = new TreeMap<>();

  private UsageRange(RunLineage lineage) {
    lineage.generations().forEach(this::learn);
  }

  static Map<String, Range> of(RunLineage lineage, List<Line> lines, List<RecordedStep> left) {
    var known = new UsageRange(lineage);
    var missed = new TreeSet<String>();
    long least = 0;
    long most = 0;
    for (var line : lines) {
      if (line.kind().isAgent() && line.verdict() instanceof Verdict.Miss) {
        var slot = slot(line.path());
        least++;
        most += known.longest.getOrDefault(family(slot), 1);
        missed.add(slot);
      }
    }
    for (var step : left) {
      var slot = slot(step.request().path());
      if (step.request().kind().isAgent() && (slot.isEmpty() || !missed.contains(slot))) {
        most++;
      }
    }
    return known.times(least, most);
  }

  private Map<String, Range> times(long least, long most) {
    var ranges = new TreeMap<String, Range>();
    ofOne.forEach(
        (unit, one) -> ranges.put(unit, new Range(least * one.least(), most * one.most())));
    return ranges;
  }

  private void learn(Generation generation) {
    var agents = new HashMap<Integer, StepScheduled>();
    slots.clear();
    for (var entry : generation.entries()) {
      if (entry instanceof StepScheduled step && step.request().kind().isAgent()) {
        agents.put(step.seq(), step);
        count(slot(step.request().path()));
      } else if (entry instanceof SettledEntry end && agents.containsKey(end.seq())) {
        end.usage().forEach((unit, used) -> ofOne.merge(unit, new Range(used, used), Range::and));
      }
    }
  }

  private void count(String slot) {
    if (!slot.isEmpty()) {
      longest.merge(family(slot), slots.merge(slot, 1, Integer::sum), Math::max);
    }
  }

  /// The slot a path leads into; empty if none.
  private static String slot(String path) {
    var slot = SLOT.matcher(path);
    return slot.matches() ? slot.group(1) : "";
  }

  /// Slots that are likely to do the same.
  private static String family(String slot) {
    int last = slot.lastIndexOf('/') + 1;
    return slot.isEmpty() ? "" : slot.substring(0, last + 1);
  }
}
