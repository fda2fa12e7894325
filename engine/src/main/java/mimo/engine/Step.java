package mimo.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.StepSpent;
import org.jspecify.annotations.Nullable;

/// One step of a run while it is open: what was asked for, and what its body has used. Thread-safe.
final class Step implements ActivityContext {

  static final String NO_REPORT = "{}";

  private final ReentrantLock lock = new ReentrantLock();
  private final RunId run;
  private final int seq;
  private final ActivityRequest request;
  private final Stops stops;
  private final int restarts;
  private final CancellationSource own = new CancellationSource();
  private final Map<String, Long> usage = new TreeMap<>();
  private @Nullable Attempt attempt;
  private ActivityResult.@Nullable Suspended suspension;
  private @Nullable Session session;
  private @Nullable StepOrder order;
  private boolean settled;
  private boolean concluded;
  private boolean value;

  /// One go at the step: who hears of it, and what it may spend.
  private record Attempt(StepWatch watch, Reservation share) {}

  /// How the steps of a run are stopped all at once.
  ///
  /// @param pausing cancelled before `cancellation`, or with it
  record Stops(CancellationToken pausing, CancellationToken cancellation) {}

  Step(RunId run, int seq, ActivityRequest request, Stops stops) {
    this(run, seq, request, stops, 0);
  }

  private Step(RunId run, int seq, ActivityRequest request, Stops stops, int restarts) {
    this.run = run;
    this.seq = seq;
    this.request = request;
    this.stops = stops;
    this.restarts = restarts;
  }

  /// The same step, to be begun anew.
  ///
  /// @param times how often somebody wanted that
  /// @param spent what it has used and no entry sums up
  Step anew(int times, Map<String, Long> spent) {
    var step = new Step(run, seq, request, stops, restarts + times);
    step.resume(spent);
    return step;
  }

  /// Takes over what earlier attempts have used: it is paid for, and belongs to this step (L97).
  void resume(Map<String, Long> spent) {
    lock.lock();
    try {
      add(spent);
    } finally {
      lock.unlock();
    }
  }

  private void add(Map<String, Long> amounts) {
    amounts.forEach((unit, amount) -> usage.merge(unit, amount, Long::sum));
  }

  /// Runs the body to its end. The reservation is settled when this returns.
  ///
  /// @return the entry to journal; empty if the run is being stopped, and the step stays open
  Optional<SettledEntry> perform(Activity activity, Budget budget, StepWatch watch) {
    try {
      return switch (budget.admit(request.kind(), request.budget())) {
        case Budget.Admission.Exhausted why ->
            Optional.of(failed("budget_exhausted", exhausted(why)));
        case Budget.Admission.Admitted(var share) ->
            performWith(new Attempt(watch, share), activity);
      };
    } catch (InterruptedException e) {
      return stoppedOr("The step was interrupted though its run was not.");
    }
  }

  private static String exhausted(Budget.Admission.Exhausted why) {
    return "The budget of %s is spent (%d of %d %s), so this step did not start."
        .formatted(why.budget(), why.spent(), why.total(), why.unit());
  }

  private Optional<SettledEntry> performWith(Attempt now, Activity activity) {
    begin(now);
    now.watch().started(seq);
    try {
      return settle(now, activity.perform(request, this));
    } catch (InterruptedException e) {
      close(now.share());
      return stoppedOr("The step was interrupted though its run was not.");
    } catch (EngineException e) {
      // The world is broken, not the step: it stays open.
      close(now.share());
      now.watch().broken(e);
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      // A boundary: a defect of one activity must not take the run along.
      var used = close(now.share());
      return unlessStopped(
          new StepFailed(seq, "internal", "The step failed unexpectedly.", used, report(e)));
    }
  }

  private Optional<SettledEntry> settle(Attempt now, ActivityResult result) {
    if (result instanceof ActivityResult.Suspended why) {
      suspend(now, why);
    }
    var used = close(now.share());
    return switch (result) {
      case ActivityResult.Completed(var value, var report, var memo) ->
          Optional.of(new StepCompleted(seq, value, used, report, memo));
      case ActivityResult.Failed(var code, var message, var report) ->
          unlessStopped(new StepFailed(seq, code, message, used, report));
      case ActivityResult.Suspended _ -> Optional.empty();
      case ActivityResult.Cancelled() -> stoppedOr("The step stopped though its run did not.");
    };
  }

  private void suspend(Attempt now, ActivityResult.Suspended why) {
    if (why.reason() == ParkReason.PROVIDER) {
      // Before the share is given back: whoever waits for it must not start any more.
      now.watch().refused(why);
      return;
    }
    lock.lock();
    try {
      suspension = why;
    } finally {
      lock.unlock();
    }
  }

  /// Why its last body could not go on, once that body has ended; said once.
  Optional<ActivityResult.Suspended> takeSuspension() {
    lock.lock();
    try {
      var why = suspension;
      suspension = null;
      return Optional.ofNullable(why);
    } finally {
      lock.unlock();
    }
  }

  private Optional<SettledEntry> stoppedOr(String message) {
    return unlessStopped(new StepFailed(seq, "cancelled", message, usage(), NO_REPORT));
  }

  /// A body may take its stop for a fault: an interrupted read looks like a broken disk. Such a
  /// failure must not become the step's outcome for ever, so the step stays open, and a resume
  /// starts it again (D22).
  private Optional<SettledEntry> unlessStopped(StepFailed failure) {
    return stops.pausing().isCancelled() ? Optional.empty() : Optional.of(failure);
  }

  /// Takes an order, unless the step has ended or has one already: its body is told to stop, and
  /// who finds it over asks [#conclude] what is to become of it.
  boolean accept(StepOrder wanted) {
    lock.lock();
    try {
      if (concluded || order != null) {
        return false;
      }
      order = wanted;
    } finally {
      lock.unlock();
    }
    own.cancel();
    return true;
  }

  /// Whether a body works on it, or did.
  boolean hasBegun() {
    lock.lock();
    try {
      return attempt != null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it ended with a value.
  boolean hasValue() {
    lock.lock();
    try {
      return value;
    } finally {
      lock.unlock();
    }
  }

  boolean hasOrder() {
    lock.lock();
    try {
      return order != null;
    } finally {
      lock.unlock();
    }
  }

  /// The body is over, or is waited for no longer. From now on the step takes no order.
  ///
  /// @param end what it came to; empty if it came to nothing
  Conclusion conclude(Optional<SettledEntry> end) {
    lock.lock();
    try {
      if (concluded) {
        return new Conclusion.Before();
      }
      concluded = true;
      value = order == null && end.isPresent() && end.get() instanceof StepCompleted;
      settled = true;
      if (attempt != null) {
        attempt.share().settle();
      }
      return order == null ? new Conclusion.Own() : new Conclusion.Ordered(order);
    } finally {
      lock.unlock();
    }
  }

  /// Whose word counts at the end of a body.
  sealed interface Conclusion {

    /// Its own.
    record Own() implements Conclusion {}

    /// That of somebody who gave an order.
    record Ordered(StepOrder order) implements Conclusion {}

    /// Nobody's any more.
    record Before() implements Conclusion {}
  }

  /// How a step ends that does not run, or not again.
  SettledEntry failed(String code, String message) {
    return new StepFailed(seq, code, message, usage(), NO_REPORT);
  }

  /// Where a defect came from, for those who mend it. A script never sees it.
  private static String report(Throwable defect) {
    var trace = defect.getStackTrace();
    var place = trace.length == 0 ? "an unknown place" : trace[0].toString();
    var text = defect.getClass().getName() + " at " + place;
    return "{\"defect\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  private void begin(Attempt now) {
    lock.lock();
    try {
      attempt = now;
      settled = false;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the charging: what a body charges after its end is nobody's.
  private Map<String, Long> close(Reservation share) {
    lock.lock();
    try {
      settled = true;
      share.settle();
      return Map.copyOf(usage);
    } finally {
      lock.unlock();
    }
  }

  /// What the step has used so far.
  Map<String, Long> usage() {
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
    return new EitherToken(own, stops.cancellation());
  }

  @Override
  public CancellationToken pausing() {
    return new EitherToken(own, stops.pausing());
  }

  @Override
  public int restarts() {
    return restarts;
  }

  @Override
  public void charge(Map<String, Long> amounts) {
    amounts.forEach(Step::checkAmount);
    lock.lock();
    try {
      // In line for the journal before the step can end: no charge comes after the entry that sums
      // them up.
      if (!settled && attempt != null && counts(attempt, amounts)) {
        add(amounts);
        attempt.share().charge(amounts);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean counts(Attempt now, Map<String, Long> amounts) {
    return !amounts.isEmpty() && now.watch().spent(new StepSpent(seq, amounts));
  }

  private static void checkAmount(String unit, long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException(
          "charge of " + amount + " " + unit + " must not be negative");
    }
  }

  @Override
  public Allowance allowance() {
    return begun().share().allowance();
  }

  @Override
  public Allowance claim(Map<String, Long> most) {
    return begun().share().claim(most);
  }

  @Override
  public Optional<String> memo(int earlier) {
    return begun().watch().memo(earlier);
  }

  @Override
  public Session session() {
    var watch = begun().watch();
    lock.lock();
    try {
      if (session == null) {
        session = watch.session(seq, restarts);
      }
      return session;
    } finally {
      lock.unlock();
    }
  }

  private Attempt begun() {
    lock.lock();
    try {
      if (attempt == null) {
        throw new IllegalStateException("step " + seq + " has not begun");
      }
      return attempt;
    } finally {
      lock.unlock();
    }
  }
}
