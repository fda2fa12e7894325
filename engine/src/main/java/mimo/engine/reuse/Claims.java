package mimo.engine.reuse;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mimo.engine.ActivityRequest;
import mimo.engine.Reused;
import mimo.engine.Reused.Match;
import mimo.engine.StepKind;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.redaction.Placeholders;

/// Gives each recorded result to at most one step that is asked for now (D32). Confined to the
/// run's thread.
///
/// Steps are known by what they ask for and where, never by when: an edit must not disturb what it
/// does not touch. So a step finds its own place first. What has moved is found by its key alone,
/// but only if nothing else was ever asked by that key, or it might be taken for another.
public final class Claims {

  private final RecordedSteps recorded;
  private final Set<StepRef> taken = new HashSet<>();

  /// A recorded result that a step may have.
  public record Hit(RecordedStep step, Match match) {

    /// What the journal says of it.
    public Reused reused() {
      return new Reused(step.origin(), match);
    }

    /// The value and what was left with it.
    public StepCompleted result() {
      return (StepCompleted) java.util.Objects.requireNonNull(step.end());
    }
  }

  public Claims(RecordedSteps recorded) {
    this.recorded = recorded;
  }

  /// Nothing is recorded.
  public static Claims none() {
    return new Claims(new RecordedSteps(List.of()));
  }

  /// Whether steps of this kind look at the world as it is now (D33).
  public static boolean runsLive(StepKind kind) {
    return kind == StepKind.FILE || kind == StepKind.WORKFLOW;
  }

  /// A result that was given away before this process, with all that was asked for to come to it.
  public void take(StepRef origin) {
    taken.add(origin);
    recorded.inside(origin).forEach(inner -> taken.add(inner.origin()));
  }

  /// A step that is shared, but not what was asked for in it.
  void share(StepRef step) {
    taken.add(step);
  }

  /// Whether somebody has this result already.
  boolean isTaken(RecordedStep step) {
    return taken.contains(step.origin());
  }

  /// The recorded result that answers this step, as it is stored. Nobody else gets it.
  ///
  /// @param world what the result is held against
  public Optional<Hit> claim(StepScheduled asked, World world) {
    if (runsLive(asked.request().kind())) {
      return Optional.empty();
    }
    var found =
        find(asked.request(), asked.occurrence())
            .filter(hit -> world.stillHas(hit.step()))
            .filter(hit -> inside(hit.step()).allMatch(inner -> stands(inner, world)));
    found.ifPresent(hit -> take(hit.step().origin()));
    return found;
  }

  private Stream<RecordedStep> inside(RecordedStep step) {
    return recorded.inside(step.origin()).stream();
  }

  /// The scripts that ran inside a step are part of what it is, and its own text only names them.
  private static boolean stands(RecordedStep inner, World world) {
    return inner.request().kind() == StepKind.WORKFLOW
        ? world.seesTheSame(inner)
        : world.stillHas(inner);
  }

  private Optional<Hit> find(ActivityRequest request, int occurrence) {
    var here = recorded.at(request, occurrence);
    if (here.isPresent()) {
      return here.filter(this::isFree).map(step -> new Hit(step, Match.SAME));
    }
    var same = recorded.of(request);
    if (same.isEmpty()) {
      return secret(request).map(step -> new Hit(step, Match.REDACTION_CHANGED));
    }
    return same.size() == 1
        ? same.stream().filter(this::isFree).map(step -> new Hit(step, Match.MOVED)).findFirst()
        : Optional.empty();
  }

  /// Keys are made of what was asked, secrets and all: where one has changed they differ (D70).
  private Optional<RecordedStep> secret(ActivityRequest request) {
    var now = request.input();
    boolean hidden = Placeholders.in(now);
    return recorded.near(request).stream()
        .filter(this::isFree)
        .filter(step -> hidden || Placeholders.in(step.request().input()))
        .filter(step -> Placeholders.mayBeEqual(step.request().input(), now))
        .findFirst();
  }

  private boolean isFree(RecordedStep step) {
    return step.isReusable() && !isTaken(step);
  }

  /// When the result of this step was handed over before: of a step that looks at the world again,
  /// the one that looked at the same place.
  public Optional<Handed> handed(StepScheduled asked) {
    return recorded
        .at(asked.request(), asked.occurrence())
        .flatMap(step -> Optional.ofNullable(step.handed()));
  }

  /// When a result that was given away was handed over before.
  public Optional<Handed> handed(StepRef origin) {
    return recorded.handed(origin);
  }
}
