package mimo.agent.web;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import mimo.engine.CancellationToken;

/// Asks servers of the public internet for pages, as nobody: with no key, cookie or name (A50).
/// Thread-safe.
public final class WebClient {

  private final NameResolver names;
  private final AddressPolicy policy;
  private final SocketFactory sockets;

  /// A client for the public internet.
  public static WebClient ofThePublicInternet() {
    return new WebClient(NameResolver.system(), new PublicAddresses());
  }

  /// @param policy which addresses may be connected to
  public WebClient(NameResolver names, AddressPolicy policy) {
    this(names, policy, new GuardedSockets(policy));
  }

  WebClient(NameResolver names, AddressPolicy policy, SocketFactory sockets) {
    this.names = names;
    this.policy = policy;
    this.sockets = sockets;
  }

  /// The page at `url`, within `limit`.
  ///
  /// @throws InterruptedException if cancelled
  Fetched fetch(FetchUrl url, String accept, Duration limit, CancellationToken cancellation)
      throws InterruptedException {
    var visit = new Visit(new Visit.Ways(names, policy, sockets), accept, limit);
    var outcome = new CompletableFuture<Fetched>();
    try (var _ = cancellation.onCancel(() -> outcome.cancel(false))) {
      // On a thread of its own: looking up a name cannot be interrupted, leaving it can.
      Thread.ofVirtual().name("webfetch").start(() -> visit(visit, url, outcome));
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (CancellationException _) {
      throw new InterruptedException("cancelled while fetching");
    } catch (TimeoutException _) {
      return new Fetched.Failed("it was not there within " + limit.toSeconds() + " s");
    } catch (ExecutionException defect) {
      throw new IllegalStateException("the visit of " + url.origin() + " failed", defect);
    } finally {
      visit.cancel();
    }
  }

  private static void visit(Visit visit, FetchUrl url, CompletableFuture<Fetched> outcome) {
    try {
      outcome.complete(visit.of(url));
    } catch (RuntimeException defect) {
      outcome.completeExceptionally(defect);
    }
  }
}
