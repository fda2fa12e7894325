package mimo.agent;

import static mimo.agent.testing.VotingModel.taking;
import static mimo.agent.testing.VotingModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.maxmode.Overhead;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionEvents;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.CandidatesLost;
import mimo.agent.session.SessionUse;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedSession;
import mimo.agent.testing.VotingModel;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a session keeps of Max Mode besides its replies.
@Timeout(60)
final class MaxSessionTest {

  private static final Price PRICE = new Price(1_000_000, 5_000_000, 100_000);
  private static final TokenUsage ONE = new TokenUsage(100, 10, 0, 0);

  private final RecordedSession session = new RecordedSession();

  @Test
  void whatIsPaidForNoReplyIsInTheRecordAndInTheStatisticsX5() throws Exception {
    var model =
        new VotingModel(
            (number, _) ->
                number < 5 ? text("", ONE) : new ModelReply.Faulted("provider_access", "no key"),
            taking("x"),
            PRICE);
    var setup =
        new ConversationSetup(
                "build",
                new Resolution.Resolved(model, "model", PRICE),
                "system",
                Toolbox.of(List.of()),
                Authorities.everything())
            .withMax(MaxMode.USUAL);

    var outcome =
        new Conversation(ConversationRecord.open(session), setup, () -> 0)
            .turn(new Asked("do it"), CancellationToken.never(), _ -> {});

    assertEquals("provider_access", assertInstanceOf(TurnOutcome.Failed.class, outcome).code());
    var lost = Choice.lost(5, Collections.nCopies(5, ONE));
    var facts = ConversationRecord.open(session).facts();
    assertEquals(
        List.of(new CandidatesLost(lost)),
        facts.stream().filter(CandidatesLost.class::isInstance).toList());
    var use = SessionUse.of(session.recorded()).getFirst();
    assertEquals(
        List.of(5, new TokenUsage(500, 50, 0, 0), 750L, new Overhead(5, use.usage(), 750L)),
        List.of(
            use.requests(),
            use.usage(),
            use.microUsd() == null ? 0L : use.microUsd(),
            use.overhead()));
    assertEquals(
        1,
        SessionEvents.of(facts).stream()
            .filter(new AgentEvent.CandidatesEnd(AgentEvent.Status.ABORTED, lost)::equals)
            .count());
  }

  @Test
  void aJudgeOfCandidatesIsNotAskedAgainOnceTheBudgetIsUsedUpLG1() throws Exception {
    var model = new VotingModel((number, _) -> text("no " + number, ONE), _ -> "none", PRICE);
    var budget =
        new ConversationBudget(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(6), null);
    var setup =
        new ConversationSetup(
                "build",
                new Resolution.Resolved(model, "model", PRICE),
                "system",
                Toolbox.of(List.of()),
                Authorities.everything())
            .withMax(new MaxMode(5, MaxMode.Policy.ALWAYS))
            .withBudget(budget);
    var conversation = new Conversation(ConversationRecord.open(session), setup, () -> 0);

    var outcome = conversation.turn(new Asked("do it"), CancellationToken.never(), _ -> {});

    assertEquals(new TurnOutcome.Answered("\"no 0\""), outcome);
    assertEquals(List.of(5, 1), List.of(model.asked().size(), model.judged().size()));
    assertEquals(6, conversation.spent().requests());
  }
}
