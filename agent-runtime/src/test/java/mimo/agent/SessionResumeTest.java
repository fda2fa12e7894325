package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionEvents;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import mimo.engine.journal.SessionEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that another process began goes on as if it had never stopped (D25 to D28, A13).
@Timeout(60)
class SessionResumeTest {

  @TempDir Path workspace;
  private final ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> deeds = Collections.synchronizedList(new ArrayList<>());
  private Resolution resolution = model.resolved(Price.FREE);
  private Toolbox tools = tools("change", "look");
  private String instructions = "";

  private Toolbox tools(String... names) {
    var list = new ArrayList<mimo.agent.tool.Tool>();
    for (var name : names) {
      var effect = name.equals("look") ? ToolSpec.Effect.READS : ToolSpec.Effect.CHANGES;
      list.add(
          LoopStage.tool(
              name,
              effect,
              (input, _) -> {
                deeds.add(name + " " + input.path("at").asText());
                return "did it";
              }));
    }
    return Toolbox.of(list);
  }

  private ActivityResult perform(String input, RecordedStep step) throws Exception {
    var activity =
        new AgentActivity(
            AgentSettings.in(workspace)
                .withAuthority(Authorities.everything())
                .withInstructions(instructions),
            _ -> resolution,
            ToolSource.of(tools),
            (_, _, event) -> events.add(event),
            () -> 0);
    return activity.perform(RecordedStep.request(StepKind.AGENT, input), step);
  }

  private static String value(ActivityResult result) {
    return assertInstanceOf(ActivityResult.Completed.class, result).value();
  }

  private static ActivityResult.Failed failure(ActivityResult result) {
    return assertInstanceOf(ActivityResult.Failed.class, result);
  }

  /// A step whose session ends after the last entry of that type.
  private static RecordedStep cutAfter(String type, RecordedStep whole) {
    int end = whole.session().types().lastIndexOf(type) + 1;
    return holding(whole.session().recorded().subList(0, end));
  }

  private static RecordedStep holding(List<SessionEntry> entries) {
    var step = new RecordedStep();
    step.session().holding(entries);
    return step;
  }

  @Test
  void instructionsThatChangeInBetweenChangeNoAgentThatGoesOnA31() throws Exception {
    model.calls("c1", "change", "{\"at\":\"1\"}").says("done");
    instructions = "Use tabs.";
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    var before = model.requests().getFirst().system();
    instructions = "Use blanks.";
    model.says("done").says("other");

    perform("{\"prompt\":\"p\"}", cutAfter("tool_result", whole));
    perform("{\"prompt\":\"p\"}", new RecordedStep());

    assertEquals(before, model.requests().get(2).system());
    assertTrue(model.requests().get(3).system().endsWith("Use blanks."));
  }

  @Test
  void everythingIsWrittenDownBeforeWhatFollowsFromItD25() throws Exception {
    model
        .replies(
            Finish.TOOL_CALLS,
            new Content.ToolCall("a", "change", "{\"at\":\"1\"}"),
            new Content.ToolCall("b", "look", "{\"at\":\"2\"}"))
        .says("done");
    var step = new RecordedStep();

    perform("{\"prompt\":\"p\"}", step);

    assertEquals(
        List.of(
            "session_began",
            "turn_received",
            "tool_started",
            "tool_result",
            "tool_started",
            "tool_result",
            "turn_received",
            "session_ended"),
        step.session().types());
  }

  @Test
  void aCallThatWasBegunIsToldAsInterruptedAndTheNextIsRunD27() throws Exception {
    model
        .replies(
            Finish.TOOL_CALLS,
            new Content.ToolCall("a", "change", "{\"at\":\"1\"}"),
            new Content.ToolCall("b", "change", "{\"at\":\"2\"}"))
        .says("done")
        .says("done after all");
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    deeds.clear();

    var result = perform("{\"prompt\":\"p\"}", holding(whole.session().recorded().subList(0, 3)));

    assertEquals("\"done after all\"", value(result));
    assertEquals(List.of("change 2"), deeds);
    var answers =
        assertInstanceOf(Message.Tools.class, model.requests().getLast().messages().getLast())
            .answers();
    assertTrue(answers.getFirst().text().startsWith("Interrupted, outcome unknown"));
    assertEquals(Message.Status.ERROR, answers.getFirst().status());
    assertEquals("did it", answers.getLast().text());
  }

  @Test
  void aCallWhoseArgumentsAreNotStoredWholeIsNotRunD69() throws Exception {
    model.calls("a", "change", "{\"at\":\"hunter2\"}").says("done").says("so be it");
    var whole = new RecordedStep();
    whole.session().redacting(json -> json.replace("hunter2", "[REDACTED:live-value:00ff]"));
    perform("{\"prompt\":\"p\"}", whole);
    assertEquals(List.of("change hunter2"), deeds, "a tool runs on what was sent");
    deeds.clear();

    var result = perform("{\"prompt\":\"p\"}", cutAfter("turn_received", firstTurnOf(whole)));

    assertEquals("\"so be it\"", value(result));
    assertEquals(List.of(), deeds);
    assertTrue(
        model.requests().getLast().messages().getLast().toString().contains("is not stored"));
  }

  private static RecordedStep firstTurnOf(RecordedStep whole) {
    return holding(whole.session().recorded().subList(0, 2));
  }

  @Test
  void theConversationIsWhatIsStoredForTheLivingTooD11() throws Exception {
    model.calls("a", "look", "{\"at\":\"hunter2\"}").says("done");
    var step = new RecordedStep();
    step.session().redacting(json -> json.replace("hunter2", "[REDACTED:live-value:00ff]"));

    perform("{\"prompt\":\"p\"}", step);

    assertFalse(model.requests().getLast().messages().toString().contains("hunter2"));
  }

  @Test
  void whatWasPaidForIsNotChargedAgainL97() throws Exception {
    model.calls("a", "look", "{}").says("done").says("done");
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    var later = cutAfter("tool_result", whole);

    perform("{\"prompt\":\"p\"}", later);

    assertEquals(1L, later.charged().get("requests"));
  }

  @Test
  void anEndThatTheStepDidNotHearOfIsTakenFromTheSession() throws Exception {
    model.says("done");
    var whole = new RecordedStep();
    var first = perform("{\"prompt\":\"p\"}", whole);

    var again = perform("{\"prompt\":\"p\"}", whole);

    assertEquals(first, again);
    assertEquals(1, model.requests().size());
    assertEquals(3, whole.session().types().size());
  }

  @Test
  void aFailureThatTheStepDidNotHearOfIsTakenFromTheSession() throws Exception {
    model.calls("a", "look", "{}").fails("invalid_request", "odd");
    var whole = new RecordedStep();
    var first = failure(perform("{\"prompt\":\"p\"}", whole));

    var again = failure(perform("{\"prompt\":\"p\"}", whole));

    assertEquals(first.code() + first.message(), again.code() + again.message());
    assertEquals(2, model.requests().size());
  }

  @Test
  void turnsCountOnA7() throws Exception {
    model.calls("a", "look", "{}").calls("b", "look", "{}").calls("c", "look", "{}");
    var input = "{\"prompt\":\"p\",\"maxTurns\":2}";
    var whole = new RecordedStep();
    perform(input, whole);
    int asked = model.requests().size();
    int cut = whole.session().types().indexOf("tool_result") + 1;

    var result = perform(input, holding(whole.session().recorded().subList(0, cut)));

    assertEquals("max_turns", failure(result).code());
    assertEquals(asked + 1, model.requests().size());
  }

  @Test
  void retriesCountOnL77() throws Exception {
    model.fails("stream_broken", "1").fails("stream_broken", "2");
    var input = "{\"prompt\":\"p\",\"retries\":1}";
    var whole = new RecordedStep();
    perform(input, whole);
    var cut = cutAfter("attempt_started", whole);
    model.fails("stream_broken", "3").says("one too many");

    var result = perform(input, cut);

    assertEquals("stream_broken: 3", failure(result).message());
  }

  @Test
  void attemptsAtASchemaCountOnL90() throws Exception {
    var input = "{\"prompt\":\"p\",\"schema\":{\"type\":\"integer\"}}";
    for (int i = 0; i < AgentLimits.ANSWER_ATTEMPTS; i++) {
      model.calls("c" + i, "answer", "{\"value\":\"no\"}");
    }
    var whole = new RecordedStep();
    var first = failure(perform(input, whole));
    var entries = whole.session().recorded();
    int third = 7;
    assertEquals("tool_result", entries.get(third - 1).type());
    int asked = model.requests().size();
    model.calls("d1", "answer", "{\"value\":\"no\"}").calls("d2", "answer", "{\"value\":\"no\"}");

    var again = failure(perform(input, holding(entries.subList(0, third))));

    assertEquals("schema_exhausted", again.code());
    assertEquals(first.message(), again.message());
    assertEquals(asked + 2, model.requests().size());
  }

  @Test
  void theProgramSaysWhatItSaidBefore() throws Exception {
    model
        .replies(Finish.LENGTH, new Content.Text("one "))
        .calls("a", "look", "{}")
        .says("two")
        .says("two");
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    var before = model.requests().getLast().messages();

    perform("{\"prompt\":\"p\"}", cutAfter("tool_result", whole));

    assertEquals(before, model.requests().getLast().messages());
    assertEquals(
        1, whole.session().types().stream().filter(type -> type.equals("prompted")).count());
  }

  @Test
  void aModelThatIsGoneLosesTheSessionD28() throws Exception {
    model.calls("a", "look", "{}").says("done");
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    resolution = new Resolution.Unresolved("model_unknown", "There is no provider scripted.");

    var result = perform("{\"prompt\":\"p\"}", cutAfter("tool_result", whole));

    assertEquals(
        new ActivityResult.Failed(
            "session_lost",
            "the agent was cut off and cannot go on: There is no provider scripted.",
            "{}"),
        result);
  }

  @Test
  void aKeyThatIsMissingIsWaitedFor() throws Exception {
    model.calls("a", "look", "{}").says("done");
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    resolution = new Resolution.Unresolved("no_key", "Set a key.");

    var result = perform("{\"prompt\":\"p\"}", cutAfter("tool_result", whole));

    assertInstanceOf(ActivityResult.Suspended.class, result);
  }

  @Test
  void aToolThatIsGoneLosesTheSessionD28() throws Exception {
    model.calls("a", "look", "{}").says("done");
    var whole = new RecordedStep();
    perform("{\"prompt\":\"p\"}", whole);
    tools = tools("look");

    var result = perform("{\"prompt\":\"p\"}", cutAfter("tool_result", whole));

    assertEquals(
        "the agent was cut off and cannot go on: it has no tool 'change' any more",
        failure(result).message());
  }

  @Test
  void aSessionNobodyCanReadIsLostD28() throws Exception {
    var strange = List.of(new SessionEntry("later_invention", "{}", java.time.Instant.EPOCH));

    var result = perform("{\"prompt\":\"p\"}", holding(strange));

    assertEquals(
        new ActivityResult.Failed(
            "session_lost",
            "this mimo cannot read what was said: entries of type 'later_invention' are unknown",
            "{}"),
        result);
  }

  @Test
  void aTurnThatWasOverIsNotToldAgainButReported() throws Exception {
    model.calls("a", "look", "{}").calls("b", "look", "{}").says("done").says("done");
    var whole = new RecordedStep();
    var first = perform("{\"prompt\":\"p\"}", whole);
    events.clear();

    var again = perform("{\"prompt\":\"p\"}", cutAfter("tool_result", whole));

    assertEquals(first.report(), again.report());
    assertEquals(
        List.of(2, 3),
        events.stream()
            .filter(AgentEvent.StepStart.class::isInstance)
            .map(event -> ((AgentEvent.StepStart) event).number())
            .toList());
  }

  @Test
  void theSessionTellsTheEventsThatWereHeardA11() throws Exception {
    model
        .replies(
            Finish.TOOL_CALLS,
            new Content.Reasoning("hm"),
            new Content.Text("I look."),
            new Content.ToolCall("a", "look", "{\"at\":\"1\"}"),
            new Content.ToolCall("b", "change", "{\"at\":\"2\"}"))
        .fails("stream_broken", "cut")
        .says("done");
    var step = new RecordedStep();

    perform("{\"prompt\":\"p\",\"retries\":1}", step);

    var told = SessionEvents.of(step.session().recorded().stream().map(FactCodec::read).toList());
    // A request that came to nothing leaves no trace but in the reason for the next attempt.
    var heard = new ArrayList<>(events);
    int failed = heard.indexOf(new AgentEvent.StepStart(2));
    heard.subList(failed, failed + 2).clear();
    assertEquals(heard, told);
  }

  @Test
  void beginsNothingMoreWhileItsRunIsBeingPausedD47() throws Exception {
    var step = new RecordedStep();
    tools =
        Toolbox.of(
            List.of(
                LoopStage.tool(
                    "look",
                    ToolSpec.Effect.READS,
                    (_, _) -> {
                      step.pause();
                      return "seen";
                    })));
    model.calls("a", "look", "{}");

    var result = perform("{\"prompt\":\"p\"}", step);

    assertInstanceOf(ActivityResult.Cancelled.class, result);
    assertEquals(1, model.requests().size());
    assertEquals("tool_result", step.session().types().getLast(), "what acts may come to its end");
  }

  @Test
  void aRequestEndsWithThePauseD47() throws Exception {
    var step = new RecordedStep();
    model.hangs();
    var pausing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                model.awaitHanging();
                step.pause();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });

    var result = perform("{\"prompt\":\"p\"}", step);

    pausing.join();
    assertInstanceOf(ActivityResult.Cancelled.class, result);
  }
}
