package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Decision;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.Rule;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Renewal;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.CancellationToken;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What guards do in the loop (LG1, LG2).
@Timeout(60)
final class GuardedLoopTest extends LoopStage {

  private static final String STUCK = "I will try that again. ";

  @TempDir java.nio.file.Path workspace;
  private final List<String> asked = new ArrayList<>();

  private AgentOutcome runWith(String... answers) throws InterruptedException {
    return goOn(List.of(), Authorities.everything(), answers);
  }

  /// Goes on with what was said before, as somebody may who has these rights.
  private AgentOutcome goOn(List<Message> history, Authority authority, String... answers)
      throws InterruptedException {
    var left = new ArrayList<>(List.of(answers));
    Asker asker =
        (question, _) -> {
          asked.add(question.text());
          return new Asker.Reply.Answered(left.removeFirst());
        };
    var task =
        new AgentTask(
            model.resolved(),
            "system",
            history,
            "the task",
            looking(),
            null,
            null,
            null,
            60,
            authority,
            AgentTask.ChangeAhead.IGNORED,
            EndTerms.NONE,
            Renewal.plain("the task"),
            null,
            asker);
    return new AgentLoop(task, SessionAttempt.unrecorded(), new Unlimited(), events::add, () -> 0)
        .run(AgentLoop.Stops.by(CancellationToken.never()));
  }

  private void goesRound(int times) {
    for (int i = 0; i < times; i++) {
      model.calls("c" + model.requests().size() + i, "look", "{\"at\":\"a\"}");
    }
  }

  @Test
  void theUserIsAskedWhetherAnAgentThatGoesInCirclesGoesOnLG1() throws Exception {
    goesRound(4);
    model.says("done");

    var outcome = runWith("look at b instead");

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    assertEquals(
        List.of(
            "The agent goes in circles: it made the same call (look) 3 times with the same result."
                + " Shall it go on?"),
        asked);
    assertEquals(
        new Message.User(
            Reminder.of(
                "You made the same call (look) 3 times with the same result. The user knows, and"
                    + " says: look at b instead")),
        model.requests().getLast().messages().getLast());
  }

  /// What an earlier turn did: the same call so many times, and what the agent was told then.
  private static List<Message> wentRound(int times, String told) {
    var said = new ArrayList<Message>(List.of(new Message.User("the task before")));
    for (int i = 0; i < times; i++) {
      said.add(new Message.Model(List.of(new ToolCall("b" + i, "look", "{\"at\":\"a\"}"))));
      said.add(
          new Message.Tools(List.of(new Message.ToolAnswer("b" + i, "saw a", Message.Status.OK))));
    }
    said.add(new Message.User(told));
    said.add(new Message.Model(List.of(new Content.Text("I see."))));
    return said;
  }

  @Test
  void whatTheUserLetGoOnDoesNotCountInTheNextTurnLG1() throws Exception {
    goesRound(2);
    model.says("done");

    var outcome =
        goOn(
            wentRound(
                4,
                "You made the same call (look) 3 times with the same result. The user knows, and"
                    + " says: go on"),
            Authorities.everything());

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    assertInstanceOf(Message.Tools.class, model.requests().getLast().messages().getLast());
  }

  @Test
  void anAgentThatWasWarnedInTheTurnBeforeIsNotWarnedAgainLG1() throws Exception {
    goesRound(2);

    var outcome =
        goOn(
            wentRound(
                3,
                "Error: you made the same call (look) 3 times with the same result. Doing it again"
                    + " changes nothing. Do something else, or say what stands in the way."),
            Authorities.everything(),
            "stop");

    assertEquals("guard", assertInstanceOf(AgentOutcome.Ended.class, outcome).code());
    assertEquals(1, model.requests().size());
  }

  @Test
  void aWarningIsForgottenOnceTheAgentHasWorkedOnLG1() throws Exception {
    goesRound(3);
    for (int i = 0; i < GuardLimits.GUARD_QUIET_CALLS; i++) {
      model.calls("q" + i, "look", "{\"at\":\"%d\"}".formatted(i));
    }
    for (int i = 0; i < 3; i++) {
      model.calls("r" + i, "look", "{\"at\":\"b\"}");
    }
    model.says("done");

    var outcome = runWith();

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    assertEquals(List.of(), asked);
  }

  /// What somebody may do who has the usual rules and this one.
  private Authority ruling(String permission, Decision decision) {
    var place = Authorities.everything().place();
    var rule = new Rule(permission, Rule.DEFAULT, decision, Rule.Layer.USER, "");
    var rules = PermissionRules.builtIn().and(List.of(rule));
    var grants = new SessionGrants();
    return new Authority(
        new WorkspacePermissions(rules, place, grants), Approver.nobody(), grants, place);
  }

  @Test
  void whereCirclesAreAllowedTheAgentIsOnlyToldA58() throws Exception {
    goesRound(5);
    model.says("done");

    var outcome = goOn(List.of(), ruling("doom_loop", Decision.ALLOW));

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    assertEquals(List.of(), asked);
  }

  @Test
  void whereCirclesAreForbiddenNobodyIsAskedA58() throws Exception {
    goesRound(5);

    var outcome = goOn(List.of(), ruling("doom_loop", Decision.DENY), "go on");

    assertEquals("guard", assertInstanceOf(AgentOutcome.Ended.class, outcome).code());
    assertEquals(List.of(), asked);
    assertEquals(4, model.requests().size());
  }

  @Test
  void whatAllowsEverythingDoesNotAllowCirclesA58() throws Exception {
    goesRound(5);

    var outcome = goOn(List.of(), ruling("*", Decision.ALLOW), "stop");

    assertEquals("guard", assertInstanceOf(AgentOutcome.Ended.class, outcome).code());
    assertEquals(1, asked.size());
  }

  @Test
  void whereTheUserSaysStopNoFurtherRequestIsMadeLG3() throws Exception {
    goesRound(5);

    var outcome = runWith("stop");

    assertEquals("guard", assertInstanceOf(AgentOutcome.Ended.class, outcome).code());
    assertEquals(4, model.requests().size());
  }

  @Test
  void aTextThatRepeatsItselfIsCutAndMayBeMendedLG1() throws Exception {
    model.streams("First this. ", STUCK.repeat(40), "And more.").says("done");

    var outcome = run(looking());

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    var messages = model.requests().getLast().messages();
    var kept = messages.get(1).toString();
    assertTrue(kept.contains("First this. I will try that again."), kept);
    assertTrue(kept.length() < 200, kept);
    assertEquals(
        new Message.User(
            Reminder.of(
                "Error: your reply said the same words over and over, and was cut. Say what you"
                    + " have to say once, or take the next step.")),
        messages.getLast());
  }

  @Test
  void afterTwoRecoveriesTheAgentEndsLG1() throws Exception {
    for (int i = 0; i < 4; i++) {
      model.streams(STUCK.repeat(40));
    }

    var outcome = run(looking());

    assertEquals(
        new AgentOutcome.Ended("guard", "the model said the same over and over, in 3 replies"),
        outcome);
    assertEquals(3, model.requests().size());
  }

  @Test
  void anAgentOfAWorkflowThatAGuardStopsIsLostAndGoesTheSameWayAgainLG2() throws Exception {
    for (int i = 0; i < 3; i++) {
      model.streams(STUCK.repeat(40));
    }
    var step = new RecordedStep();
    var whole = perform(step);

    assertEquals("guard", assertInstanceOf(ActivityResult.Failed.class, whole).code());
    assertTrue(whole.toString().contains("lastText"), whole.toString());

    // Killed before its end was written: the record alone leads to the same end.
    var entries = step.session().recorded();
    var later = new RecordedStep();
    later.session().holding(entries.subList(0, entries.size() - 1));

    assertEquals(whole, perform(later));
    assertEquals(3, model.requests().size());
  }

  private ActivityResult perform(RecordedStep step) throws InterruptedException {
    var activity =
        new AgentActivity(
            AgentSettings.in(workspace),
            _ -> model.resolved(),
            ToolSource.of(Toolbox.of(List.of())),
            (_, _, _) -> {},
            () -> 0);
    return activity.perform(RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"p\"}"), step);
  }
}
