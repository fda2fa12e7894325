package mimo.agent.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.mcp.rpc.RpcException.Kind;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Asks questions over a channel, finds their answers, and answers what is asked. Thread-safe.
public final class RpcPeer implements RpcChannel.Receiver, AutoCloseable {

  private final RpcChannel channel;
  private final Respondent respondent;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicInteger unasked = new AtomicInteger();
  private final AtomicInteger malformed = new AtomicInteger();
  private volatile @Nullable String ended;

  /// What the other end may ask and tell.
  public interface Respondent {

    /// The answer to a question; null if there is no such method. Must be quick.
    @Nullable JsonNode answer(String method, ObjectNode params);

    /// Hears what is told. Must be quick.
    void told(String method, ObjectNode params);
  }

  /// A question that waits for its answer.
  private record Pending(CompletableFuture<JsonNode> answer, AtomicLong heard) {}

  /// How long an answer may take.
  ///
  /// @param silence without a sign of life
  /// @param most in any case
  public record Patience(Duration silence, Duration most) {
    public static Patience of(Duration silence) {
      return new Patience(silence, silence);
    }
  }

  /// Begins to listen.
  public RpcPeer(RpcChannel channel, Respondent respondent) {
    this.channel = channel;
    this.respondent = respondent;
    channel.open(this);
  }

  /// Whether nobody is there any more.
  public boolean isOver() {
    return ended != null;
  }

  /// Lines that came and were no messages.
  public int malformed() {
    return malformed.get();
  }

  /// Asks, and waits for the answer.
  ///
  /// @throws InterruptedException if cancelled; the other end is told
  public JsonNode ask(
      String method, ObjectNode params, Patience patience, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    long id = asked.incrementAndGet();
    if (!patience.most().equals(patience.silence())) {
      params.withObject("/_meta").put("progressToken", id);
    }
    var question = new RpcMessage.Request(JsonNodeFactory.instance.numberNode(id), method, params);
    var waiting = new Pending(new CompletableFuture<>(), new AtomicLong(System.nanoTime()));
    pending.put(id, waiting);
    try (var _ = cancellation.onCancel(() -> waiting.answer().cancel(false))) {
      refuseIfOver();
      channel.send(question);
      return await(waiting, method, patience);
    } catch (IOException unsent) {
      throw new RpcException(Kind.CLOSED, String.valueOf(unsent.getMessage()));
    } catch (CancellationException cancelled) {
      giveUp(question, "cancelled");
      throw new InterruptedException("cancelled while waiting for " + method);
    } catch (InterruptedException cancelled) {
      giveUp(question, "cancelled");
      throw cancelled;
    } catch (RpcException failed) {
      if (failed.kind() == Kind.TIMED_OUT) {
        giveUp(question, "timed out");
      }
      throw failed;
    } finally {
      pending.remove(id);
    }
  }

  private void refuseIfOver() throws RpcException {
    var why = ended;
    if (why != null) {
      throw new RpcException(Kind.CLOSED, why);
    }
  }

  private static JsonNode await(Pending waiting, String method, Patience patience)
      throws RpcException, InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      long left =
          Math.min(
              waiting.heard().get() + patience.silence().toNanos() - now,
              begun + patience.most().toNanos() - now);
      try {
        return waiting.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RpcException why
            ? why
            : new RpcException(Kind.CLOSED, String.valueOf(failed.getCause()));
      } catch (TimeoutException maybe) {
        if (left <= 0) {
          throw new RpcException(
              Kind.TIMED_OUT,
              "no answer to %s within %d s".formatted(method, patience.silence().toSeconds()));
        }
      }
    }
  }

  private void giveUp(RpcMessage.Request question, String reason) {
    channel.abandon(question);
    var told = Json.object().put("reason", reason);
    told.set("requestId", question.id());
    // Whoever gives up has waited long enough.
    Thread.ofVirtual().name("mcp-cancel").start(() -> tell("notifications/cancelled", told));
  }

  /// Tells something; whether anybody hears it nobody learns.
  public void tell(String method, ObjectNode params) {
    send(new RpcMessage.Notification(method, params));
  }

  private void send(RpcMessage message) {
    try {
      channel.send(message);
    } catch (IOException gone) {
      over(String.valueOf(gone.getMessage()));
    }
  }

  @Override
  public void received(RpcMessage message) {
    switch (message) {
      case RpcMessage.Result(var id, var result) -> answered(id, result);
      case RpcMessage.Fault(var id, var code, var words) ->
          failed(id, new RpcException(Kind.REFUSED, words + " (" + code + ")"));
      case RpcMessage.Request(var id, var method, var params) -> {
        countUnasked();
        asked(id, method, params);
      }
      case RpcMessage.Notification(var method, var params) -> {
        if (!isProgress(method, params)) {
          countUnasked();
          respondent.told(method, params);
        }
      }
      case RpcMessage.Malformed _ -> {
        if (malformed.incrementAndGet() > McpLimits.MALFORMED) {
          over("it sent more than %d lines that are no messages".formatted(malformed.get() - 1));
        }
      }
    }
  }

  private void asked(JsonNode id, String method, ObjectNode params) {
    var answer = respondent.answer(method, params);
    send(
        answer == null
            ? new RpcMessage.Fault(id, RpcMessage.METHOD_NOT_FOUND, "there is no " + method)
            : new RpcMessage.Result(id, answer));
  }

  /// An answer nobody waits for, such as a second one, counts as unasked.
  private void answered(JsonNode id, JsonNode result) {
    var waiting = pending.get(id.asLong());
    if (waiting == null || !waiting.answer().complete(result)) {
      countUnasked();
    } else {
      unasked.set(0);
    }
  }

  private void failed(JsonNode id, RpcException why) {
    var waiting = pending.get(id.asLong());
    if (waiting == null || !waiting.answer().completeExceptionally(why)) {
      countUnasked();
    }
  }

  private boolean isProgress(String method, ObjectNode params) {
    if (!method.equals("notifications/progress")) {
      return false;
    }
    var waiting = pending.get(params.path("progressToken").asLong());
    if (waiting == null) {
      return false;
    }
    waiting.heard().set(System.nanoTime());
    countUnasked();
    return true;
  }

  private void countUnasked() {
    if (unasked.incrementAndGet() > McpLimits.UNASKED) {
      over("it sent more than %d messages nobody asked for".formatted(McpLimits.UNASKED));
    }
  }

  private void over(String why) {
    ended(why);
    channel.close();
  }

  @Override
  public void ended(String why) {
    if (ended == null) {
      ended = why;
    }
    pending
        .values()
        .forEach(each -> each.answer().completeExceptionally(new RpcException(Kind.CLOSED, why)));
  }

  /// Ends the connection.
  @Override
  public void close() {
    over("the connection was closed");
  }
}
