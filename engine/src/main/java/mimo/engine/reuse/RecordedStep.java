package mimo.engine.reuse;

import mimo.engine.ActivityRequest;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import org.jspecify.annotations.Nullable;

/// One step of an earlier generation, as far as it came.
///
/// @param occurrence how often the same was asked for at the same place before, from 0
/// @param end how it ended; null if it did not
/// @param handed when its result was handed over; null if it was not
public record RecordedStep(
    StepRef ref,
    ActivityRequest request,
    int occurrence,
    @Nullable SettledEntry end,
    @Nullable Handed handed) {

  private static final String NULL = "null";

  /// The step that really ran: this one, or the one it has its value from.
  public StepRef origin() {
    return end instanceof StepCompleted done && done.reused() != null ? done.reused().from() : ref;
  }

  /// Whether it may stand in for a step that is asked for now (D33).
  public boolean isReusable() {
    return runsOnce() && end instanceof StepCompleted && !isNull();
  }

  /// An agent that answers nothing has to be asked again; other steps may mean it.
  boolean isNull() {
    return request.kind().isAgent()
        && end instanceof StepCompleted done
        && done.value().equals(NULL);
  }

  /// What looks at the world as it is now is never answered from the record.
  boolean runsOnce() {
    return !Claims.runsLive(request.kind());
  }
}
