package mimo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mimo.engine.journal.JournalEntry.RunWaited;
import org.jspecify.annotations.Nullable;

/// The stretches in which a run can do nothing but wait (D52): its time stands still (L102), and
/// where nobody watches it parks. Guarded by the lock of its [Waits].
final class Rest {

  private final InstantSource clock;
  private final Attendance attendance;
  private final Deadline deadline;
  private final StopSignal stop;
  private final EventDispatcher events;
  private final List<RunWaited> over = new ArrayList<>();
  private @Nullable Instant since;
  private boolean detached;

  Rest(EnginePorts ports, Deadline deadline, StopSignal stop, EventDispatcher events) {
    this.clock = ports.clock();
    this.attendance = ports.waiting().attendance();
    this.deadline = deadline;
    this.stop = stop;
    this.events = events;
  }

  /// From now on the run is left to itself.
  void detach() {
    detached = true;
  }

  /// All that is open waits.
  ///
  /// @param waits what ends first comes first
  void begin(List<Wait> waits) {
    if (since == null) {
      since = now();
      deadline.stop();
    }
    events.rests(new Standstill(waits.stream().map(Wait::cause).toList()));
    if (parks(waits.getFirst().due())) {
      // The caller may be the journal's thread.
      stop.requestWithoutWaiting(new StopReason.AtRest());
    }
  }

  /// What ends soon is waited for: to start a process again takes time, too.
  private boolean parks(@Nullable Instant first) {
    if (detached) {
      return true;
    }
    return attendance == Attendance.UNATTENDED
        && (first == null || first.isAfter(clock.instant().plus(EngineLimits.SHORT_WAIT)));
  }

  /// Something goes on.
  void end() {
    var began = since;
    if (began == null) {
      return;
    }
    since = null;
    note(began);
    deadline.start();
    events.rests(new Standstill(List.of()));
  }

  private void note(Instant began) {
    var now = now();
    if (Duration.between(began, now).compareTo(EngineLimits.SHORTEST_REST) >= 0) {
      over.add(new RunWaited(began, now));
    }
  }

  /// The stretches that are over and not written down, and the one that goes on, up to now.
  List<RunWaited> take() {
    if (since != null) {
      note(since);
      since = now();
    }
    var taken = List.copyOf(over);
    over.clear();
    return taken;
  }

  /// Why a run parks that waits for all of these: people first, for they must act.
  Parking parking(List<Wait> waits) {
    var until = waits.stream().map(Wait::due).filter(Objects::nonNull).findFirst().orElse(null);
    var questions =
        waits.stream()
            .filter(Wait.Question.class::isInstance)
            .map(Wait.Question.class::cast)
            .map(asks -> new Parking.Asking(asks.seq(), asks.gate().question()))
            .toList();
    if (!questions.isEmpty()) {
      return Parking.at(questions, until);
    }
    for (var wait : waits) {
      if (wait instanceof Wait.Limit(_, var why, _)) {
        return new Parking(why.reason(), why.code(), why.message(), until);
      }
    }
    return new Parking(ParkReason.TIMER, "waits_for_time", "It waits until " + until + ".", until);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
