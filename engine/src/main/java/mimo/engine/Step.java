package mimo.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import org.jspecify.annotations.Nullable;

/// One step of a run while it is open: what was asked for, and what its body has used. Thread-safe.
final class Step implements ActivityContext {

  private static final String NO_REPORT = "{}";

  private final ReentrantLock lock = new ReentrantLock();
  private final RunId run;
  private final int seq;
  private final ActivityRequest request;
  private final CancellationToken cancellation;
  private final Map<String, Long> usage = new TreeMap<>();
  private @Nullable Reservation reservation;
  private boolean settled;

  Step(RunId run, int seq, ActivityRequest request, CancellationToken cancellation) {
    this.run = run;
    this.seq = seq;
    this.request = request;
    this.cancellation = cancellation;
  }

  /// Runs the body to its end. The reservation is settled when this returns.
  ///
  /// @param started told when the body starts
  /// @return the entry to journal; empty if the run is being stopped, and the step stays open
  Optional<SettledEntry> perform(Activity activity, Budget budget, Runnable started) {
    try {
      return switch (budget.admit(request.kind())) {
        case Budget.Admission.Exhausted(var spent, var total) ->
            Optional.of(failed("budget_exhausted", exhausted(spent, total)));
        case Budget.Admission.Admitted(var share) -> performWith(share, activity, started);
      };
    } catch (InterruptedException e) {
      return stoppedOr("The step was interrupted though its run was not.");
    }
  }

  private static String exhausted(long spent, long total) {
    return "The budget of " + total + " is spent (" + spent + "), so this step did not start.";
  }

  private Optional<SettledEntry> performWith(
      Reservation share, Activity activity, Runnable started) {
    reserve(share);
    started.run();
    try {
      return settle(share, activity.perform(request, this));
    } catch (InterruptedException e) {
      share.settle(close());
      return stoppedOr("The step was interrupted though its run was not.");
    } catch (RuntimeException | Error e) {
      // A boundary: a defect of one activity must not take the run along.
      var used = close();
      share.settle(used);
      return unlessStopped(
          new StepFailed(seq, "internal", "The step failed unexpectedly.", used, report(e)));
    }
  }

  private Optional<SettledEntry> settle(Reservation share, ActivityResult result) {
    var used = close();
    share.settle(used);
    return switch (result) {
      case ActivityResult.Completed(var value, var report) ->
          Optional.of(new StepCompleted(seq, value, used, report));
      case ActivityResult.Failed(var code, var message, var report) ->
          unlessStopped(new StepFailed(seq, code, message, used, report));
      case ActivityResult.Cancelled() -> stoppedOr("The step stopped though its run did not.");
    };
  }

  private Optional<SettledEntry> stoppedOr(String message) {
    return unlessStopped(new StepFailed(seq, "cancelled", message, usage(), NO_REPORT));
  }

  /// A body may take its stop for a fault: an interrupted read looks like a broken disk. Such a
  /// failure must not become the step's outcome for ever, so the step stays open, and a resume
  /// starts it again (D22).
  private Optional<SettledEntry> unlessStopped(StepFailed failure) {
    return cancellation.isCancelled() ? Optional.empty() : Optional.of(failure);
  }

  /// How a step ends that never ran.
  SettledEntry failed(String code, String message) {
    return new StepFailed(seq, code, message, Map.of(), NO_REPORT);
  }

  /// Where a defect came from, for those who mend it. A script never sees it.
  private static String report(Throwable defect) {
    var trace = defect.getStackTrace();
    var place = trace.length == 0 ? "an unknown place" : trace[0].toString();
    var text = defect.getClass().getName() + " at " + place;
    return "{\"defect\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  private void reserve(Reservation share) {
    lock.lock();
    try {
      reservation = share;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the charging: what a body charges after its end is nobody's.
  private Map<String, Long> close() {
    lock.lock();
    try {
      settled = true;
      return Map.copyOf(usage);
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Long> usage() {
    lock.lock();
    try {
      return Map.copyOf(usage);
    } finally {
      lock.unlock();
    }
  }

  ActivityRequest request() {
    return request;
  }

  @Override
  public RunId run() {
    return run;
  }

  @Override
  public int seq() {
    return seq;
  }

  @Override
  public CancellationToken cancellation() {
    return cancellation;
  }

  @Override
  public void charge(Map<String, Long> amounts) {
    amounts.forEach(Step::checkAmount);
    lock.lock();
    try {
      if (!settled && reservation != null) {
        amounts.forEach((unit, amount) -> usage.merge(unit, amount, Long::sum));
        reservation.charge(amounts);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void checkAmount(String unit, long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException(
          "charge of " + amount + " " + unit + " must not be negative");
    }
  }

  @Override
  public long allowance() {
    lock.lock();
    try {
      return reservation == null ? 0 : reservation.allowance();
    } finally {
      lock.unlock();
    }
  }
}
