package mimo.engine.reuse;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import mimo.engine.ActivityRequest;
import mimo.engine.StepKind;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.Verdict.Miss;
import mimo.engine.reuse.Verdict.Nearest;
import mimo.engine.reuse.Verdict.Reason;

/// Says why steps have no recorded result. To be asked once all hits are known: what has gone to
/// another step is not what this one was before.
final class Misses {

  /// Less alike than this, two requests have nothing to do with each other.
  private static final double LEAST_LIKENESS = 0.6;

  private final RecordedSteps recorded;
  private final Claims claims;
  private final Set<StepRef> explained = new HashSet<>();

  Misses(RecordedSteps recorded, Claims claims) {
    this.recorded = recorded;
    this.claims = claims;
  }

  Miss explain(StepScheduled asked) {
    var request = asked.request();
    if (Claims.runsLive(request.kind())) {
      return new Miss(Reason.FILE_LIVE, null);
    }
    var here = recorded.at(request, asked.occurrence());
    var changed =
        here.or(() -> recorded.of(request).stream().findFirst()).filter(this::hasChangedInside);
    if (changed.isPresent()) {
      explained.add(changed.get().ref());
      return new Miss(Reason.FILE_LIVE, null);
    }
    if (here.isPresent()) {
      return same(here.get(), Reason.AMBIGUOUS);
    }
    var same = recorded.of(request);
    if (same.size() > 1) {
      return new Miss(Reason.AMBIGUOUS, null);
    }
    if (!same.isEmpty()) {
      // It was asked for once, and now once more than that.
      return same(same.getFirst(), Reason.NEW);
    }
    return nearest(request)
        .map(step -> changed(step, request))
        .orElseGet(() -> new Miss(Reason.NEW, null));
  }

  /// Of a step that is what was asked for. A result that nobody has would have been given away, had
  /// the world still what it tells of.
  private Miss same(RecordedStep step, Reason otherwise) {
    if (isLeft(step)) {
      explained.add(step.ref());
      return new Miss(Reason.WORKTREE_GONE, null);
    }
    return new Miss(useless(step).orElse(otherwise), null);
  }

  /// A part with a result that nobody has: a script that it only names is not what it was.
  private boolean hasChangedInside(RecordedStep step) {
    return step.request().kind() == StepKind.NESTED && isLeft(step);
  }

  /// A result that nobody has.
  private boolean isLeft(RecordedStep step) {
    return step.isReusable() && !claims.isTaken(step);
  }

  private static Optional<Reason> useless(RecordedStep step) {
    if (step.end() == null) {
      return Optional.of(Reason.UNFINISHED);
    }
    if (step.end() instanceof StepFailed) {
      return Optional.of(Reason.FAILED_BEFORE);
    }
    return step.isNull() ? Optional.of(Reason.NULL_BEFORE) : Optional.empty();
  }

  private Miss changed(RecordedStep before, ActivityRequest now) {
    explained.add(before.ref());
    var differences = Likeness.differences(before.request().input(), now.input());
    return new Miss(
        Reason.CHANGED,
        new Nearest(before.ref(), before.request().label(), differences, now.input()));
  }

  /// Nearest is what was asked at the same place, then what is called the same, then what reads
  /// alike.
  private Optional<RecordedStep> nearest(ActivityRequest request) {
    return mostLike(recorded.near(request), request, _ -> true)
        .or(() ->
            mostLike(
                recorded.all(),
                request,
                step ->
                    step.request().kind() == request.kind()
                        && step.request().label().equals(request.label())))
        .or(() ->
            mostLike(
                recorded.all(),
                request,
                step ->
                    step.request().kind() == request.kind()
                        && likeness(step, request) >= LEAST_LIKENESS));
  }

  private Optional<RecordedStep> mostLike(
      Collection<RecordedStep> among, ActivityRequest request, Predicate<RecordedStep> fits) {
    return among.stream()
        .filter(step -> !claims.isTaken(step) && !explained.contains(step.ref()))
        .filter(fits)
        .max(
            Comparator.<RecordedStep, Boolean>comparing(
                    step -> step.request().label().equals(request.label()))
                .thenComparingDouble(step -> likeness(step, request))
                .thenComparingInt(step -> -step.ref().seq()));
  }

  private static double likeness(RecordedStep step, ActivityRequest request) {
    return Likeness.of(step.request().input(), request.input());
  }

  /// What nobody has asked for again, not even in other words.
  List<RecordedStep> left() {
    return recorded.all().stream()
        .filter(step -> step.isReusable() && !claims.isTaken(step))
        .filter(step -> !explained.contains(step.ref()))
        .toList();
  }
}
