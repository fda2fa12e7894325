package mimo.engine;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.redaction.Placeholders;
import mimo.engine.reuse.RecordedStep;
import mimo.engine.reuse.RunDiff;
import mimo.engine.reuse.World;

/// Looks at the world for a workflow outside of any step: for a plan, and to find out whether what
/// is recorded still holds. Thread-safe.
final class Looks implements World {

  private static final String NO_REPORT = "{}";

  private final Map<StepKind, Activity> activities;

  Looks(Map<StepKind, Activity> activities) {
    this.activities = activities;
  }

  /// How a step of this number would end that looks now.
  SettledEntry look(int seq, ActivityRequest asking) {
    var reader = activities.get(asking.kind());
    if (reader == null) {
      return failed(seq, "not_available", "No activity performs this kind of step.");
    }
    try {
      return switch (reader.perform(asking, new Here(seq))) {
        case ActivityResult.Completed(var value, var report, _) ->
            new StepCompleted(seq, value, Map.of(), report);
        case ActivityResult.Failed(var code, var message, _) -> failed(seq, code, message);
        case ActivityResult.Suspended(_, var code, var message, _) -> failed(seq, code, message);
        case ActivityResult.Cancelled _ -> failed(seq, "cancelled", "stopped");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(seq, "cancelled", "stopped");
    }
  }

  private static SettledEntry failed(int seq, String code, String message) {
    return new StepFailed(seq, code, message, Map.of(), NO_REPORT);
  }

  /// Its end is known as it is stored.
  @Override
  public boolean seesTheSame(RecordedStep step) {
    var before = RunDiff.result(step.end());
    var now = RunDiff.result(look(step.ref().seq(), step.request()));
    return before != null && Placeholders.mayBeEqual(before, Objects.requireNonNull(now));
  }

  @Override
  public boolean stillHas(RecordedStep step) {
    return !(step.end() instanceof StepCompleted done)
        || missing(step.request(), done.value()).isEmpty();
  }

  /// What a recorded result tells of that is gone.
  Optional<String> missing(ActivityRequest request, String value) {
    var activity = activities.get(request.kind());
    return activity == null ? Optional.empty() : activity.missing(request, value);
  }

  /// A step that only looks.
  private record Here(int seq) implements ActivityContext {
    @Override
    public RunId run() {
      throw new IllegalStateException("a look is no run");
    }

    @Override
    public CancellationToken cancellation() {
      return CancellationToken.never();
    }

    @Override
    public void charge(Map<String, Long> usage) {
      throw new IllegalStateException("a look has nothing to charge: " + usage);
    }

    @Override
    public Allowance allowance() {
      return Allowance.UNLIMITED;
    }

    @Override
    public Allowance claim(Map<String, Long> most) {
      return Allowance.UNLIMITED;
    }

    @Override
    public Optional<String> memo(int seq) {
      return Optional.empty();
    }

    @Override
    public Session session() {
      return Session.unrecorded();
    }
  }
}
