package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.agent.AgentEvent;
import mimo.agent.ConversationBudget;
import mimo.agent.GoalLimits;
import mimo.agent.TurnOutcome;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.question.Asker;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.GoalFact.Tests;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The gate an agent with a goal has to pass (G1 to G11).
@Timeout(60)
final class GoalGateTest extends GoalSession {

  @Test
  void aQuoteFromAToolLetsTheAgentStopG2() throws Exception {
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, pursued(PASS));
    assertEquals(State.MET, last().state());
    assertFalse(last().checked(), "judged, not checked");
  }

  @Test
  void aJudgeIsToldWhyItsReplyDidNotCountG6() throws Exception {
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "twelve passed");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, pursued(PASS));
    var shown = ((Message.User) stage.judge.requests().get(1).messages().getFirst()).text();
    assertEquals(
        "nobody said \"twelve passed\"", Json.parse(shown).path("former_reply_refused").asText());
  }

  @Test
  void anUnmetGoalSendsTheAgentBackG7() throws Exception {
    stage.agent.says("done");
    stage.rules(false, false, "no test was run");
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, pursued(PASS));
    assertEquals(1, last().reentries());
    assertEquals(
        Reminder.of(
            """
            The goal is not met yet.
            Goal: the tests pass
            Reason: no test was run
            Go on until it is met, and show it by what tools print. (11 more times after this)\
            """),
        assertInstanceOf(Message.User.class, stage.agent.requests().get(1).messages().getLast())
            .text());
  }

  @Test
  void afterTheLastReentryTheGoalIsNotMetG7() throws Exception {
    stage.most = 2;
    conversation = stage.conversation(session);
    for (int at = 0; at < 3; at++) {
      stage.agent.says("done");
      stage.rules(false, false, "no test was run");
    }

    var outcome = failed(pursued(PASS));

    assertEquals("goal_not_met", outcome.code());
    assertEquals(
        "the goal is not met after the agent was sent back 2 times: no test was run",
        outcome.message());
  }

  @Test
  void aFailedCheckIsTheReasonAndNoJudgeIsAskedG2() throws Exception {
    stage.most = 0;
    conversation = stage.conversation(session);
    stage.file("out.txt", "red");
    stage.agent.says("done");

    var outcome = failed(pursued(CHECKED));

    assertEquals("goal_not_met", outcome.code());
    assertTrue(outcome.message().contains("red\n(exit code 1)"), outcome.message());
    assertEquals(List.of(), stage.judge.requests());
  }

  @Test
  void anAgentIsToldNoMoreOfFailedChecksThanItCanReadG7() throws Exception {
    stage.most = 1;
    conversation = stage.conversation(session);
    stage.file("out.txt", "red ".repeat(4_000));
    stage.agent.says("done").says("done");

    var outcome =
        failed(
            pursued(
                Goal.ofUser(
                    "the tests pass",
                    Collections.nCopies(10, "out.txt says green"),
                    Tests.GUARDED)));

    var told = (Message.User) stage.agent.requests().get(1).messages().getLast();
    assertTrue(told.text().length() < 2 * GoalLimits.FAILED_CHARS, told.text().length() + " told");
    assertTrue(outcome.message().length() < 2 * GoalLimits.FAILED_CHARS, "and so is the user");
    assertTrue(told.text().contains("characters left out"), told.text());
  }

  @Test
  void checksAndJudgeMustBothPassG2() throws Exception {
    stage.file("out.txt", "all green");
    stage.agent.says("done");
    stage.rules(true, false, "the check passed", "exit code 0");

    assertEquals(DONE, pursued(CHECKED));
    assertTrue(last().checked());
    assertEquals(List.of("out.txt says green"), stage.shells.ran());
  }

  @Test
  void predicatesOfFilesNeedNoShellG1() throws Exception {
    stage.file("there.txt", "version 2.0");
    List<GoalFact.Check> checks =
        List.of(
            new GoalFact.Check.Exists("there.txt"),
            new GoalFact.Check.Absent("gone.txt"),
            new GoalFact.Check.Matches("there.txt", "version [0-9.]+"),
            new GoalFact.Check.Hash(
                "there.txt", "deb1b0d4c9f5d7a27b7fdd8e35c8d0bf7ed8a9c1b3c1b6e7cd45e1b07ee0aaaa"));
    stage.most = 0;
    conversation = stage.conversation(session);
    stage.agent.says("done");

    var outcome =
        failed(pursued(new Goal("it is there", checks, GoalFact.By.USER, Tests.GUARDED, null)));

    assertTrue(outcome.message().contains("the check 'there.txt has the SHA-256"));
    assertFalse(outcome.message().contains("there.txt exists"), outcome.message());
    assertFalse(outcome.message().contains("matches"), outcome.message());
    assertEquals(List.of(), stage.shells.ran());
  }

  @Test
  void anImpossibleGoalEndsItAtOnceG7() throws Exception {
    stage.works("a", "no such host", "cannot");
    stage.rules(false, true, "there is no network", "no such host");

    var outcome = failed(pursued(PASS));

    assertEquals("goal_not_met", outcome.code());
    assertEquals("the goal is impossible: there is no network", outcome.message());
    assertEquals(State.IMPOSSIBLE, last().state());
  }

  @Test
  void aTurnThatEndedImpossibleIsNoSuccessWhenItGoesOnG8() throws Exception {
    stage.works("a", "no such host", "cannot");
    stage.rules(false, true, "there is no network", "no such host");
    var ended = pursued(PASS);

    conversation = stage.conversation(session);

    assertEquals(ended, conversation.goOn(CancellationToken.never(), stage.events::add));
    assertEquals("goal_not_met", failed(ended).code());
  }

  @Test
  void whoeverMendsWhatWasImpossibleFindsTheGoalStillSetG7() throws Exception {
    stage.works("a", "no such host", "cannot");
    stage.rules(false, true, "there is no network", "no such host");
    pursued(PASS);

    stage.works("b", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, stage.ask(conversation, "the network is back"));
    assertEquals(State.MET, last().state());
  }

  @Test
  void aJudgeThatIsOutLeavesTheGoalUnverifiedAndSetG6() throws Exception {
    stage.agent.says("done");
    stage.judge.fails("provider_unreachable", "down");
    stage.judge.says("yes, it is met");
    stage.judge.says("{\"ok\":true,\"impossible\":true,\"reason\":\"x\",\"evidence\":[]}");

    var outcome = failed(pursued(PASS));

    assertEquals("goal_unverified", outcome.code());
    assertEquals(3, stage.judge.requests().size());
    assertTrue(conversation.goal().isOpen(), "the goal stays set");
    assertEquals(0, conversation.goal().reentries());
  }

  private TurnOutcome goesOn() throws Exception {
    stage.events.clear();
    conversation = stage.conversation(session);
    return conversation.goOn(CancellationToken.never(), stage.events::add);
  }

  private void judgeIsOut() {
    for (int at = 0; at < GoalLimits.JUDGE_TRIES; at++) {
      stage.judge.fails("provider_unreachable", "down");
    }
  }

  private List<String> notices() {
    return stage.events.stream()
        .filter(AgentEvent.Notice.class::isInstance)
        .map(event -> ((AgentEvent.Notice) event).code())
        .toList();
  }

  @Test
  void aTurnThatNoJudgeCouldTellOfIsJudgedAnewWhenItGoesOnG6() throws Exception {
    stage.file("out.txt", "green");
    stage.agent.says("done");
    judgeIsOut();
    assertEquals("goal_unverified", failed(pursued(CHECKED)).code());

    stage.rules(true, false, "the check passed", "exit code 0");

    assertEquals(DONE, goesOn());
    assertEquals(State.MET, last().state());
    assertEquals(List.of("judged_anew"), notices());
    assertEquals(1, stage.agent.requests().size(), "what the agent said is not asked for again");
    assertEquals(2, stage.shells.ran().size(), "checks of before prove nothing of now");
  }

  @Test
  void aSecondOutageOfTheJudgeIsJudgedAnewAsTheFirstG6() throws Exception {
    stage.agent.says("done");
    for (int at = 0; at < 3; at++) {
      judgeIsOut();
      assertEquals("goal_unverified", failed(at == 0 ? pursued(PASS) : goesOn()).code());
    }
    stage.rules(false, false, "no test was run");
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, goesOn());
    assertEquals(1, last().reentries(), "what was sent back once, was sent back once");

    assertEquals(11, stage.judge.requests().size());
  }

  @Test
  void aProcessThatDiedAfterAnOutageWasJudgedAnewTakesTheNewVerdictG8() throws Exception {
    stage.agent.says("done");
    judgeIsOut();
    pursued(PASS);
    stage.rules(false, false, "no test was run");
    stage.agent.fails("provider_unreachable", "down");
    assertEquals("provider_unreachable", failed(goesOn()).code());

    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, goesOn());
    assertEquals(List.of(), notices(), "that was told, and holds");
    assertEquals(5, stage.judge.requests().size());
  }

  private static ConversationBudget requests(int requests) {
    return new ConversationBudget(
        OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(requests), null);
  }

  @Test
  void whatPassedBeforeTheBudgetEndedIsCheckedAnewWhenTheTurnGoesOnG6() throws Exception {
    stage.most = 0;
    stage.budget = requests(1);
    conversation = stage.conversation(session);
    stage.file("out.txt", "green");
    stage.agent.says("done");
    assertEquals("budget", failed(pursued(CHECKED)).code());
    assertEquals(List.of("out.txt says green"), stage.shells.ran());

    stage.file("out.txt", "red");
    stage.budget = ConversationBudget.NONE;
    stage.rules(true, false, "the check passed", "exit code 0");

    assertEquals("goal_not_met", failed(goesOn()).code());
    assertEquals(State.NOT_MET, last().state());
    assertEquals(List.of(), stage.judge.requests(), "a failed check needs no judge");
  }

  /// What the agent says leaves so little that the judge, who is shown more, is not paid for.
  @Test
  void aJudgeThatWhatIsLeftDoesNotPayForIsTheEndOfTheBudgetG10() throws Exception {
    stage.budget = ConversationBudget.of(OptionalLong.of(600));
    conversation = stage.conversation(session);
    stage.agent.says("done");

    assertEquals(
        new TurnOutcome.Failed(
            "budget", "what is left does not pay for the judge, and the goal is not judged", null),
        pursued(PASS));
    assertEquals(List.of(), stage.judge.requests());

    stage.budget = ConversationBudget.NONE;
    stage.rules(false, true, "nothing can run", "nobody said it");
    stage.rules(true, false, "all pass", "nobody said it");
    stage.rules(true, false, "all pass", "nobody said it");
    assertEquals("goal_unverified", failed(goesOn()).code());
    assertEquals(1, stage.agent.requests().size(), "what was paid for stands");
  }

  @Test
  void aChangedTestDoesNotPassUnlessTheOriginalsDoG9() throws Exception {
    stage.most = 0;
    conversation = stage.conversation(session);
    stage.file("tests/out.txt", "red");
    GoalStage.pursue(
        conversation,
        Goal.ofUser("the tests pass", List.of("tests/out.txt says green"), Tests.GUARDED));
    stage.file("tests/out.txt", "green");
    stage.agent.says("done");
    stage.rules(true, false, "the check passed", "exit code 0");

    var outcome = failed(stage.ask(conversation, "make them pass"));

    assertEquals("goal_not_met", outcome.code());
    assertTrue(
        outcome.message().contains("only with changed tests (tests/out.txt (changed))"),
        outcome.message());
    assertEquals(
        List.of("tests/out.txt says green", "originals: tests/out.txt says green"),
        stage.shells.ran());
    assertTrue(
        stage.judge.requests().getFirst().messages().toString().contains("changed_tests"),
        "the judge is told");
  }

  @Test
  void aTestThatChangedWhileTheOriginalsPassToIsOnlyReportedG9() throws Exception {
    stage.file("tests/a_test.py", "assert 1");
    stage.file("out.txt", "green");
    GoalStage.pursue(conversation, CHECKED);
    stage.file("tests/a_test.py", "assert 1 == 1");
    stage.agent.says("done");
    stage.rules(true, false, "the check passed", "exit code 0");

    assertEquals(DONE, stage.ask(conversation, "make them pass"));
    assertEquals(
        List.of(new GoalFact.Change("tests/a_test.py", GoalFact.Change.Kind.CHANGED)),
        last().changes());
    assertEquals("assert 1 == 1", Files.readString(folder.resolve("work/tests/a_test.py")));
  }

  @Test
  void workThatIsAChangeOfTheBuildCanBeDoneWithoutAskingAnybodyG9() throws Exception {
    stage.file("pom.xml", "<version>1.0</version>");
    GoalStage.pursue(conversation, Goal.ofUser("dependency x is 2.0", List.of(), Tests.GUARDED));
    stage.file("pom.xml", "<version>2.0</version>");
    stage.works("a", "[INFO] x:2.0", "done");
    stage.rules(true, false, "it is resolved", "[INFO] x:2.0");

    assertEquals(DONE, stage.ask(conversation, "raise it"));
    assertTrue(
        stage.judge.requests().getFirst().messages().toString().contains("pom.xml"),
        "the judge is told");
  }

  @Test
  void changedTestsThatNobodyAcceptsAreJudgedTwiceAndNotTwelveTimesG7() throws Exception {
    var questions = new AtomicInteger();
    stage.file("tests/a_test.py", "assert 1");
    GoalStage.pursue(conversation, PASS);
    stage.file("tests/a_test.py", "assert 2");
    stage.asker =
        (_, _) -> {
          questions.incrementAndGet();
          return new Asker.Reply.Answered("reject");
        };
    for (int at = 0; at < 2; at++) {
      stage.works("a" + at, "12 passed, 0 failed", "done");
      stage.rules(true, false, "all pass", "12 passed, 0 failed");
    }

    var outcome = failed(stage.ask(conversation, "make them pass"));

    assertEquals(
        "the goal is not met after the agent was sent back 1 times: tests or their configuration"
            + " were changed, and nobody accepted that; put them back, or have the user set the"
            + " goal again with --allow-test-changes: nothing shows that they pass as they were:"
            + " tests/a_test.py (changed)",
        outcome.message());
    assertEquals(1, questions.get());
  }

  @Test
  void theUserCanAcceptChangedTestsG9() throws Exception {
    stage.file("tests/a_test.py", "assert 1");
    GoalStage.pursue(conversation, PASS);
    stage.file("tests/a_test.py", "assert 2");
    stage.asker = (_, _) -> new Asker.Reply.Answered("accept");
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    assertEquals(DONE, stage.ask(conversation, "make them pass"));
  }

  @Test
  void clearingTheGoalLetsTheAgentStopG1() throws Exception {
    GoalStage.pursue(conversation, PASS);
    conversation.clearGoal();
    stage.agent.says("done");

    assertEquals(DONE, stage.ask(conversation, "what now?"));
    assertEquals(List.of(), stage.judge.requests());
  }

  @Test
  void aGoalThatWasMetAndThenClearedIsNotToldOfAgainG7() throws Exception {
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");
    assertEquals(DONE, pursued(PASS));
    conversation.clearGoal();
    stage.events.clear();
    conversation = stage.conversation(session);
    stage.agent.says("done");

    assertEquals(DONE, stage.ask(conversation, "what now?"));
    assertFalse(stage.events.stream().anyMatch(AgentEvent.GoalEnd.class::isInstance));
    assertEquals(State.CLEARED, conversation.goal().state());
  }

  @Test
  void aGoalThatWasClearedIsToldOfOnceAndAsNothingThatWasCheckedG7() throws Exception {
    GoalStage.pursue(conversation, CHECKED);
    conversation.clearGoal();
    stage.agent.says("done").says("done");

    assertEquals(DONE, stage.ask(conversation, "what now?"));
    assertEquals(State.CLEARED, last().state());
    assertFalse(last().checked(), "nothing was run");

    stage.events.clear();
    conversation = stage.conversation(session);
    assertEquals(DONE, stage.ask(conversation, "and now?"));
    assertFalse(stage.events.stream().anyMatch(AgentEvent.GoalEnd.class::isInstance));
  }

  @Test
  void aTurnWhoseGoalWasClearedEndsWithItsLastAnswerG1() throws Exception {
    stage.most = 1;
    conversation = stage.conversation(session);
    stage.agent.says("half of it");
    stage.rules(false, false, "no test was run");
    stage.agent.says("the whole of it");
    stage.rules(false, false, "no test was run");
    failed(pursued(PASS));

    conversation.clearGoal();
    conversation = stage.conversation(session);

    assertEquals(
        new TurnOutcome.Answered("\"the whole of it\""),
        conversation.goOn(CancellationToken.never(), stage.events::add));
  }

  @Test
  void theJudgeIsPaidOutOfTheSamePurseG10() throws Exception {
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    pursued(PASS);

    var spent = conversation.spent();
    assertEquals(3, spent.requests());
    assertEquals(Long.valueOf(240), spent.microUsd(), "every scripted reply uses the same");
    assertEquals(
        "met: all pass (judged, not checked, by scripted/judge, 100 tokens in, 10 out, $0.000080)",
        VerdictWords.of(last()));
  }
}
