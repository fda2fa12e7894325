package mimo.cli.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;

/// What a turn does, until the screen comes to it. Thread-safe.
///
/// Whoever tells something never waits. Pieces of a text that nobody has taken yet become one, so
/// that a slow terminal holds up neither the agent nor the memory; starts and ends are all kept
/// (A11).
final class Inbox implements Consumer<AgentEvent> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<AgentEvent> events = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();

  @Override
  public void accept(AgentEvent event) {
    lock.lock();
    try {
      switch (event) {
        case AgentEvent.TextDelta(var more) -> text.append(more);
        case AgentEvent.ReasoningDelta _ -> {
          // The thoughts are shown as a state, not in words.
        }
        case AgentEvent other -> {
          endText();
          events.add(other);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void endText() {
    if (!text.isEmpty()) {
      events.add(new AgentEvent.TextDelta(text.toString()));
      text.setLength(0);
    }
  }

  /// Takes everything out.
  List<AgentEvent> take() {
    lock.lock();
    try {
      endText();
      var taken = new ArrayList<>(events);
      events.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
