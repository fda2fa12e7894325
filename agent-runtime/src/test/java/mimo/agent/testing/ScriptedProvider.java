package mimo.agent.testing;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;

/// A model that gives the replies it was given, in order, and keeps every request. It refuses a
/// conversation in which a tool call has no answer, an answer no call, or an id is used twice.
/// Thread-safe.
public final class ScriptedProvider implements Provider {

  /// What every scripted reply is said to use.
  public static final TokenUsage USAGE = new TokenUsage(100, 10, 2, 40);

  private interface Act {
    ModelReply play(StreamListener listener, CancellationToken cancellation)
        throws InterruptedException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Act> acts = new ArrayDeque<>();
  private final List<ModelRequest> requests = new ArrayList<>();
  private final CountDownLatch waiting = new CountDownLatch(1);

  @Override
  public String id() {
    return "scripted";
  }

  /// Then it says `text` and is done.
  public ScriptedProvider says(String text) {
    return replies(Finish.STOP, new Content.Text(text));
  }

  /// Then it says `text`, once the gate is open, and is done.
  public ScriptedProvider saysAfter(CountDownLatch gate, String text) {
    return plays((_, _) -> {
      gate.await();
      return new ModelReply.Completed(List.of(new Content.Text(text)), Finish.STOP, USAGE);
    });
  }

  /// Then it calls a tool; the call's id is `id`.
  public ScriptedProvider calls(String id, String tool, String arguments) {
    return replies(Finish.TOOL_CALLS, new Content.ToolCall(id, tool, arguments));
  }

  /// Then it replies with all of `content`.
  public ScriptedProvider replies(Finish finish, Content... content) {
    return plays((_, _) -> new ModelReply.Completed(List.of(content), finish, USAGE));
  }

  /// Then it fails.
  public ScriptedProvider fails(String code, String message) {
    return plays((_, _) -> new ModelReply.Faulted(code, message));
  }

  /// Then it fails, and asking again has sense from that time on.
  public ScriptedProvider limits(Instant until) {
    return plays((_, _) -> new ModelReply.Faulted("usage_limit", "come back later", until));
  }

  /// Then its stream breaks after `heard`, and the same request is tried again by the next act.
  public ScriptedProvider breaksAfter(String heard) {
    return plays((listener, cancellation) -> {
      listener.reasoning("hm");
      listener.text(heard);
      listener.restarted("cut", java.time.Duration.ofMillis(5));
      return next().play(listener, cancellation);
    });
  }

  /// Then it streams the text in pieces and is done.
  public ScriptedProvider streams(String... pieces) {
    return plays((listener, _) -> {
      for (var piece : pieces) {
        listener.text(piece);
      }
      return new ModelReply.Completed(
          List.of(new Content.Text(String.join("", pieces))), Finish.STOP, USAGE);
    });
  }

  /// Then it says nothing until it is cancelled.
  public ScriptedProvider hangs() {
    return plays((listener, cancellation) -> {
      listener.text("thinking");
      var cancelled = new CountDownLatch(1);
      try (var _ = cancellation.onCancel(cancelled::countDown)) {
        waiting.countDown();
        cancelled.await();
      }
      throw new InterruptedException("cancelled");
    });
  }

  /// Forgets what it has not said yet.
  public void drain() {
    lock.lock();
    try {
      acts.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until a [#hangs] act has begun.
  public void awaitHanging() throws InterruptedException {
    waiting.await();
  }

  /// Every request so far.
  public List<ModelRequest> requests() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  /// This model as a resolver would give it, free of charge.
  public Resolution.Resolved resolved() {
    return resolved(Price.FREE);
  }

  /// This model at a price.
  public Resolution.Resolved resolved(Price price) {
    return new Resolution.Resolved(this, "model", price);
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    check(request.messages());
    lock.lock();
    try {
      requests.add(request);
    } finally {
      lock.unlock();
    }
    return next().play(listener, cancellation);
  }

  private ScriptedProvider plays(Act act) {
    lock.lock();
    try {
      acts.add(act);
      return this;
    } finally {
      lock.unlock();
    }
  }

  private Act next() {
    lock.lock();
    try {
      var act = acts.poll();
      if (act == null) {
        throw new AssertionError("the script of the model is over; request " + requests.size());
      }
      return act;
    } finally {
      lock.unlock();
    }
  }

  private static void check(List<Message> messages) {
    var ids = new HashSet<String>();
    for (int i = 0; i < messages.size(); i++) {
      var calls = new ArrayList<String>();
      if (messages.get(i) instanceof Message.Model(var content)) {
        for (var piece : content) {
          if (piece instanceof Content.ToolCall call) {
            calls.add(call.id());
          }
        }
      }
      if (!calls.isEmpty() || (i + 1 < messages.size() && isTools(messages.get(i + 1)))) {
        var answered =
            i + 1 < messages.size() && messages.get(i + 1) instanceof Message.Tools(var answers)
                ? answers.stream().map(Message.ToolAnswer::call).toList()
                : List.of();
        if (!answered.equals(calls)) {
          throw new AssertionError("calls " + calls + " are answered by " + answered);
        }
      }
      for (var id : calls) {
        if (!ids.add(id)) {
          throw new AssertionError("the id " + id + " is used twice");
        }
      }
    }
  }

  private static boolean isTools(Message message) {
    return message instanceof Message.Tools;
  }
}
