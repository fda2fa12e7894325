package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.engine.CancellationToken.Registration;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.RunWaited;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.TimerFired;
import mimo.engine.scheduling.Timers;
import org.jspecify.annotations.Nullable;

/// What one run waits for that is nobody's work: moments, answers, limits of providers (D51, D53,
/// D54). Thread-safe.
///
/// There is one alarm for all of them, set for the earliest. It goes off now and then before: what
/// counts is the clock on the wall, which may be put forward at any time. What is due ends in the
/// order in which it became due, one after the other; who adds it need not wait for that.
final class Waits {

  private final ReentrantLock lock = new ReentrantLock();

  /// Held while what is due ends: what was due first is in line for the journal first.
  private final ReentrantLock ending = new ReentrantLock();

  private final InstantSource clock;
  private final Timers timers;
  private final Waiting waiting;
  private final Ends ends;
  private final Rest rest;
  private final Map<Integer, Wait> open = new HashMap<>();
  private final TreeSet<Wait> order = new TreeSet<>(Wait.BY_TIME);
  private final Map<Integer, GateAnswer> answers = new HashMap<>();

  /// Steps that nobody wants any more, before they began to wait.
  private final Set<Integer> unwanted = new HashSet<>();

  private @Nullable Registration alarm;
  private @Nullable Instant alarmAt;
  private int awaited = -1;
  private int lastAwaited;
  private boolean stopped;

  /// Who hears of the end of a wait.
  record Ends(Consumer<SettledEntry> settled, Consumer<Step> again) {}

  Waits(EnginePorts ports, Ends ends, Rest rest) {
    this.clock = ports.clock();
    this.timers = ports.timers();
    this.waiting = ports.waiting();
    this.ends = ends;
    this.rest = rest;
  }

  /// What the journal holds of the generation at work: later answers hear of those that counted.
  void remember(List<JournalEntry> past) {
    lock.lock();
    try {
      for (var entry : past) {
        if (entry instanceof GateAnswered(var seq, var answer, _)) {
          answers.putIfAbsent(seq, answer);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Begins to wait. Never waits itself, so the journal's thread may call it.
  void add(List<? extends Wait> more) {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      for (var wait : more) {
        if (unwanted.remove(wait.seq())) {
          // Settling may wait for the journal, which may be the caller.
          Thread.startVirtualThread(() -> abandon(wait.step()));
        } else {
          open.put(wait.seq(), wait);
          order.add(wait);
        }
      }
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// The step's body cannot go on before its provider's limit has ended.
  void suspend(Step step, ActivityResult.Suspended why) {
    var until = why.until();
    var due = until == null ? clock.instant().plus(EngineLimits.PROBE_AFTER) : until;
    add(List.of(new Wait.Limit(step, why, due)));
  }

  /// Nobody wants this step any more: it does not wait, or begins not to.
  ///
  /// @return whether it was waiting
  boolean drop(Step step) {
    lock.lock();
    try {
      if (remove(step.seq()) == null) {
        if (step.request().kind().isWait()) {
          unwanted.add(step.seq());
        }
        return false;
      }
    } finally {
      lock.unlock();
    }
    abandon(step);
    return true;
  }

  private void abandon(Step step) {
    ends.settled().accept(step.failed("abandoned", Bodies.NOBODY_WAITS));
  }

  /// Somebody wants a step stopped that only waits.
  ///
  /// @return whether it was waiting
  boolean stop(Step step, String who, Consumer<SettledEntry> settled) {
    lock.lock();
    try {
      if (remove(step.seq()) == null) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    settled.accept(step.failed("stopped", "Stopped by " + who + "."));
    return true;
  }

  /// A step that a provider's limit holds up is to look what is wanted of it.
  void wake(Step step) {
    lock.lock();
    try {
      if (!(open.get(step.seq()) instanceof Wait.Limit)) {
        return;
      }
      remove(step.seq());
    } finally {
      lock.unlock();
    }
    ends.again().accept(step);
  }

  /// Somebody answers a gate. The first answer that fits counts.
  AnswerReceipt answer(int seq, GateAnswer answer) {
    return answer(seq, answer, ends.settled());
  }

  /// The same, settled in another way.
  AnswerReceipt answer(int seq, GateAnswer answer, Consumer<SettledEntry> settled) {
    var gate = askedGate(seq);
    if (gate != null) {
      // Not under the lock: what a schema asks for may take a while.
      var misfit = waiting.answers().misfit(gate.schema(), answer.value());
      if (misfit.isPresent()) {
        return new AnswerReceipt.Misfit(misfit.get());
      }
    }
    lock.lock();
    try {
      var first = answers.get(seq);
      if (first != null) {
        return new AnswerReceipt.Late(first);
      }
      if (askedGate(seq) == null) {
        return new AnswerReceipt.NoGate();
      }
      answers.put(seq, answer);
      remove(seq);
    } finally {
      lock.unlock();
    }
    settled.accept(new GateAnswered(seq, answer, now()));
    return new AnswerReceipt.Taken();
  }

  /// The gate of that number, if people may answer it.
  private @Nullable Gate askedGate(int seq) {
    lock.lock();
    try {
      return !stopped && open.get(seq) instanceof Wait.Question(_, var gate, _, var foregone)
          ? foregone == null ? gate : null
          : null;
    } finally {
      lock.unlock();
    }
  }

  /// The run's thread has nothing to do before one of its open steps has ended.
  void awaits(int steps) {
    lock.lock();
    try {
      awaited = steps;
      lastAwaited = steps;
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// It goes on.
  void goesOn() {
    lock.lock();
    try {
      awaited = -1;
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// Somebody leaves the run to itself: it parks as soon as it can do nothing but wait.
  void detach() {
    lock.lock();
    try {
      rest.detach();
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// How long the run has rested since this was last asked, stretch by stretch.
  List<RunWaited> takeRests() {
    lock.lock();
    try {
      return rest.take();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing ends any more.
  void stop() {
    lock.lock();
    try {
      stopped = true;
      silence();
    } finally {
      lock.unlock();
    }
  }

  /// Why a run parks that can do nothing but wait. What has ended meanwhile makes it due at once.
  Parking parking() {
    lock.lock();
    try {
      var parking = rest.parking(List.copyOf(order));
      return open.size() < lastAwaited
          ? new Parking(parking.reason(), parking.code(), parking.message(), now())
          : parking;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Wait remove(int seq) {
    var wait = open.remove(seq);
    if (wait != null) {
      order.remove(wait);
      changed();
    }
    return wait;
  }

  private void changed() {
    if (stopped) {
      return;
    }
    // First: whoever hears of a rest may take it for granted that it ends.
    setAlarm();
    if (awaited > 0 && open.size() == awaited) {
      rest.begin(List.copyOf(order));
    } else {
      rest.end();
    }
  }

  private void setAlarm() {
    var due = order.isEmpty() ? null : order.first().due();
    if (due == null) {
      silence();
    } else if (alarmAt == null || !alarmAt.equals(due)) {
      silence();
      alarmAt = due;
      var now = clock.instant();
      // How long it is until the clock shows that time, nobody knows: it may be put forward.
      var delay =
          due.isAfter(now.plus(EngineLimits.CLOCK_CHECK))
              ? EngineLimits.CLOCK_CHECK
              : due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
      alarm = timers.after(delay, this::ring);
    }
  }

  private void silence() {
    if (alarm != null) {
      alarm.close();
    }
    alarm = null;
    alarmAt = null;
  }

  private void ring() {
    ending.lock();
    try {
      // Read once: a clock that is put back meanwhile must not make it look early.
      var now = clock.instant();
      takeDue(now).forEach(wait -> end(wait, now.truncatedTo(ChronoUnit.MILLIS)));
    } finally {
      ending.unlock();
    }
  }

  private List<Wait> takeDue(Instant now) {
    lock.lock();
    try {
      var taken = new ArrayList<Wait>();
      while (!stopped && !order.isEmpty() && isDue(order.first(), now)) {
        var wait = order.removeFirst();
        open.remove(wait.seq());
        taken.add(wait);
      }
      silence();
      changed();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isDue(Wait wait, Instant now) {
    var due = wait.due();
    return due != null && !due.isAfter(now);
  }

  private void end(Wait wait, Instant now) {
    switch (wait) {
      case Wait.Timer(var step, var due) ->
          ends.settled().accept(new TimerFired(step.seq(), due, now));
      case Wait.Question question -> {
        var foregone = question.foregone();
        ends.settled()
            .accept(
                foregone == null
                    ? WaitPlans.withoutAnswer(question.step(), question.gate(), "expiry", now)
                    : foregone);
      }
      case Wait.Limit limit -> ends.again().accept(limit.step());
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
