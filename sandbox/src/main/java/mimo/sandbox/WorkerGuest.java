package mimo.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.sandbox.protocol.Frame;

/// The guest in a worker process. Confined to one thread.
final class WorkerGuest implements Guest {

  private final WorkerLink link;
  private final SandboxLimits limits;
  private final Set<Integer> open = new HashSet<>();
  private int calls;
  private boolean ended;

  WorkerGuest(WorkerLink link, SandboxLimits limits) {
    this.link = link;
    this.limits = limits;
  }

  void launch(GuestLaunch launch) {
    launch.library().forEach(file -> link.send(new Frame.Library(file)));
    link.deliver(
        new Frame.Start(
            new GuestLaunch(
                List.of(),
                launch.arguments(),
                launch.settings(),
                launch.seed(),
                launch.clock(),
                launch.spent())));
  }

  @Override
  public GuestEvent next() throws InterruptedException {
    if (ended) {
      throw new IllegalStateException("the guest has ended");
    }
    return switch (link.next()) {
      case Frame.Idle(_, var waiting) -> new GuestEvent.Idle(waiting);
      case Frame.Told(GuestEvent.Called called) -> opened(called);
      case Frame.Told(GuestEvent.Finished finished) -> end(finished);
      case Frame.Told(GuestEvent.Failed failed) -> end(failed);
      case Frame.Told(var event) -> event;
      case Frame.Ready _, Frame.Judged _, Frame.Erased _ ->
          throw link.broken("the worker starts over");
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
    link.deliver(new Frame.Settle(call, ValueCaps.within(limits, settlement)));
  }
}
