package mimo.engine.reuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import mimo.engine.Reused;
import mimo.engine.RunOrigin;
import mimo.engine.StepKind;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;

/// What became of the record in a generation that continues another: of every step, why it was
/// answered from it or was not (D36). A projection of the journal.
///
/// @param generation which one is told of
/// @param lines in the order of asking
/// @param left results that nobody has asked for again
public record ReuseReport(int generation, List<Line> lines, List<RecordedStep> left) {

  /// One step.
  public record Line(int seq, StepKind kind, String label, String path, Verdict verdict) {
    static Line of(StepScheduled step, Verdict verdict) {
      var request = step.request();
      return new Line(step.seq(), request.kind(), request.label(), request.path(), verdict);
    }
  }

  public ReuseReport {
    lines = List.copyOf(lines);
    left = List.copyOf(left);
  }

  /// Whether there was anything to reuse: a run's first generation has nothing to tell.
  public boolean isAboutSomething() {
    return generation > 0;
  }

  /// What a generation reuses of those before it.
  public static RecordedSteps pool(RunLineage lineage) {
    boolean forgets =
        lineage.latest().started().origin() instanceof RunOrigin.Forked forked
            && forked.later() == RunOrigin.Later.FORGOTTEN;
    return new RecordedSteps(forgets ? List.of() : lineage.earlier());
  }

  /// Tells of the latest generation.
  public static ReuseReport of(RunLineage lineage) {
    var latest = lineage.latest();
    var recorded = pool(lineage);
    var claims = claims(lineage, recorded);
    var asked = new ArrayList<StepScheduled>();
    var hits = new HashMap<Integer, Verdict>();
    for (var each : latest.located()) {
      switch (each.entry()) {
        case StepScheduled step -> {
          asked.add(step);
          source(lineage, step.seq(), each)
              .ifPresent(from -> hits.put(step.seq(), new Verdict.Hit(from, Reused.Match.SAME)));
        }
        case StepCompleted done when done.reused() != null ->
            hits.put(done.seq(), new Verdict.Hit(done.reused().from(), done.reused().match()));
        // Somebody wanted it to begin anew before it was handed over: it ran after all.
        case ControlApplied again when again.restarts() && !each.shared() ->
            hits.put(again.seq(), new Verdict.Miss(Verdict.Reason.UNFINISHED, null));
        case JournalEntry _ -> {}
      }
    }
    var misses = new Misses(recorded, claims);
    var lines = new ArrayList<Line>();
    for (var step : asked) {
      var hit = hits.get(step.seq());
      lines.add(Line.of(step, hit == null ? misses.explain(step) : hit));
    }
    return new ReuseReport(latest.number(), lines, misses.left());
  }

  /// Of a step that a fork shares with its source: that step.
  private static Optional<StepRef> source(RunLineage lineage, int seq, Located entry) {
    return entry.shared() && lineage.latest().started().origin() instanceof RunOrigin.Forked forked
        ? Optional.of(new StepRef(forked.step().generation(), seq))
        : Optional.empty();
  }

  /// Who has which recorded result already, as the latest generation's entries tell.
  public static Claims claims(RunLineage lineage, RecordedSteps recorded) {
    var claims = new Claims(recorded);
    for (var each : lineage.latest().located()) {
      if (each.entry() instanceof StepCompleted done && done.reused() != null) {
        claims.take(done.reused().from());
      } else if (each.entry() instanceof StepScheduled step) {
        source(lineage, step.seq(), each).ifPresent(claims::share);
      }
    }
    return claims;
  }
}
