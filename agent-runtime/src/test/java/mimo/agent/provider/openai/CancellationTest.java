package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.agent.provider.StreamListener;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.FakeReply.Piece;
import mimo.agent.testing.ProviderBench;
import mimo.engine.CancellationSource;
import org.junit.jupiter.api.Test;

/// A26: every wait for a provider ends within 200 ms of a cancel.
class CancellationTest {

  private static final Duration PROMPT = Duration.ofMillis(200);

  /// A busy machine may delay one round; no wait of ours may delay all.
  private static final int ROUNDS = 5;

  @Test
  void whileConnecting() throws Exception {
    try (var full = new FullServer()) {
      promptly(() -> {
        var asking = new Asking(full.baseUrl());
        asking.stillAsks(Duration.ofMillis(100));
        return asking.cancel();
      });
    }
  }

  @Test
  void whileWaitingForTheHeadOfTheReply() throws Exception {
    promptly(() -> {
      var reached = new CountDownLatch(1);
      var never = new CountDownLatch(1);
      var reply = FakeReply.plain(200, "").with(0, new Piece.Hold(reached, never));
      try (var server = FakeModelServer.inTurn(reply)) {
        var asking = new Asking(server.baseUrl());
        reached.await();
        return asking.cancel();
      } finally {
        never.countDown();
      }
    });
  }

  @Test
  void whileTheReplyStreams() throws Exception {
    promptly(() -> {
      var never = new CountDownLatch(1);
      var hold = new Piece.Hold(new CountDownLatch(1), never);
      var reply = ChatScript.start().text("hello").finish("stop").done().with(1, hold);
      try (var server = FakeModelServer.inTurn(reply)) {
        var asking = new Asking(server.baseUrl());
        asking.heardSomething.await();
        var took = asking.cancel();
        assertEquals(1, server.captured().size());
        return took;
      } finally {
        never.countDown();
      }
    });
  }

  @Test
  void beforeTheFirstByteIsSent() throws Exception {
    try (var server = FakeModelServer.inTurn(FakeReply.plain(500, ""))) {
      promptly(() -> new Asking(server.baseUrl(), cancelled()).cancel());
    }
  }

  @Test
  void anInterruptOfTheAskingThreadCountsAsACancel() throws Exception {
    var reached = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var reply = FakeReply.plain(200, "").with(0, new Piece.Hold(reached, never));
    try (var server = FakeModelServer.inTurn(reply)) {
      var asking = new Asking(server.baseUrl());

      reached.await();
      asking.thread.interrupt();

      asking.ended();
    } finally {
      never.countDown();
    }
  }

  private static void promptly(Callable<Duration> round) throws Exception {
    var took = new ArrayList<Duration>();
    do {
      took.add(round.call());
    } while (took.getLast().compareTo(PROMPT) >= 0 && took.size() < ROUNDS);
    assertTrue(took.getLast().compareTo(PROMPT) < 0, "all rounds were slow: " + took);
  }

  private static CancellationSource cancelled() {
    var source = new CancellationSource();
    source.cancel();
    return source;
  }

  /// A question on a thread of its own.
  private static final class Asking implements StreamListener {
    private final CancellationSource cancellation;
    private final CountDownLatch heardSomething = new CountDownLatch(1);
    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final Thread thread;

    Asking(URI baseUrl) {
      this(baseUrl, new CancellationSource());
    }

    Asking(URI baseUrl, CancellationSource cancellation) {
      this.cancellation = cancellation;
      var bench = ProviderBench.at(baseUrl);
      thread = Thread.ofVirtual().start(() -> ask(bench));
    }

    private void ask(ProviderBench bench) {
      try {
        end.complete(bench.provider.ask(ProviderBench.REQUEST, this, cancellation));
      } catch (InterruptedException interrupt) {
        end.complete(interrupt);
      }
    }

    void stillAsks(Duration time) throws InterruptedException, ExecutionException {
      try {
        throw new AssertionError("ended early: " + end.get(time.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        // As it should be.
      }
    }

    /// Cancels, and tells how long the end took to come.
    Duration cancel() throws Exception {
      long before = System.nanoTime();
      cancellation.cancel();
      ended();
      return Duration.ofNanos(System.nanoTime() - before);
    }

    void ended() throws Exception {
      assertInstanceOf(InterruptedException.class, end.get(1, TimeUnit.MINUTES));
    }

    @Override
    public void text(String delta) {
      heardSomething.countDown();
    }

    @Override
    public void reasoning(String delta) {}

    @Override
    public void restarted(String reason, Duration delay) {
      throw new AssertionError("a cancelled question is not repeated: " + reason);
    }
  }

  /// A server whose queue of connections is full, so that one more waits in vain.
  private static final class FullServer implements AutoCloseable {
    private static final int ENOUGH = 8;

    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    FullServer() throws IOException {
      for (int i = 0; i < ENOUGH; i++) {
        var client = new Socket();
        waiting.add(client);
        try {
          client.connect(socket.getLocalSocketAddress(), 50);
        } catch (IOException full) {
          return;
        }
      }
      throw new IOException("the queue takes more than " + ENOUGH + " connections");
    }

    URI baseUrl() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    @Override
    public void close() throws IOException {
      for (var client : waiting) {
        client.close();
      }
      socket.close();
    }
  }
}
