package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.Origin;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.retry.Pause;
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.provider.wire.Wire;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.RecordingStreamListener;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;

/// The provider as it is built for users: real clock, real waits.
class RealTimeTest {

  private static final int MANY = 200;

  @Test
  void waitsTheWholeSecondAskedForAndHardlyLonger() throws InterruptedException {
    var busy = FakeReply.plain(429, "{}").withHeader("Retry-After", "1");
    try (var server = FakeModelServer.inTurn(busy, ok())) {
      var listener = new RecordingStreamListener();
      var provider = provider(server.baseUrl(), new HttpTransport());
      long before = System.nanoTime();

      var reply = provider.ask(ProviderBench.REQUEST, listener, CancellationToken.never());

      var took = Duration.ofNanos(System.nanoTime() - before);
      assertInstanceOf(Completed.class, reply);
      assertEquals("text ok", listener.heard().getLast());
      assertTrue(took.toMillis() >= 1000, took + " is earlier than asked");
    }
  }

  @Test
  void manyAgentsAskAtOnceAndShareConnections() throws InterruptedException {
    try (var server = FakeModelServer.inTurn(ok())) {
      var http = new HttpTransport();
      http.warm(Origin.of(server.baseUrl()));
      var provider = provider(server.baseUrl(), http);
      var replies = new ConcurrentLinkedQueue<ModelReply>();
      var done = new CountDownLatch(MANY);

      for (int i = 0; i < MANY; i++) {
        Thread.ofVirtual().start(() -> askThreeTimes(provider, replies, done));
      }
      done.await();

      assertEquals(3 * MANY, replies.size());
      assertTrue(replies.stream().allMatch(Completed.class::isInstance), replies.toString());
      assertTrue(server.connectionsSeen() < 2 * MANY, server.connectionsSeen() + " connections");
    }
  }

  private static void askThreeTimes(
      Provider provider, ConcurrentLinkedQueue<ModelReply> replies, CountDownLatch done) {
    try {
      for (int i = 0; i < 3; i++) {
        replies.add(
            provider.ask(
                ProviderBench.REQUEST, new RecordingStreamListener(), CancellationToken.never()));
      }
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    } finally {
      done.countDown();
    }
  }

  private static FakeReply ok() {
    return ChatScript.start().text("ok").finish("stop").done();
  }

  private static Provider provider(URI baseUrl, HttpTransport http) {
    var clock = InstantSource.system();
    var retries = new RetryLoop(Pause.real(), new Random(), clock);
    return new ChatCompletions(new Wire(http, retries, clock))
        .open(
            new ProviderEndpoint(
                "acme", baseUrl, null, List.of(), Dialect.PLAIN, Patience.DEFAULT));
  }
}
