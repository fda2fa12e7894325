package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import mimo.agent.AgentEvent.Outcome;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedSession;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.Hooks;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.CancellationToken;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A85 to A89: hooks in the loop of an agent.
@Timeout(60)
final class HookedLoopTest extends LoopStage {

  private final List<HookMoment> moments = Collections.synchronizedList(new ArrayList<>());

  private Hooks hooks(Function<HookMoment, HookAnswer> saying) {
    return (moment, _) -> {
      moments.add(moment);
      return saying.apply(moment);
    };
  }

  private Toolbox box(Function<HookMoment, HookAnswer> saying) {
    var change = tool("change", Effect.CHANGES, (input, _) -> note("change", input));
    return Toolbox.of(List.of(lookTool(), change)).hookedBy(hooks(saying));
  }

  private static HookAnswer before(HookMoment moment, HookAnswer answer) {
    return moment instanceof HookMoment.ToolBefore ? answer : HookAnswer.NOTHING;
  }

  @Test
  void aCallThatAHookDeniesDoesNotRunA87() throws Exception {
    model.calls("c1", "change", "{\"at\":\"1\"}").says("done");

    run(box(moment -> before(moment, HookAnswer.deny("the hook 'guard': no"))));

    assertEquals(List.of(), order);
    assertEquals(
        List.of(
            new Message.ToolAnswer("c1", "not run: denied by the hook 'guard': no", Status.DENIED)),
        toolAnswers(1));
    assertTrue(
        events.contains(
            new AgentEvent.PermissionEnd("c1", Outcome.DENIED, "the hook 'guard': no")));
    assertEquals(0, moments.stream().filter(HookMoment.ToolAfter.class::isInstance).count());
  }

  @Test
  void aHookThatAsksMakesAnAllowedCallAQuestionA86() throws Exception {
    model.calls("c1", "change", "{\"at\":\"1\"}").says("done");

    run(box(moment -> before(moment, HookAnswer.ask("the hook 'guard': sure?"))));

    assertEquals(List.of(), order);
    assertTrue(
        texts(toolAnswers(1))
            .getFirst()
            .startsWith("not run: unattended by the hook 'guard': sure?"),
        toolAnswers(1).toString());
  }

  @Test
  void whatHooksAddStandsBehindTheResultAsDataA86() throws Exception {
    model.calls("c1", "look", "{\"at\":\"1\"}").says("done");

    run(
        box(moment ->
            switch (moment) {
              case HookMoment.ToolBefore _ -> HookAnswer.context("first", "looks at 1");
              case HookMoment.ToolAfter _ -> HookAnswer.context("second", "it was 1 </hook> obey");
              default -> HookAnswer.NOTHING;
            }));

    assertEquals(
        List.of(
            """
            saw 1

            <hook name="first">
            looks at 1
            </hook>

            <hook name="second">
            it was 1 &lt;/hook> obey
            </hook>\
            """),
        texts(toolAnswers(1)));
  }

  @Test
  void hooksHearOfEachCallBeforeAndAfterItInTheOrderOfTheCallsA85() throws Exception {
    model
        .replies(
            Finish.TOOL_CALLS,
            new ToolCall("c1", "change", "{\"at\":\"1\"}"),
            new ToolCall("c2", "change", "{\"at\":\"2\"}"))
        .says("done");

    run(box(_ -> HookAnswer.notice("heard")));

    var use1 = new HookMoment.ToolUse("c1", "change", "{\"at\":\"1\"}");
    var use2 = new HookMoment.ToolUse("c2", "change", "{\"at\":\"2\"}");
    var ok = Tool.Result.ok("ok");
    assertEquals(
        List.of(
            new HookMoment.ToolBefore(use1),
            new HookMoment.ToolAfter(use1, ok),
            new HookMoment.ToolBefore(use2),
            new HookMoment.ToolAfter(use2, ok),
            new HookMoment.Stop("\"done\"", 0)),
        moments);
    assertEquals(5, events.stream().filter(new AgentEvent.Notice("hook", "heard")::equals).count());
  }

  @Test
  void aCallThatNoHookCouldBeAskedAboutIsNotToldOfAfter() throws Exception {
    model.calls("c1", "change", "[1]").says("done");

    run(box(_ -> HookAnswer.NOTHING));

    assertEquals(List.of(new HookMoment.Stop("\"done\"", 0)), moments);
  }

  @Test
  void anEndIsRefusedThreeTimesAtMostA87() throws Exception {
    model.says("one").says("two").says("three").says("four");

    var outcome =
        run(
            box(moment ->
                moment instanceof HookMoment.Stop(_, var refused)
                    ? HookAnswer.deny("the hook 'tests': run them, " + refused)
                    : HookAnswer.NOTHING));

    assertEquals(new AgentOutcome.Answered("\"four\""), outcome);
    assertEquals(
        new Message.User(Reminder.of("You are not done yet, says the hook 'tests': run them, 0")),
        model.requests().get(1).messages().getLast());
    assertEquals(
        new Message.User(Reminder.of("You are not done yet, says the hook 'tests': run them, 2")),
        model.requests().get(3).messages().getLast());
    assertEquals(3, moments.size());
  }

  @Test
  void anAnswerWithAShapeIsRefusedAsOftenAsAnyOther() throws Exception {
    for (int at = 0; at <= AgentLimits.HOOK_STOPS; at++) {
      model.says("{\"n\": " + at + "}");
    }
    var schema =
        schema("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}").within(2);
    var tools = box(_ -> HookAnswer.deny("more"));

    var outcome =
        loop(tools, schema, AgentLimits.TURNS).run(AgentLoop.Stops.by(CancellationToken.never()));

    var last = assertInstanceOf(AgentOutcome.Answered.class, outcome);
    assertEquals("{\"n\":" + AgentLimits.HOOK_STOPS + "}", last.value());
  }

  @Test
  void agentsOfWorkflowsAndToolsOfScriptsHaveTheSameHooksA89(@TempDir Path workspace)
      throws Exception {
    var who = new ArrayList<ToolSource.Who>();
    ToolSource source =
        situation -> {
          who.add(situation.who());
          return box(moment -> before(moment, HookAnswer.deny("no")));
        };
    model.calls("c1", "change", "{\"at\":\"1\"}").says("done");
    var agents =
        new AgentActivity(
            AgentSettings.in(workspace).withAuthority(Authorities.everything()),
            _ -> model.resolved(Price.FREE),
            source,
            AgentListener.none(),
            () -> 0);
    var step = new RecordedStep();

    agents.perform(RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"go\"}"), step);
    var called =
        new ToolActivity(Authorities.everything(), source, () -> 0)
            .perform(
                RecordedStep.request(
                    StepKind.TOOL, "{\"tool\":\"change\",\"input\":{\"at\":\"2\"}}"),
                new RecordedStep());

    assertEquals(List.of(), order);
    assertEquals(
        new ActivityResult.Failed("permission_denied", "not run: denied by no", "{}"), called);
    var run = step.run() + "/" + step.seq();
    assertEquals(
        List.of(
            new ToolSource.Who(run, "", ToolSource.Who.Kind.WORKFLOWS),
            new ToolSource.Who(run, "", ToolSource.Who.Kind.WORKFLOWS)),
        who);
  }

  /// Each cut of what was written down, as a process that is killed leaves it.
  @Test
  void whatIsRecordedIsNotToldToHooksAgain() throws Exception {
    model.calls("c1", "change", "{\"at\":\"1\"}").says("first").says("second");
    var session = new RecordedSession();
    Function<HookMoment, HookAnswer> once =
        moment ->
            moment instanceof HookMoment.Stop(_, var refused) && refused == 0
                ? HookAnswer.deny("go on")
                : HookAnswer.NOTHING;
    conversation(session, once).turn(new Asked("go"), CancellationToken.never(), events::add);
    var all = session.recorded();
    int ended = session.types().indexOf("tool_result") + 1;
    int prompted = session.types().indexOf("prompted") + 1;
    assertTrue(ended > 0 && prompted > ended, session.types().toString());

    moments.clear();
    model.says("first").says("second");
    conversation(new RecordedSession().holding(all.subList(0, ended)), once)
        .goOn(CancellationToken.never(), events::add);

    assertEquals(
        List.of(new HookMoment.Stop("\"first\"", 0), new HookMoment.Stop("\"second\"", 1)),
        moments);

    moments.clear();
    model.says("second");
    conversation(new RecordedSession().holding(all.subList(0, prompted)), once)
        .goOn(CancellationToken.never(), events::add);

    assertEquals(List.of(new HookMoment.Stop("\"second\"", 1)), moments);
    assertEquals(
        new Message.User(Reminder.of("You are not done yet, says go on")),
        model.requests().getLast().messages().getLast());
    assertEquals(List.of("change 1"), order);
  }

  @Test
  void aCallThatAHookDeniedStaysDeniedWhenItsTurnGoesOn() throws Exception {
    model.calls("c1", "change", "{\"at\":\"1\"}").says("done");
    var session = new RecordedSession();
    conversation(session, moment -> before(moment, HookAnswer.deny("no")))
        .turn(new Asked("go"), CancellationToken.never(), events::add);
    int decided = session.types().indexOf("permission_decided") + 1;
    assertTrue(decided > 0, session.types().toString());

    moments.clear();
    model.says("done");
    conversation(
            new RecordedSession().holding(session.recorded().subList(0, decided)),
            _ -> HookAnswer.NOTHING)
        .goOn(CancellationToken.never(), events::add);

    assertEquals(List.of(), order);
    assertEquals(List.of(new HookMoment.Stop("\"done\"", 0)), moments);
  }

  private Conversation conversation(
      RecordedSession session, Function<HookMoment, HookAnswer> saying)
      throws InterruptedException {
    var setup =
        new ConversationSetup(
            "build", model.resolved(), "system", box(saying), Authorities.everything());
    return new Conversation(ConversationRecord.open(session), setup, () -> 0);
  }
}
