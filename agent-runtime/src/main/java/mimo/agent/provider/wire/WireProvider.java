package mimo.agent.provider.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.http.HttpReply;
import mimo.agent.provider.retry.RetryAfter;
import mimo.agent.provider.retry.Tried;
import mimo.agent.provider.wire.Protocol.Ending;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// A provider reached over HTTP by some protocol. Thread-safe.
final class WireProvider implements Provider {

  private static final int BAD_REQUEST = 400;

  private final ProviderEndpoint endpoint;
  private final Protocol protocol;
  private final Wire wire;
  private final Faults faults;
  private final URI url;

  WireProvider(ProviderEndpoint endpoint, Protocol protocol, Wire wire) {
    this.endpoint = endpoint;
    this.protocol = protocol;
    this.wire = wire;
    this.faults = new Faults(endpoint, protocol.path());
    this.url = URI.create(endpoint.baseUrl().toString().replaceAll("/+$", "") + protocol.path());
  }

  @Override
  public String id() {
    return endpoint.id();
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    return wire.retries()
        .run(() -> attempt(request, listener, cancellation), listener, cancellation);
  }

  /// One try, or two where the refusal of the first has taught the protocol to ask otherwise.
  private Tried attempt(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    var json = protocol.write(request);
    var tried = ask(post(json), request, listener, cancellation);
    if (!(tried instanceof Tried.Hopeless)) {
      return tried;
    }
    var otherwise = protocol.write(request);
    return otherwise.equals(json) ? tried : ask(post(otherwise), request, listener, cancellation);
  }

  private HttpPost post(String json) {
    return new HttpPost(url, endpoint.key(), protocol.manner(), json, endpoint.patience());
  }

  private Tried ask(
      HttpPost post, ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    try (var reply = wire.http().post(post, cancellation)) {
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
    var whole = new ReplyBuilder("call_" + request.messages().size() + "_");
    try {
      var events = new EventReader(reply.body(), protocol.parser());
      Optional<ModelEvent> next = events.next();
      while (next.isPresent() && !(next.get() instanceof ModelEvent.Done)) {
        stopIfCancelled(token);
        if (next.get() instanceof ModelEvent.Refused(var error)) {
          return faults.refusedInStream(error, request.model());
        }
        if (next.get() instanceof ModelEvent.WebPage) {
          return faults.webPage();
        }
        take(next.get(), whole, listener);
        next = events.next();
      }
      stopIfCancelled(token);
      return ended(whole, request.model());
    } catch (IOException failure) {
      stopIfCancelled(token);
      return faults.broke(failure);
    }
  }

  private static void take(ModelEvent event, ReplyBuilder whole, StreamListener listener) {
    switch (event) {
      case ModelEvent.Text(var delta) -> {
        whole.text(delta);
        listener.text(delta);
      }
      case ModelEvent.Reasoning(var delta) -> {
        whole.reasoning(delta);
        listener.reasoning(delta);
      }
      case ModelEvent.Sealed(var seal) -> whole.seal(seal);
      case ModelEvent.ToolCallPart part -> whole.toolCall(part);
      case ModelEvent.Finished(var reason) -> whole.finished(reason);
      case ModelEvent.Used(var usage) -> whole.used(usage);
      case ModelEvent.Refused _, ModelEvent.WebPage _, ModelEvent.Done _ -> {}
    }
  }

  /// The end of the body ends a reply only behind the protocol's own word for it (A16).
  private Tried ended(ReplyBuilder whole, String model) {
    var reason = whole.finish();
    if (reason == null) {
      return faults.unfinished("it ended without " + protocol.terminal());
    }
    return switch (protocol.ending(reason)) {
      case Ending.Usable(var finish) -> new Tried.Answered(whole.build(finish));
      case Ending.Broken _ -> faults.unfinished("the model was stopped by '" + reason + "'");
      case Ending.Overflow _ -> faults.overflowed(model);
    };
  }

  private Tried refusal(HttpReply reply, ModelRequest request, CancellationToken cancellation)
      throws InterruptedException {
    var error = error(reply, cancellation);
    if (reply.status() == BAD_REQUEST) {
      protocol.refused(request.model(), error);
    }
    return faults.refused(reply.status(), error, request.model(), retryAfter(reply));
  }

  private ProviderError error(HttpReply reply, CancellationToken cancellation)
      throws InterruptedException {
    var location = reply.header("Location");
    if (location.isPresent()) {
      return new ProviderError(0, "", "it leads to " + Faults.target(location.get(), url));
    }
    try {
      return ProviderError.read(reply.refusal());
    } catch (IOException _) {
      // The status says enough.
      stopIfCancelled(cancellation);
      return new ProviderError(0, "", "");
    }
  }

  private @Nullable Duration retryAfter(HttpReply reply) {
    return reply
        .header("retry-after-ms")
        .flatMap(RetryAfter::ofMillis)
        .or(() ->
            reply.header("Retry-After").flatMap(at -> RetryAfter.of(at, wire.clock().instant())))
        .orElse(null);
  }

  private static void stopIfCancelled(CancellationToken cancellation) throws InterruptedException {
    if (cancellation.isCancelled() || Thread.interrupted()) {
      throw new InterruptedException("cancelled while a model was speaking");
    }
  }
}
