package mimo.agent.provider.openai;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.http.HttpReply;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.retry.RetryAfter;
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.provider.retry.Tried;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// A provider that speaks chat completions, streamed. Thread-safe.
final class ChatCompletionsProvider implements Provider {

  private final ProviderEndpoint endpoint;
  private final HttpTransport http;
  private final RetryLoop retries;
  private final InstantSource clock;
  private final ChatRequestWriter writer;
  private final ChatFaults faults;
  private final URI url;

  ChatCompletionsProvider(
      ProviderEndpoint endpoint, HttpTransport http, RetryLoop retries, InstantSource clock) {
    this.endpoint = endpoint;
    this.http = http;
    this.retries = retries;
    this.clock = clock;
    this.writer = new ChatRequestWriter(endpoint.dialect());
    this.faults = new ChatFaults(endpoint);
    this.url =
        URI.create(endpoint.baseUrl().toString().replaceAll("/+$", "") + "/chat/completions");
  }

  @Override
  public String id() {
    return endpoint.id();
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    var post = new HttpPost(url, endpoint.key(), writer.write(request), endpoint.patience());
    return retries.run(() -> ask(post, request, listener, cancellation), listener, cancellation);
  }

  /// One try.
  private Tried ask(
      HttpPost post, ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    try (var reply = http.post(post, cancellation)) {
      return reply.status() >= 200 && reply.status() < 300
          ? listen(reply, request, listener, cancellation)
          : refusal(reply, request, cancellation);
    } catch (IOException failure) {
      stopIfCancelled(cancellation);
      return faults.unreachable(failure);
    }
  }

  private Tried listen(
      HttpReply reply, ModelRequest request, StreamListener listener, CancellationToken token)
      throws InterruptedException {
    var whole = new ChatReplyBuilder("call_" + request.messages().size() + "_");
    try {
      var events = new ChatEventReader(reply.body());
      Optional<ChatEvent> next = events.next();
      while (next.isPresent() && !(next.get() instanceof ChatEvent.Done)) {
        stopIfCancelled(token);
        if (next.get() instanceof ChatEvent.Refused(var error)) {
          return faults.refusedInStream(error, request.model());
        }
        if (next.get() instanceof ChatEvent.WebPage) {
          return faults.webPage();
        }
        take(next.get(), whole, listener);
        next = events.next();
      }
      stopIfCancelled(token);
      return ended(whole);
    } catch (IOException failure) {
      stopIfCancelled(token);
      return faults.broke(failure);
    }
  }

  private static void take(ChatEvent event, ChatReplyBuilder whole, StreamListener listener) {
    switch (event) {
      case ChatEvent.Text(var delta) -> {
        whole.text(delta);
        listener.text(delta);
      }
      case ChatEvent.Reasoning(var delta) -> {
        whole.reasoning(delta);
        listener.reasoning(delta);
      }
      case ChatEvent.ToolCallPart part -> whole.toolCall(part);
      case ChatEvent.Finished(var reason) -> whole.finished(reason);
      case ChatEvent.Used(var usage) -> whole.used(usage);
      case ChatEvent.Refused _, ChatEvent.WebPage _, ChatEvent.Done _ -> {}
    }
  }

  /// `[DONE]` or the end of the body ends a reply only behind a finish reason (A16).
  private Tried ended(ChatReplyBuilder whole) {
    var finish = whole.finish();
    if (finish == null) {
      return faults.unfinished("it ended without a finish reason");
    }
    return switch (finish) {
      case "error", "insufficient_system_resource" ->
          faults.unfinished("the model was stopped by '" + finish + "'");
      default -> new Tried.Answered(whole.build());
    };
  }

  private Tried refusal(HttpReply reply, ModelRequest request, CancellationToken cancellation)
      throws InterruptedException {
    return faults.refused(
        reply.status(), error(reply, cancellation), request.model(), retryAfter(reply));
  }

  private ChatError error(HttpReply reply, CancellationToken cancellation)
      throws InterruptedException {
    var location = reply.header("Location");
    if (location.isPresent()) {
      return new ChatError(0, "", "it leads to " + ChatFaults.target(location.get(), url));
    }
    try {
      return ChatError.read(reply.refusal());
    } catch (IOException _) {
      // The status says enough.
      stopIfCancelled(cancellation);
      return new ChatError(0, "", "");
    }
  }

  private @Nullable Duration retryAfter(HttpReply reply) {
    return reply
        .header("retry-after-ms")
        .flatMap(RetryAfter::ofMillis)
        .or(() -> reply.header("Retry-After").flatMap(at -> RetryAfter.of(at, clock.instant())))
        .orElse(null);
  }

  private static void stopIfCancelled(CancellationToken cancellation) throws InterruptedException {
    if (cancellation.isCancelled() || Thread.interrupted()) {
      throw new InterruptedException("cancelled while a model was speaking");
    }
  }
}
