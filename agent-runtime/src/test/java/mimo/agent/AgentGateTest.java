package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import mimo.agent.goal.GoalStage;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.task.TaskTool;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent of a workflow has to pass before its answer counts: T4, G11.
@Timeout(60)
final class AgentGateTest {

  private static final String GOAL = "{\"prompt\":\"p\",\"goal\":\"the tests pass\"}";

  @TempDir Path folder;
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final RecordedStep step = new RecordedStep();
  private ScriptedProvider model = new ScriptedProvider();
  private GoalStage stage;

  @BeforeEach
  void open() throws IOException {
    stage = new GoalStage(folder);
    stage.most = 1;
    model = stage.agent;
  }

  private ActivityResult perform(String input) throws Exception {
    return perform(input, step);
  }

  private ActivityResult perform(String input, RecordedStep at) throws Exception {
    var ground = stage.ground();
    var activity =
        new AgentActivity(
            AgentSettings.in(folder)
                .withAuthority(Authorities.everything())
                .withModel("scripted/model")
                .withGoals((_, _) -> Optional.of(ground)),
            _ -> model.resolved(),
            situation ->
                Toolbox.of(List.of(TaskTool.after(situation.said(), situation.recorded()))),
            (_, _, event) -> events.add(event),
            () -> 0);
    return activity.perform(RecordedStep.request(StepKind.AGENT, input), at);
  }

  private static ActivityResult.Failed failed(ActivityResult result) {
    return assertInstanceOf(ActivityResult.Failed.class, result);
  }

  private static String lastText(ActivityResult result) {
    return Json.parse(result.report()).path("lastText").asText();
  }

  private static ToolCall task(String id, String arguments) {
    return new ToolCall(id, "task", arguments);
  }

  @Test
  void anAgentThatLeavesTasksOpenIsToldTwiceAndIsThenLostAsPartialT4() throws Exception {
    model
        .calls("a", "task", "{\"action\":\"create\",\"title\":\"write the test\"}")
        .says("done")
        .says("really done")
        .says("done, I said");

    var lost = failed(perform("{\"prompt\":\"p\"}"));

    assertEquals("partial", lost.code());
    assertEquals("these tasks are not finished:\nT1 open: write the test", lost.message());
    assertEquals("done, I said", lastText(lost));
    assertEquals(
        new Message.User(
            Reminder.of(
                "These tasks of yours are not finished:\n"
                    + "T1 open: write the test\n"
                    + "Finish them, or mark each done, blocked or abandoned, as it is; then give"
                    + " your answer again.")),
        model.requests().get(2).messages().getLast());
  }

  @Test
  void anAgentThatFinishesItsTasksWhenToldIsNoLossT4() throws Exception {
    model
        .calls("a", "task", "{\"action\":\"create\",\"title\":\"write the test\"}")
        .says("done")
        .calls("b", "task", "{\"action\":\"done\",\"id\":\"T1\"}")
        .says("done now");

    assertEquals(
        "\"done now\"",
        assertInstanceOf(ActivityResult.Completed.class, perform("{\"prompt\":\"p\"}")).value());
  }

  @Test
  void aTaskThatIsDoneTogetherWithTheAnswerIsDoneT4() throws Exception {
    model
        .calls("a", "task", "{\"action\":\"create\",\"title\":\"count\"}")
        .replies(
            Finish.TOOL_CALLS,
            new Content.Text("Counted."),
            task("b", "{\"action\":\"done\",\"id\":\"T1\"}"),
            new ToolCall("c", "answer", "{\"value\":7}"));

    var result = perform("{\"prompt\":\"p\",\"schema\":{\"type\":\"integer\"},\"keep\":true}");

    var completed = assertInstanceOf(ActivityResult.Completed.class, result);
    assertEquals("7", completed.value());
    // Who goes on with it knows of the task, and of no tool for answers.
    assertEquals(
        List.of(
            new Message.Model(
                List.of(
                    new Content.Text("Counted."),
                    task("b", "{\"action\":\"done\",\"id\":\"T1\"}"))),
            new Message.Tools(
                List.of(new ToolAnswer("b", "T1 done: count\n(1 done)", Message.Status.OK))),
            new Message.Model(List.of(new Content.Text("7")))),
        kept(completed).subList(3, 6));
  }

  private static List<Message> kept(ActivityResult.Completed completed) {
    return KeptMessages.read(Json.parse(String.valueOf(completed.memo())).path("messages"));
  }

  @Test
  void anUnmetGoalIsTheLossGoalNotMetAndTheLastTextIsKeptG11() throws Exception {
    model.says("done").says("done, as I said");
    stage.rules(false, false, "no test was run").rules(false, false, "still none");

    var lost = failed(perform(GOAL));

    assertEquals("goal_not_met", lost.code());
    assertEquals("done, as I said", lastText(lost));
    assertEquals(
        "{\"state\":\"not_met\",\"reason\":\"still none\",\"reentries\":1,\"checked\":false}",
        Json.write(Json.parse(lost.report()).path("goal")));
  }

  @Test
  void anUnmetGoalUsesUpNoAttemptsAtAnAnswerThatFitsG7() throws Exception {
    stage.most = 6;
    for (int at = 0; at < 7; at++) {
      model.calls("a" + at, "answer", "{\"value\":" + at + "}");
      stage.rules(false, false, "no test was run");
    }

    var lost =
        failed(
            perform(
                "{\"prompt\":\"p\",\"goal\":\"the tests pass\","
                    + "\"schema\":{\"type\":\"integer\"}}"));

    assertEquals(
        "the goal is not met after the agent was sent back 6 times: no test was run",
        lost.message());
  }

  @Test
  void anImpossibleGoalIsTheLossGoalNotMetG11() throws Exception {
    resigns();

    var lost = failed(perform(GOAL));

    assertEquals("goal_not_met", lost.code());
    assertEquals("the goal is impossible: no list", lost.message());
    assertEquals("there is none", lastText(lost));
  }

  /// A tool shows that it cannot be done.
  private void resigns() {
    model.calls("a", "bash", "{\"command\":\"ls\"}").says("there is none");
    stage.rules(false, true, "no list", "there is no tool 'bash'");
  }

  @Test
  void anImpossibleGoalStaysALossIfTheProcessEndsRightAfterTheVerdictG8() throws Exception {
    resigns();
    var whole = failed(perform(GOAL));
    var before = step.session().recorded();
    var again = new RecordedStep();
    again.session().holding(before.subList(0, before.size() - 1));

    assertEquals("session_ended", before.getLast().type());
    assertEquals(whole, perform(GOAL, again));
  }

  @Test
  void aJudgeThatIsOutIsTheLossGoalUnverifiedG11() throws Exception {
    model.says("done");
    for (int at = 0; at < GoalLimits.JUDGE_TRIES; at++) {
      stage.judge.fails("provider_unreachable", "down");
    }

    var lost = failed(perform(GOAL));

    assertEquals("goal_unverified", lost.code());
    assertEquals("done", lastText(lost));
  }
}
