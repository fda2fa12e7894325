package mimo.agent.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.TurnWatch;
import mimo.agent.message.Message;

/// What one agent of a workflow has heard and said, for itself to look back at: it has no session
/// of its own in the store (K17, K22). Looks on while the agent works, and passes on what it sees.
/// Thread-safe.
public final class OwnMessages implements TurnWatch {

  private final ReentrantLock lock = new ReentrantLock();
  private final String session;
  private final InstantSource clock;
  private final TurnWatch next;
  private final List<Heard> all = new ArrayList<>();

  /// What its model is sent now; told apart by what they are, not by what they say.
  private Set<Message> sent = Set.of();

  /// A message.
  ///
  /// @param at when this process had it first
  record Heard(Message message, Instant at) {}

  /// @param session what it is called here: its run and step
  /// @param next looks on, too
  public OwnMessages(String session, InstantSource clock, TurnWatch next) {
    this.session = session;
    this.clock = clock;
    this.next = next;
  }

  /// Everything.
  List<Said> said() {
    lock.lock();
    try {
      return Said.of(session, all);
    } finally {
      lock.unlock();
    }
  }

  /// What its model does not see any more.
  List<Said> past() {
    lock.lock();
    try {
      return Said.of(session, all).stream()
          .filter(said -> !sent.contains(all.get(said.number() - 1).message()))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stepped(Sight sight) {
    hear(sight);
    next.stepped(sight);
  }

  @Override
  public void ended(Sight sight, Ending how) {
    next.ended(sight, how);
  }

  private void hear(Sight sight) {
    lock.lock();
    try {
      var said = sight.said();
      var at = clock.instant();
      // An attempt that begins anew begins with nothing.
      int same = 0;
      while (same < Math.min(all.size(), said.size())
          && all.get(same).message().equals(said.get(same))) {
        same++;
      }
      all.subList(same, all.size()).clear();
      said.subList(same, said.size()).forEach(message -> all.add(new Heard(message, at)));
      Set<Message> now = Collections.newSetFromMap(new IdentityHashMap<>());
      now.addAll(sight.request().messages());
      sent = now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rearm() {
    next.rearm();
  }

  @Override
  public boolean await(Duration time) {
    return next.await(time);
  }
}
