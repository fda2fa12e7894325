package mimo.agent.provider.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Faulted;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.agent.testing.RecordingStreamListener;
import mimo.agent.testing.SampleRequests;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import mimo.engine.EngineLimits;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.Patience;
import org.junit.jupiter.api.Test;

/// Fifty agents and a provider whose quota is used up (D54).
final class QuotasTest {

  private static final int AGENTS = 50;
  private static final ModelReply FINE =
      new Completed(List.of(new Content.Text("fine")), Finish.STOP, new TokenUsage(1, 1, 0, 0));
  private static final Instant DUE = ManualClock.START.plus(Duration.ofHours(1));
  private static final Faulted USED_UP = new Faulted("usage_limit", "used up", DUE);

  private final ManualClock clock = new ManualClock();
  private final Queue provider = new Queue("acme");

  /// A provider whose replies are put into a queue, and which waits for them.
  private static final class Queue implements Provider {

    private final String id;
    private final AtomicInteger asked = new AtomicInteger();
    private final LinkedBlockingQueue<ModelReply> replies = new LinkedBlockingQueue<>();

    private Queue(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation)
        throws InterruptedException {
      asked.incrementAndGet();
      return replies.take();
    }
  }

  private static Provider behind(Quotas quotas, Provider provider) {
    var models = quotas.over(_ -> new Resolution.Resolved(provider, "m", null));
    return assertInstanceOf(Resolution.Resolved.class, models.resolve("any")).provider();
  }

  private static ModelReply ask(Provider provider) throws InterruptedException {
    return ask(provider, CancellationToken.never());
  }

  private static ModelReply ask(Provider provider, CancellationToken cancellation)
      throws InterruptedException {
    return provider.ask(SampleRequests.CONVERSATION, new RecordingStreamListener(), cancellation);
  }

  private Provider limited() throws InterruptedException {
    var gated = behind(new Quotas(clock, Standing.UNKNOWN), provider);
    provider.replies.add(USED_UP);
    assertEquals(USED_UP, ask(gated));
    return gated;
  }

  /// What fifty agents are told that ask at once, while the provider replies so.
  private List<ModelReply> atOnce(Provider gated, ModelReply... replies) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var told = new ArrayList<Future<ModelReply>>();
      for (int i = 0; i < AGENTS; i++) {
        told.add(threads.submit(() -> ask(gated)));
      }
      for (var reply : replies) {
        provider.replies.put(reply);
      }
      var all = new ArrayList<ModelReply>();
      for (var one : told) {
        all.add(one.get());
      }
      return all;
    }
  }

  @Test
  void nobodyAsksBeforeTheLimitIsDueD54() throws Exception {
    var gated = limited();
    clock.advance(Duration.ofMinutes(59));

    var told = atOnce(gated);

    assertEquals(Collections.nCopies(AGENTS, USED_UP), told);
    assertEquals(1, provider.asked.get());
  }

  @Test
  void oneProbeTellsAllOthersThatItIsNotOverD54() throws Exception {
    var gated = limited();
    clock.advance(Duration.ofHours(1));
    var still = new Faulted("usage_limit", "still", DUE.plus(Duration.ofHours(1)));

    var told = atOnce(gated, still);

    assertEquals(Collections.nCopies(AGENTS, still), told);
    assertEquals(2, provider.asked.get());
  }

  @Test
  void oneProbeTellsAllOthersThatItIsOverD54() throws Exception {
    var gated = limited();
    clock.advance(Duration.ofHours(1));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var told = new ArrayList<Future<ModelReply>>();
      for (int i = 0; i < AGENTS; i++) {
        told.add(threads.submit(() -> ask(gated)));
      }
      Patience.until(() -> provider.asked.get() == 2);

      provider.replies.add(FINE);

      Patience.until(() -> provider.asked.get() == AGENTS + 1);
      provider.replies.addAll(Collections.nCopies(AGENTS - 1, FINE));
      for (var one : told) {
        assertEquals(FINE, one.get());
      }
    }
  }

  @Test
  void aProbeThatCameToNothingIsFollowedByTheNext() throws Exception {
    var gated = limited();
    clock.advance(Duration.ofHours(1));
    var cut = new Faulted("provider_unreachable", "cut");
    var still = new Faulted("usage_limit", "still", DUE.plus(Duration.ofHours(1)));

    var told = atOnce(gated, cut, still);

    assertEquals(1, Collections.frequency(told, cut));
    assertEquals(AGENTS - 1, Collections.frequency(told, still));
    assertEquals(3, provider.asked.get());
  }

  @Test
  void aLimitOfUnknownEndIsProbedAfterAQuarterOfAnHourD54() throws Exception {
    var gated = behind(new Quotas(clock, Standing.UNKNOWN), provider);
    provider.replies.add(new Faulted("usage_limit", "some time"));
    var due = ManualClock.START.plus(EngineLimits.PROBE_AFTER);
    var known = new Faulted("usage_limit", "some time", due);

    assertEquals(known, ask(gated));
    clock.advance(EngineLimits.PROBE_AFTER.minusMillis(1));
    assertEquals(Collections.nCopies(AGENTS, known), atOnce(gated));
    clock.advance(Duration.ofMillis(1));
    assertEquals(
        Collections.nCopies(
            AGENTS, new Faulted("usage_limit", "some time", due.plus(EngineLimits.PROBE_AFTER))),
        atOnce(gated, new Faulted("usage_limit", "some time")));

    assertEquals(2, provider.asked.get());
  }

  @Test
  void whereALimitStoppedTheRunBeforeTheFirstRequestIsAProbeD54() throws Exception {
    var gated = behind(new Quotas(clock, Standing.IN_DOUBT), provider);

    assertEquals(Collections.nCopies(AGENTS, USED_UP), atOnce(gated, USED_UP));

    assertEquals(1, provider.asked.get());
  }

  @Test
  void othersAreAskedMeanwhileD54() throws Exception {
    var quotas = new Quotas(clock, Standing.UNKNOWN);
    var gated = behind(quotas, provider);
    provider.replies.add(USED_UP);
    ask(gated);
    var other = new Queue("other");
    other.replies.add(FINE);

    assertEquals(FINE, ask(behind(quotas, other)));
    assertEquals(USED_UP, ask(gated));
  }

  @Test
  void whoIsCancelledWaitsForNoProbe() throws Exception {
    var gated = behind(new Quotas(clock, Standing.IN_DOUBT), provider);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> ask(gated));
      Patience.until(() -> provider.asked.get() == 1);
      var cancellation = new CancellationSource();
      var second = threads.submit(() -> ask(gated, cancellation));

      cancellation.cancel();

      var thrown = assertThrows(ExecutionException.class, second::get);
      assertInstanceOf(InterruptedException.class, thrown.getCause());
      provider.replies.add(FINE);
      assertEquals(FINE, first.get());
    }
  }
}
