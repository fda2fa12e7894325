package mimo.agent;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.AgentEvent.Status;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.StreamListener;
import org.jspecify.annotations.Nullable;

/// Turns one reply's deltas into events in pairs (A10). Thread-safe.
///
/// A repeated try ends what was begun as aborted; [#close] ends whatever is open then, so every
/// start has its end however the request went.
final class StepEvents implements StreamListener, AutoCloseable {

  private record Waiting(String reason, long since) {}

  private final Consumer<AgentEvent> events;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable StringBuilder text;
  private @Nullable StringBuilder reasoning;
  private @Nullable Waiting waiting;

  StepEvents(Consumer<AgentEvent> events, LongSupplier nanos) {
    this.events = events;
    this.nanos = nanos;
  }

  @Override
  public void text(String delta) {
    locked(() -> {
      endWaiting();
      if (text == null) {
        text = new StringBuilder();
        events.accept(new AgentEvent.TextStart());
      }
      text.append(delta);
      events.accept(new AgentEvent.TextDelta(delta));
    });
  }

  @Override
  public void reasoning(String delta) {
    locked(() -> {
      endWaiting();
      if (reasoning == null) {
        reasoning = new StringBuilder();
        events.accept(new AgentEvent.ReasoningStart());
      }
      reasoning.append(delta);
      events.accept(new AgentEvent.ReasoningDelta(delta));
    });
  }

  @Override
  public void restarted(String reason, Duration delay) {
    locked(() -> {
      endAll(Status.ABORTED);
      waiting = new Waiting(reason, nanos.getAsLong());
      events.accept(new AgentEvent.RetryStart(reason, delay));
    });
  }

  /// The reply is whole: its words replace what was pieced together from deltas.
  void completed(ModelReply.Completed reply) {
    var said = Content.words(reply.content(), Content.Text.class);
    var thought = Content.words(reply.content(), Content.Reasoning.class);
    locked(() -> {
      endWaiting();
      if (!thought.isEmpty() && reasoning == null) {
        events.accept(new AgentEvent.ReasoningStart());
      }
      if (!thought.isEmpty() || reasoning != null) {
        reasoning = null;
        events.accept(new AgentEvent.ReasoningEnd(thought, Status.OK));
      }
      if (!said.isEmpty() && text == null) {
        events.accept(new AgentEvent.TextStart());
      }
      if (!said.isEmpty() || text != null) {
        text = null;
        events.accept(new AgentEvent.TextEnd(said, Status.OK));
      }
    });
  }

  @Override
  public void close() {
    locked(() -> endAll(Status.ABORTED));
  }

  private void endAll(Status status) {
    endWaiting();
    if (reasoning != null) {
      events.accept(new AgentEvent.ReasoningEnd(reasoning.toString(), status));
      reasoning = null;
    }
    if (text != null) {
      events.accept(new AgentEvent.TextEnd(text.toString(), status));
      text = null;
    }
  }

  private void endWaiting() {
    if (waiting != null) {
      var waited = Duration.ofNanos(nanos.getAsLong() - waiting.since());
      events.accept(new AgentEvent.RetryEnd(waiting.reason(), waited));
      waiting = null;
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
