package mimo.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.sandbox.protocol.Frame;

/// One guest in a worker process. Confined to one thread.
final class WorkerGuest implements Guest {

  private final WorkerLink link;
  private final SandboxLimits limits;
  private final int number;
  private final Set<Integer> open = new HashSet<>();
  private int calls;
  private boolean ended;

  /// @param number what the worker knows this guest by
  WorkerGuest(WorkerLink link, SandboxLimits limits, int number) {
    this.link = link;
    this.limits = limits;
    this.number = number;
  }

  void launch(GuestLaunch launch) {
    launch.library().forEach(link::shelve);
    var names = launch.library().stream().map(ScriptSource::name).toList();
    link.deliver(new Frame.Start(number, names, launch.withLibrary(List.of())));
  }

  @Override
  public GuestEvent next() throws InterruptedException {
    if (ended) {
      throw new IllegalStateException("the guest has ended");
    }
    return switch (link.next()) {
      case Frame.Idle idle -> new GuestEvent.Idle(idle.waiting());
      case Frame.Told told -> told(told.guest(), told.event());
      case Frame.Ready _, Frame.Judged _, Frame.Erased _ ->
          throw link.broken("the worker starts over");
    };
  }

  private GuestEvent told(int guest, GuestEvent event) {
    if (guest != number) {
      throw link.broken("guest %d speaks in the turn of guest %d".formatted(guest, number));
    }
    return switch (event) {
      case GuestEvent.Called called -> opened(called);
      case GuestEvent.Finished finished -> end(finished);
      case GuestEvent.Failed failed -> end(failed);
      case GuestEvent.Noted noted -> noted;
      case GuestEvent.Idle idle -> idle;
    };
  }

  private GuestEvent opened(GuestEvent.Called called) {
    calls++;
    if (called.call() != calls) {
      throw link.broken("call %d comes after call %d".formatted(called.call(), calls - 1));
    }
    open.add(calls);
    return called;
  }

  private GuestEvent end(GuestEvent last) {
    ended = true;
    link.ended();
    return last;
  }

  @Override
  public void settle(int call, Settlement settlement) {
    if (!open.remove(call)) {
      throw new IllegalArgumentException("call " + call + " is not open");
    }
    link.deliver(new Frame.Settle(number, call, ValueCaps.within(limits, settlement)));
  }
}
