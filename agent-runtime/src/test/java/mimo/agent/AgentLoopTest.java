package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mimo.agent.AgentEvent.Status;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A1–A10, A28, A30, L84, L90.
@Timeout(60)
class AgentLoopTest {

  private static final TokenUsage ONE = ScriptedProvider.USAGE;

  private final ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void answersWithTheFinalText() throws Exception {
    model.streams("Hel", "lo");

    var outcome = run();

    assertEquals(new AgentOutcome.Answered("\"Hello\""), outcome);
    assertEquals(
        List.of(
            new AgentEvent.AgentStart("scripted/model"),
            new AgentEvent.StepStart(1),
            new AgentEvent.TextStart(),
            new AgentEvent.TextDelta("Hel"),
            new AgentEvent.TextDelta("lo"),
            new AgentEvent.TextEnd("Hello", Status.OK),
            new AgentEvent.StepEnd(1, Status.OK, ONE),
            new AgentEvent.AgentEnd(Status.OK, ONE)),
        events);
  }

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
    model.replies(Finish.STOP).replies(Finish.LENGTH, new Content.Reasoning("hm")).says("here");

    assertEquals(new AgentOutcome.Answered("\"here\""), run());
    assertEquals(1, model.requests().getLast().messages().size());
  }

  @Test
  void givesUpAfterThreeEmptyReplies() throws Exception {
    model.replies(Finish.STOP).says("  ").replies(Finish.STOP);

    assertEquals(new AgentOutcome.Ended("empty", "the model had nothing to say, 3 times"), run());
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
        loop(looking(), null, 3).run(CancellationToken.never()));
  }

  @Test
  void endsWithTheProvidersFault() throws Exception {
    model.fails("provider_access", "the key is refused");

    assertEquals(new AgentOutcome.Ended("provider_access", "the key is refused"), run());
    assertEquals(
        List.of(
            new AgentEvent.StepEnd(1, Status.ERROR, TokenUsage.NONE),
            new AgentEvent.AgentEnd(Status.ERROR, TokenUsage.NONE)),
        events.subList(2, 4));
  }

  @Test
  void endsWhatABrokenStreamBegan() throws Exception {
    model.breaksAfter("hal").says("whole");

    run();

    assertEquals(
        List.of(
            new AgentEvent.ReasoningStart(),
            new AgentEvent.ReasoningDelta("hm"),
            new AgentEvent.TextStart(),
            new AgentEvent.TextDelta("hal"),
            new AgentEvent.ReasoningEnd("hm", Status.ABORTED),
            new AgentEvent.TextEnd("hal", Status.ABORTED),
            new AgentEvent.RetryStart("cut", Duration.ofMillis(5)),
            new AgentEvent.RetryEnd("cut", Duration.ZERO),
            new AgentEvent.TextStart(),
            new AgentEvent.TextEnd("whole", Status.OK)),
        events.subList(2, 12));
    assertEveryStartHasOneEnd();
  }

  @Test
  void endsEverythingWhenCancelledAmongTools() throws Exception {
    var begun = new CountDownLatch(2);
    var never = new CountDownLatch(1);
    var stuck =
        tool(
            "stuck",
            ToolSpec.Effect.READS,
            (_, _) -> {
              begun.countDown();
              never.await();
              return "never";
            });
    model.replies(Finish.TOOL_CALLS, calls("stuck", 2));
    var ending = start(loop(Toolbox.of(List.of(stuck)), null, 200));

    begun.await();
    var since = System.nanoTime();
    ending.thread().interrupt();
    ending.thread().join();

    assertInstanceOf(InterruptedException.class, ending.failure());
    assertTrue(System.nanoTime() - since < TimeUnit.SECONDS.toNanos(5), "cancel took too long");
    assertEveryStartHasOneEnd();
    assertEquals(
        2,
        events.stream()
            .filter(
                each -> each instanceof AgentEvent.ToolEnd end && end.status() == Status.ABORTED)
            .count());
    assertEquals(new AgentEvent.AgentEnd(Status.ABORTED, ONE), events.getLast());
  }

  @Test
  void endsEverythingWhenCancelledAmidAReply() throws Exception {
    model.hangs();
    var cancellation = new CancellationSource();
    var ending = start(loop(looking(), null, 200), cancellation);

    model.awaitHanging();
    cancellation.cancel();
    ending.thread().join();

    assertInstanceOf(InterruptedException.class, ending.failure());
    assertEveryStartHasOneEnd();
    assertEquals(new AgentEvent.TextEnd("thinking", Status.ABORTED), events.get(4));
  }

  @Test
  void takesAnAnswerThatFitsItsSchema() throws Exception {
    model.replies(
        Finish.TOOL_CALLS,
        new ToolCall("c1", "look", "{\"at\":\"1\"}"),
        new ToolCall("c2", "answer", "{\"value\":7}"),
        new ToolCall("c3", "answer", "{\"value\":8}"));

    assertEquals(
        new AgentOutcome.Answered("7"),
        loop(looking(), schema("{\"type\":\"integer\"}"), 200).run(CancellationToken.never()));
    assertEquals(
        List.of("look", "answer"),
        model.requests().getFirst().tools().stream().map(ToolSpec::name).toList());
  }

  @Test
  void tellsEachAttemptWhatWasWrongWithTheLast() throws Exception {
    model
        .calls("c1", "answer", "{\"value\":\"1\"}")
        .calls("c2", "answer", "{\"value\":")
        .says("it is seven")
        .calls("c4", "answer", "{\"value\":0.5}")
        .calls("c5", "answer", "{\"value\":7}");

    var outcome =
        loop(looking(), schema("{\"type\":\"integer\"}"), 200).run(CancellationToken.never());

    assertEquals(new AgentOutcome.Answered("7"), outcome);
    assertEquals(
        "The answer does not fit its schema (4 attempts left):\n"
            + "- the answer: string found, integer expected",
        toolAnswers(1).getFirst().text());
    assertEquals(
        new Message.User(
            "The answer does not fit its schema (2 attempts left):\n"
                + "the reply is prose; give the answer by calling the tool 'answer'"),
        model.requests().get(3).messages().getLast());
    assertEquals(
        "The answer does not fit its schema (1 attempts left):\n"
            + "- the answer: number found, integer expected",
        toolAnswers(4).getFirst().text());
  }

  @Test
  void givesUpAfterFiveAttempts() throws Exception {
    for (int i = 1; i <= 5; i++) {
      model.calls("c" + i, "answer", "{\"value\":" + i + ".5}");
    }

    assertEquals(
        new AgentOutcome.Ended(
            "schema_exhausted",
            "none of 5 answers fitted the schema; the last: "
                + "- the answer: number found, integer expected"),
        loop(looking(), schema("{\"type\":\"integer\"}"), 200).run(CancellationToken.never()));
  }

  @Test
  void takesATextThatIsTheValueItself() throws Exception {
    model.says("```json\n{\"n\": 7}\n```");

    assertEquals(
        new AgentOutcome.Answered("{\"n\":7}"),
        loop(looking(), schema("{\"type\":\"object\",\"required\":[\"n\"]}"), 200)
            .run(CancellationToken.never()));
  }

  private AgentOutcome run() throws InterruptedException {
    return run(Toolbox.of(List.of()));
  }

  private AgentOutcome run(Toolbox tools) throws InterruptedException {
    var outcome = loop(tools, null, AgentLimits.TURNS).run(CancellationToken.never());
    assertEveryStartHasOneEnd();
    return outcome;
  }

  private AgentLoop loop(Toolbox tools, @Nullable AnswerSchema schema, int turns) {
    var task = new AgentTask(model.resolved(), "system", "the task", tools, schema, turns);
    return new AgentLoop(task, new Unlimited(), events::add, () -> 0);
  }

  private static AnswerSchema schema(String json) {
    return assertInstanceOf(AnswerSchema.Reading.Usable.class, AnswerSchema.read(Json.parse(json)))
        .schema();
  }

  private List<ToolAnswer> toolAnswers(int request) {
    return assertInstanceOf(Message.Tools.class, model.requests().get(request).messages().getLast())
        .answers();
  }

  private static List<String> texts(List<ToolAnswer> answers) {
    return answers.stream().map(ToolAnswer::text).toList();
  }

  private static Content[] calls(String tool, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new ToolCall("id" + number, tool, "{}"))
        .toArray(Content[]::new);
  }

  private String note(String tool, ObjectNode input) {
    order.add(tool + " " + input.path("at").asText());
    return "ok";
  }

  private static Toolbox looking() {
    return Toolbox.of(List.of(lookTool()));
  }

  private static Tool lookTool() {
    return tool(
        "look", ToolSpec.Effect.READS, (input, _) -> "saw " + input.path("at").asText("nothing"));
  }

  private interface Body {
    String run(ObjectNode input, CancellationToken cancellation) throws Exception;
  }

  private static Tool tool(String name, ToolSpec.Effect effect, Body body) {
    var spec =
        new ToolSpec(
            name,
            "Does it.",
            "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"string\"}}}",
            effect);
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation)
          throws InterruptedException {
        try {
          return Result.ok(body.run(input, cancellation));
        } catch (InterruptedException | RuntimeException passed) {
          throw passed;
        } catch (Exception unexpected) {
          throw new IllegalStateException(unexpected);
        }
      }
    };
  }

  private record Started(Thread thread, List<Throwable> failures) {
    Throwable failure() {
      return failures.getFirst();
    }
  }

  private static Started start(AgentLoop loop) {
    return start(loop, CancellationToken.never());
  }

  private static Started start(AgentLoop loop, CancellationToken cancellation) {
    var failures = Collections.synchronizedList(new ArrayList<Throwable>());
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                loop.run(cancellation);
              } catch (InterruptedException expected) {
                failures.add(expected);
              }
            });
    return new Started(thread, failures);
  }

  private void assertEveryStartHasOneEnd() {
    var open = new ArrayList<String>();
    for (var event : List.copyOf(events)) {
      var start = startOf(event);
      var end = endOf(event);
      if (start != null) {
        assertFalse(open.contains(start), start + " begins twice in " + events);
        open.add(start);
      } else if (end != null) {
        assertTrue(open.remove(end), end + " ends without a start in " + events);
      }
    }
    assertEquals(List.of(), open);
    assertNull(startOf(events.getLast()));
  }

  private static @Nullable String startOf(AgentEvent event) {
    return switch (event) {
      case AgentEvent.AgentStart _ -> "agent";
      case AgentEvent.StepStart(int number) -> "step " + number;
      case AgentEvent.TextStart _ -> "text";
      case AgentEvent.ReasoningStart _ -> "reasoning";
      case AgentEvent.ToolStart start -> "tool " + start.call();
      case AgentEvent.RetryStart _ -> "retry";
      default -> null;
    };
  }

  private static @Nullable String endOf(AgentEvent event) {
    return switch (event) {
      case AgentEvent.AgentEnd _ -> "agent";
      case AgentEvent.StepEnd end -> "step " + end.number();
      case AgentEvent.TextEnd _ -> "text";
      case AgentEvent.ReasoningEnd _ -> "reasoning";
      case AgentEvent.ToolEnd end -> "tool " + end.call();
      case AgentEvent.RetryEnd _ -> "retry";
      default -> null;
    };
  }

  private record Unlimited() implements Meter {
    @Override
    public boolean hasAllowance() {
      return true;
    }

    @Override
    public OptionalLong maxOutputTokens() {
      return OptionalLong.empty();
    }

    @Override
    public void charge(TokenUsage usage) {}
  }
}
