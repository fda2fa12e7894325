package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mimo.agent.estimate.Intake;
import mimo.agent.message.Content;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedSession;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What ends a turn that has used up what it may (LG1, LG2). Every scripted reply has 10 tokens.
@Timeout(60)
final class BudgetBreakerTest {

  /// A token costs a millionth of a dollar.
  private static final Price PRICE = new Price(1_000_000, 1_000_000, 0);

  private final ScriptedProvider model = new ScriptedProvider();
  private final RecordedSession session = new RecordedSession();
  private final AtomicLong nanos = new AtomicLong();

  private static ConversationBudget money(long microUsd) {
    return ConversationBudget.of(OptionalLong.of(microUsd));
  }

  private static ConversationBudget tokens(long tokens) {
    return new ConversationBudget(
        OptionalLong.empty(), OptionalLong.of(tokens), OptionalInt.empty(), null);
  }

  private static ConversationBudget requests(int requests) {
    return new ConversationBudget(
        OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(requests), null);
  }

  private static ConversationBudget time(Duration time) {
    return new ConversationBudget(
        OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), time);
  }

  private Conversation open(ConversationBudget budget) throws InterruptedException {
    var setup =
        new ConversationSetup(
                "build",
                model.resolved(PRICE),
                "system",
                Toolbox.of(List.of(LoopStage.lookTool())),
                Authorities.everything())
            .withBudget(budget);
    return new Conversation(ConversationRecord.open(session), setup, nanos::get);
  }

  private TurnOutcome ask(ConversationBudget budget) throws InterruptedException {
    return open(budget).turn(new Asked("work"), CancellationToken.never(), _ -> {});
  }

  private TurnOutcome goOn(ConversationBudget budget) throws InterruptedException {
    return open(budget).goOn(CancellationToken.never(), _ -> {});
  }

  private static TurnOutcome spent(String what) {
    return new TurnOutcome.Failed("budget", "the budget of " + what + " is used up", null);
  }

  private void looks(int times) {
    for (int at = 0; at < times; at++) {
      model.calls("c" + model.requests().size() + "-" + at, "look", "{\"at\":\"" + at + "\"}");
    }
  }

  @Test
  void theLastRequestIsTheLastAndMoreOfThemGoOnLG1() throws Exception {
    looks(2);

    assertEquals(spent("requests"), ask(requests(2)));
    assertEquals(2, model.requests().size());

    model.says("done");
    assertEquals(new TurnOutcome.Answered("\"done\""), goOn(requests(1)));
    assertEquals(3, model.requests().size(), "what is recorded is not asked again, nor counted");
  }

  @Test
  void aRequestThatFailsCountsLikeOneThatIsAnsweredLG1() throws Exception {
    model.fails("provider_unreachable", "down");
    var conversation = open(requests(1));
    assertEquals(
        new TurnOutcome.Failed("provider_unreachable", "down", null),
        conversation.turn(new Asked("work"), CancellationToken.never(), _ -> {}));

    assertEquals(spent("requests"), conversation.goOn(CancellationToken.never(), _ -> {}));
    assertEquals(1, model.requests().size());
    assertEquals(1, conversation.spent().requests());
  }

  @Test
  void noReplyMaySayMoreThanIsLeftOfTheTokensLG1() throws Exception {
    looks(3);

    assertEquals(spent("tokens"), ask(tokens(25)));

    assertEquals(
        List.of(25L, 15L, 5L),
        model.requests().stream().map(each -> each.maxOutputTokens().orElseThrow()).toList());
  }

  private OptionalLong mostOf(Resolution.Resolved resolved) throws InterruptedException {
    model.says("done");
    var setup =
        new ConversationSetup(
                "build", resolved, "system", Toolbox.of(List.of()), Authorities.everything())
            .withBudget(tokens(2_000_000));
    var _ =
        new Conversation(ConversationRecord.open(new RecordedSession()), setup, nanos::get)
            .turn(new Asked("work"), CancellationToken.never(), _ -> {});
    return model.requests().getLast().maxOutputTokens();
  }

  @Test
  void aLargeBudgetAsksForNoMoreThanTheModelCanSayLG1() throws Exception {
    assertEquals(OptionalLong.empty(), mostOf(model.resolved(PRICE)), "nobody knows the model");
    assertEquals(OptionalLong.of(8_000), mostOf(sized(new ModelSize(200_000, 8_000))));
    long room = mostOf(sized(new ModelSize(8_192, 8_192))).orElseThrow();
    assertTrue(room < 8_192 && room > 8_000, room + " beside what goes in");
  }

  private Resolution.Resolved sized(ModelSize size) {
    return new Resolution.Resolved(model, "model", PRICE, EffortSupport.UNKNOWN, size);
  }

  @Test
  void noReplyMaySayMoreThanIsLeftOnceItsRequestIsPaidLG1() throws Exception {
    looks(2);
    model.says("done");
    var conversation = open(money(100_000));

    conversation.turn(new Asked("work"), CancellationToken.never(), _ -> {});

    long left = 100_000;
    for (var request : model.requests()) {
      long most = request.maxOutputTokens().orElseThrow();
      assertTrue(most > 0 && most < left, most + " of " + left);
      left -= 70;
    }
    assertEquals(Long.valueOf(210), conversation.spent().microUsd());
  }

  @Test
  void aRequestThatWhatIsLeftDoesNotPayForIsNotSentLG1() throws Exception {
    assertEquals(
        new TurnOutcome.Failed("budget", "what is left does not pay for another request", null),
        ask(money(5)));

    assertEquals(List.of(), model.requests());
    model.says("done");
    assertEquals(new TurnOutcome.Answered("\"done\""), goOn(money(100_000)));
  }

  @Test
  void whoIsOutOfTimeAsksNothingMoreLG1() throws Exception {
    var time = time(Duration.ofHours(1));
    model.replies(Finish.TOOL_CALLS, look());
    model.says("too late");
    var setup =
        new ConversationSetup(
                "build",
                model.resolved(PRICE),
                "system",
                Toolbox.of(
                    List.of(
                        LoopStage.tool(
                            "look",
                            ToolSpec.Effect.READS,
                            (_, _) -> {
                              nanos.addAndGet(Duration.ofHours(1).toNanos());
                              return "seen";
                            }))),
                Authorities.everything())
            .withBudget(time);
    var conversation = new Conversation(ConversationRecord.open(session), setup, nanos::get);

    var outcome = conversation.turn(new Asked("work"), CancellationToken.never(), _ -> {});

    assertEquals(spent("time"), outcome);
    assertEquals(1, model.requests().size());
  }

  private static Content look() {
    return new Content.ToolCall("a", "look", "{}");
  }

  @Test
  void aModelThatIsSilentIsCutWhenTheTimeIsOverAndTheTurnCanGoOnLG2() throws Exception {
    model.hangs();
    timeIsOverOnceTheModelHangs();

    assertEquals(spent("time"), ask(time(Duration.ofMillis(100))));

    model.says("done");
    assertEquals(new TurnOutcome.Answered("\"done\""), goOn(time(Duration.ofMinutes(1))));
  }

  /// The clock of the purse is the only one that counts.
  private void timeIsOverOnceTheModelHangs() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            model.awaitHanging();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void whatTheAgentStillDoesWhenItsTimeIsOverIsDoneBeforeTheTurnEndsLG2() throws Exception {
    var ends = Collections.synchronizedList(new ArrayList<TurnWatch.Ending>());
    var slow =
        new TurnWatch() {
          @Override
          public void stepped(Sight sight) {}

          @Override
          public void ended(Sight sight, Ending how) {
            putsThingsAway();
            ends.add(how);
          }

          @Override
          public void rearm() {}

          @Override
          public boolean await(Duration time) {
            return true;
          }
        };
    model.hangs();
    timeIsOverOnceTheModelHangs();
    var setup =
        new ConversationSetup(
                "build",
                model.resolved(PRICE),
                "system",
                Toolbox.of(List.of(LoopStage.lookTool())).watchedBy(slow),
                Authorities.everything())
            .withBudget(time(Duration.ofMillis(100)));
    var conversation = new Conversation(ConversationRecord.open(session), setup, nanos::get);

    var outcome = conversation.turn(new Asked("work"), CancellationToken.never(), _ -> {});

    assertEquals(List.of(TurnWatch.Ending.ENDED), ends, "nothing is done after the turn");
    assertEquals(spent("time"), outcome);
  }

  /// Takes longer than anybody waits for the last words of what was given up.
  private static void putsThingsAway() {
    var never = new CountDownLatch(1);
    long until = System.nanoTime() + 3 * AgentLimits.STOP_GRACE_MILLIS * 1_000_000L;
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      try {
        assertFalse(never.await(left, TimeUnit.NANOSECONDS));
      } catch (InterruptedException again) {
        // It cannot be hurried.
      }
    }
  }

  @Test
  void timeBetweenTwoTurnsIsNobodysLG1() {
    var purse = new Purse(PRICE, time(Duration.ofSeconds(10)), Overshoot.ONE_REQUEST, nanos::get);
    purse.begin();
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    purse.pause();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    purse.begin();

    assertEquals(Duration.ofSeconds(6), purse.time());
    assertEquals("", purse.exhausted());
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertEquals("time", purse.exhausted());
  }

  /// A model that uses all it may: what is spent before the last reply never passes the budget, and
  /// the last one passes it by no more than its request was taken too small.
  @Test
  void spendsNoMoreThanOneRequestTooMuchLG1() {
    for (int seed = 0; seed < 1_000; seed++) {
      var random = new Random(seed);
      long limit = 1L + random.nextInt(200_000);
      var price = new Price(1 + random.nextInt(9_000_000), 1 + random.nextInt(9_000_000), 100);
      var purse = new Purse(price, money(limit), Overshoot.ONE_REQUEST, () -> 0);
      int asked = 0;
      while (purse.exhausted().isEmpty() && asked < 10_000) {
        long input = 1L + random.nextInt(5_000);
        var likely = new TokenUsage(input, 10, 0, random.nextInt((int) input));
        long most = purse.maxOutputTokens(new Intake(likely, input * 2)).orElseThrow();
        if (most == 0) {
          break;
        }
        asked++;
        purse.charge(new TokenUsage(input, Math.min(most, 500), 0, likely.cacheRead()));
        long spent = assertInstanceOf(Long.class, purse.spent().microUsd());
        assertTrue(spent <= limit + 1, "seed " + seed + ": " + spent + " of " + limit);
      }
    }
  }
}
