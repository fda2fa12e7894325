package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mimo.agent.AgentEvent.Status;
import mimo.agent.message.Content;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.tool.MoreTools;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A1–A7, A28, A30.
@Timeout(60)
class AgentLoopTest extends LoopStage {

  @Test
  void asksAgainWithWhatTheToolsAnswered() throws Exception {
    model.calls("c1", "look", "{\"at\":\"a\"}").says("done");

    var outcome = run(looking());

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    assertEquals(
        List.of(
            new Message.User("the task"),
            new Message.Model(List.of(new ToolCall("c1", "look", "{\"at\":\"a\"}"))),
            new Message.Tools(List.of(new ToolAnswer("c1", "saw a", Message.Status.OK)))),
        model.requests().get(1).messages());
    assertEquals(
        List.of(
            new AgentEvent.ToolStart("c1", "look", "{\"at\":\"a\"}"),
            new AgentEvent.ToolEnd(
                "c1",
                "look",
                new ToolAnswer("c1", "saw a", Message.Status.OK),
                Status.OK,
                Duration.ZERO)),
        events.subList(2, 4));
  }

  @Test
  void makesToolsFromElsewhereReadyOnceForAMessage() throws Exception {
    model.replies(Finish.TOOL_CALLS, calls("far", 3)).says("done");
    var elsewhere =
        new Elsewhere(tool("far", ToolSpec.Effect.READS, (input, _) -> note("far", input)));

    run(Toolbox.of(List.of()).reaching(elsewhere));

    assertEquals(List.of(Set.of("far")), elsewhere.ready);
    assertEquals(3, order.size());
  }

  /// One tool from elsewhere.
  private static final class Elsewhere implements MoreTools {

    private final List<Set<String>> ready = new ArrayList<>();
    private final Tool tool;

    Elsewhere(Tool tool) {
      this.tool = tool;
    }

    @Override
    public List<String> sources() {
      return List.of("elsewhere");
    }

    @Override
    public List<String> names() {
      return List.of(tool.spec().name());
    }

    @Override
    public Found all(CancellationToken cancellation) {
      return new Found(List.of(tool), List.of());
    }

    @Override
    public void ready(Set<String> names, CancellationToken cancellation) {
      ready.add(Set.copyOf(names));
    }

    @Override
    public Optional<Tool> find(String name) {
      return name.equals(tool.spec().name()) ? Optional.of(tool) : Optional.empty();
    }

    @Override
    public MoreTools only(Predicate<String> names) {
      return this;
    }
  }

  @Test
  void warnsAnAgentThatGoesInCirclesOnceAndThenEndsIt() throws Exception {
    for (int i = 1; i <= 5; i++) {
      model.calls("c" + i, "look", "{\"at\":\"a\"}");
    }

    var outcome = run(looking());

    assertEquals(
        new AgentOutcome.Ended(
            "guard",
            "the agent goes in circles: the same call (look) 3 times with the same result"),
        outcome);
    assertEquals(4, model.requests().size());
    assertEquals(
        new Message.User(
            Reminder.of(
                "Error: you made the same call (look) 3 times with the same result. Doing it again"
                    + " changes nothing. Do something else, or say what stands in the way.")),
        model.requests().get(3).messages().getLast());
  }

  @Test
  void runsAdjacentReadsSideBySideAndAnswersInOrder() throws Exception {
    var together = new CyclicBarrier(3);
    var meet =
        tool(
            "meet",
            ToolSpec.Effect.READS,
            (input, _) -> {
              together.await(30, TimeUnit.SECONDS);
              return "met " + input.path("at").asText();
            });
    model
        .replies(
            Finish.TOOL_CALLS,
            new ToolCall("c1", "meet", "{\"at\":\"1\"}"),
            new ToolCall("c2", "meet", "{\"at\":\"2\"}"),
            new ToolCall("c3", "meet", "{\"at\":\"3\"}"))
        .says("done");

    run(Toolbox.of(List.of(meet)));

    assertEquals(List.of("met 1", "met 2", "met 3"), texts(toolAnswers(1)));
  }

  @Test
  void runsAtMostEightReadsAtOnce() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var eight = new CountDownLatch(AgentLimits.PARALLEL_READS);
    var busy =
        tool(
            "busy",
            ToolSpec.Effect.READS,
            (_, _) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              eight.countDown();
              eight.await(30, TimeUnit.SECONDS);
              running.decrementAndGet();
              return "ok";
            });
    model.replies(Finish.TOOL_CALLS, calls("busy", 40)).says("done");

    run(Toolbox.of(List.of(busy)));

    assertEquals(AgentLimits.PARALLEL_READS, most.get());
    assertEquals(40, toolAnswers(1).size());
  }

  @Test
  void letsAChangeWaitForReadsBeforeItAndHoldUpThoseAfterIt() throws Exception {
    var look = tool("look", ToolSpec.Effect.READS, (input, _) -> note("look", input));
    var change = tool("change", ToolSpec.Effect.CHANGES, (input, _) -> note("change", input));
    model
        .replies(
            Finish.TOOL_CALLS,
            new ToolCall("c1", "look", "{\"at\":\"1\"}"),
            new ToolCall("c2", "change", "{\"at\":\"2\"}"),
            new ToolCall("c3", "change", "{\"at\":\"3\"}"),
            new ToolCall("c4", "look", "{\"at\":\"4\"}"))
        .says("done");

    run(Toolbox.of(List.of(look, change)));

    assertEquals(List.of("look 1", "change 2", "change 3", "look 4"), order);
  }

  @Test
  void answersEveryCallWhateverBecomesOfIt() throws Exception {
    var broken =
        tool(
            "broken",
            ToolSpec.Effect.READS,
            (_, _) -> {
              throw new IllegalStateException("secret detail");
            });
    model
        .replies(
            Finish.TOOL_CALLS,
            new ToolCall("c1", "broken", "{}"),
            new ToolCall("c2", "none", "{}"),
            new ToolCall("c3", "look", "{\"at\":"),
            new ToolCall("c4", "look", "{\"att\":\"x\"}"),
            new ToolCall("c5", "look", ""))
        .says("done");

    run(Toolbox.of(List.of(broken, lookTool())));

    assertEquals(
        List.of(
            "the tool failed: IllegalStateException",
            "there is no tool 'none'; there are broken, look",
            "the arguments are no complete JSON, so nothing was run: Unexpected end-of-input "
                + "within/between Object entries (line 1, column 7)",
            "look has no argument 'att'; did you mean 'at'? It takes at.",
            "saw nothing"),
        texts(toolAnswers(1)));
  }

  @Test
  void doesNotMistakeAnErrorOfTheMachineForACancel() {
    var broken =
        tool(
            "broken",
            ToolSpec.Effect.READS,
            (_, _) -> {
              throw new OutOfMemoryError("thrown by the test");
            });
    model.calls("c1", "broken", "{}").says("done");

    var error =
        assertThrows(OutOfMemoryError.class, () -> run(Toolbox.of(List.of(broken, lookTool()))));

    assertEquals("thrown by the test", error.getMessage());
  }

  @Test
  void runsTheFirstOfTwoCallsWithOneId() throws Exception {
    model
        .replies(
            Finish.TOOL_CALLS,
            new ToolCall("c1", "look", "{\"at\":\"1\"}"),
            new ToolCall("c1", "look", "{\"at\":\"2\"}"),
            new ToolCall("", "look", "{\"at\":\"3\"}"))
        .calls("c1", "look", "{\"at\":\"4\"}")
        .says("done");

    run(looking());

    assertEquals(
        List.of(
            new ToolAnswer("c1", "saw 1", Message.Status.OK),
            new ToolAnswer(
                "call_1_2",
                "the call id 'c1' was given twice; only the first call was run",
                Message.Status.ERROR),
            new ToolAnswer("call_1_3", "saw 3", Message.Status.OK)),
        toolAnswers(1));
    assertEquals(List.of(new ToolAnswer("call_2_1", "saw 4", Message.Status.OK)), toolAnswers(2));
  }

  @Test
  void doesNotTakeArgumentsCutAwayForNone() throws Exception {
    model
        .replies(Finish.LENGTH, new ToolCall("c1", "look", ""), new ToolCall("c2", "look", " "))
        .says("done");

    run(looking());

    assertEquals(
        List.of("saw nothing", "the reply was cut before the arguments; nothing was run"),
        texts(toolAnswers(1)));
  }

  @Test
  void runsNoMoreCallsThanTheLimit() throws Exception {
    int calls = AgentLimits.CALLS_PER_REPLY + 1;
    model.replies(Finish.TOOL_CALLS, calls("look", calls)).says("done");

    run(looking());

    var answers = toolAnswers(1);
    assertEquals(calls, answers.size());
    assertEquals("a reply may hold 128 calls; this one was not run", answers.getLast().text());
    assertEquals(Message.Status.OK, answers.get(calls - 2).status());
  }

  @Test
  void continuesACutReply() throws Exception {
    model
        .replies(Finish.LENGTH, new Content.Text("one "))
        .replies(Finish.LENGTH, new Content.Text("two "))
        .says("three");

    assertEquals(new AgentOutcome.Answered("\"one two three\""), run());
    assertEquals(5, model.requests().getLast().messages().size());
  }

  @Test
  void continuesACutReplyThreeTimesOnly() throws Exception {
    for (int i = 0; i <= AgentLimits.CONTINUATIONS; i++) {
      model.replies(Finish.LENGTH, new Content.Text("more "));
    }

    assertEquals(
        new AgentOutcome.Ended(
            "failed", "the reply was still cut by the output limit after 3 continuations"),
        run());
  }

  @Test
  void asksAgainAfterAnEmptyReply() throws Exception {
    model.replies(Finish.LENGTH, new Content.Reasoning("hm")).says("here");

    assertEquals(new AgentOutcome.Answered("\"here\""), run());
    assertEquals(1, model.requests().getLast().messages().size());
  }

  @Test
  void givesUpAfterTwoRepliesInARowWhoseCallsNobodyCanReadLG1() throws Exception {
    model
        .calls("c1", "look", "{\"at\":")
        .calls("c2", "look", "{\"at\":\"a\"}")
        .calls("c3", "look", "{\"at\":")
        .calls("c4", "look", "[1,")
        .says("not asked any more");

    assertEquals(
        new AgentOutcome.Ended("empty", "nothing the model said could be read, 2 times"),
        run(looking()));
    assertEquals(4, model.requests().size());
  }

  @Test
  void givesUpAfterTwoEmptyRepliesInARowLG1() throws Exception {
    model.replies(Finish.STOP).says("  ").replies(Finish.STOP);

    assertEquals(new AgentOutcome.Ended("empty", "the model had nothing to say, 2 times"), run());
  }

  @Test
  void endsWhereAFilterStruck() throws Exception {
    model.replies(Finish.FILTERED, new Content.Text("I can"));

    assertEquals(new AgentOutcome.Ended("failed", "the provider's filter ended the reply"), run());
  }

  @Test
  void endsAtTheLimitOfTurns() throws Exception {
    for (int i = 0; i < 3; i++) {
      model.calls("c" + i, "look", "");
    }

    assertEquals(
        new AgentOutcome.Ended("max_turns", "the agent did not come to an end within 3 turns"),
        loop(looking(), null, 3).run(AgentLoop.Stops.by(CancellationToken.never())));
  }
}
