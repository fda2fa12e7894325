package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import mimo.agent.GoalLimits;
import mimo.agent.TurnOutcome;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.Thinking;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.GoalFact.Tests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a judge is asked, and what proves anything (G3, G4).
@Timeout(60)
final class GoalEvidenceTest extends GoalSession {

  private void unverified(int tries, String quote) throws Exception {
    for (int at = 0; at < tries; at++) {
      stage.rules(true, false, "all pass", quote);
      stage.judge.says(GoalStage.verdict(false, false, "it is about tests"));
    }
    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void theJudgeHasNoToolsAndNoTemperatureG3() throws Exception {
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    pursued(PASS);

    var asked = stage.judge.requests().getFirst();
    assertEquals(List.of(), asked.tools());
    assertEquals(0.0, asked.temperature());
    assertEquals(Judge.SYSTEM, asked.system());
    assertTrue(asked.messages().toString().contains("12 passed, 0 failed"), "sees the transcript");
  }

  @Test
  void aJudgeThatThinksHasNoTemperatureAndThinksLittleG3() throws Exception {
    stage.efforts =
        new EffortSupport(Set.of(Effort.MINIMAL, Effort.LOW, Effort.HIGH), Thinking.Manner.WORD);
    stage.works("a", "12 passed, 0 failed", "done");
    stage.rules(true, false, "all pass", "12 passed, 0 failed");

    pursued(PASS);

    var asked = stage.judge.requests().getFirst();
    assertNull(asked.temperature());
    assertEquals(new Thinking(Effort.LOW, Thinking.Manner.WORD), asked.thinking());
    assertEquals(OptionalLong.of(GoalLimits.JUDGE_TOKENS), asked.maxOutputTokens());
  }

  @Test
  void whatTheAgentClaimsIsNoEvidenceG4() throws Exception {
    stage.agent.says("all 12 tests pass");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "it says so", "all 12 tests pass");
      stage.judge.says(GoalStage.verdict(false, false, "it is about tests"));
    }

    var outcome = failed(pursued(PASS));

    assertEquals("goal_unverified", outcome.code());
    assertEquals(State.UNVERIFIED, last().state());
  }

  @Test
  void wordsTheAgentHasEchoedAreNoEvidenceG4() throws Exception {
    stage.agent.calls(
        "a",
        "bash",
        "{\"command\":\"echo 12 passed, 0 failed\",\"prints\":\"12 passed, 0 failed\"}");
    stage.agent.says("done");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "all pass", "12 passed, 0 failed");
    }

    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void wordsEchoedInTheBackgroundAreNoEvidenceG4() throws Exception {
    stage.agent.calls("a", "bash", "{\"command\":\"echo 12 passed\",\"background\":true}");
    stage.agent.calls("b", "bash", "{\"job\":\"1\",\"prints\":\"12 passed\"}");
    stage.agent.says("done");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "all pass", "12 passed");
    }

    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void aReportTheAgentHasWrittenItselfIsNoEvidenceOfWhatItReportsG4() throws Exception {
    stage.agent.calls("a", "bash", "{\"command\":\"echo 12 passed > report\"}");
    stage.works("b", "12 passed", "done");

    unverified(3, "12 passed");
  }

  @Test
  void aFileTheAgentHasWrittenIsEvidenceWhereTheGoalIsAboutItsTextG4() throws Exception {
    stage.agent.calls("a", "bash", "{\"command\":\"echo Licence: MIT > README\"}");
    stage.works("b", "Licence: MIT", "done");
    stage.rules(true, false, "it does", "Licence: MIT");
    stage.judge.says(GoalStage.verdict(true, false, "it is about a file's text"));
    GoalStage.pursue(
        conversation, Goal.ofUser("README names the licence", List.of(), Tests.GUARDED));

    assertEquals(DONE, stage.ask(conversation, "name it"));
    assertEquals(
        new Message.User("\"README names the licence\""),
        stage.judge.requests().get(1).messages().getFirst());
  }

  @Test
  void whatAToolSaysOfABadCallIsNoEvidenceG4() throws Exception {
    stage.agent.calls("a", "12 passed", "{}");
    stage.agent.says("done");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "all pass", "there is no tool '12 passed'");
    }

    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void whatWasPutOutBeforeTheGoalWasSetIsNoEvidenceG4() throws Exception {
    stage.works("a", "12 passed, 0 failed", "they pass");
    stage.ask(conversation, "run the tests");
    stage.agent.says("they passed before");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "all pass", "12 passed, 0 failed");
    }

    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void whatTheGoalAsksForIsEvidenceWhereAToolPrintsItG4() throws Exception {
    stage.works("a", "[INFO] BUILD SUCCESS", "done");
    stage.rules(true, false, "it does", "BUILD SUCCESS");
    GoalStage.pursue(
        conversation, Goal.ofUser("mvn verify prints BUILD SUCCESS", List.of(), Tests.GUARDED));

    assertEquals(DONE, stage.ask(conversation, "make it so"));
  }

  @Test
  void outputAboutJudgesProvesWhatItSaysG4() throws Exception {
    stage.works("a", "src/judge/JudgeTest: 12 passed\nverdict tests: 3 passed", "done");
    stage.rules(true, false, "they do", "verdict tests: 3 passed");
    stage.rules(true, false, "they do", "src/judge/JudgeTest: 12 passed");

    assertEquals(DONE, pursued(PASS));
    assertEquals(2, stage.judge.requests().size(), "a word for the judge proves nothing");
  }

  @Test
  void theAgentsOwnWordDoesNotMakeAGoalImpossibleG4() throws Exception {
    stage.agent.says("there is no network here");
    for (int at = 0; at < 3; at++) {
      stage.rules(false, true, "it says so", "there is no network here");
    }

    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void theWishIsNoEvidenceOfItselfG4() throws Exception {
    stage.agent.says("done");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "asked for", "make them pass", "the tests pass");
    }

    assertEquals("goal_unverified", failed(pursued(PASS)).code());
  }

  @Test
  void aQuoteNobodySaidIsNoVerdictG4() throws Exception {
    stage.works("a", "11 passed, 1 failed", "done");
    for (int at = 0; at < 3; at++) {
      stage.rules(true, false, "all pass", "12 passed, 0 failed");
    }

    var outcome = failed(pursued(PASS));

    assertEquals("goal_unverified", outcome.code());
    assertEquals(
        "the judge gave no valid verdict: nobody said \"12 passed, 0 failed\"", outcome.message());
  }

  @Test
  void theAnswerIsEvidenceOfItselfWhereTheConditionIsAboutItG4() throws Exception {
    stage.agent.says("Risks: fire, flood and frost.");
    stage.rules(true, false, "three are named", "fire, flood and frost");
    stage.judge.says(GoalStage.verdict(true, false, "only about the answer"));
    GoalStage.pursue(
        conversation, Goal.ofUser("the answer names three risks", List.of(), Tests.GUARDED));

    assertEquals(
        new TurnOutcome.Answered("\"Risks: fire, flood and frost.\""),
        stage.ask(conversation, "name the risks"));
    assertFalse(
        stage.judge.requests().get(1).messages().toString().contains("flood"),
        "the scope is judged by the condition alone");
  }
}
