package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Conversations that go on (L82): by the process that had them, or by any other.
@Timeout(60)
class KeptConversationTest {

  private static final EffortSupport SOME =
      new EffortSupport(Set.of(Effort.LOW, Effort.HIGH), Manner.WORD);

  @TempDir Path workspace;
  private final ScriptedProvider model = new ScriptedProvider();
  private @Nullable AgentSettings settings;

  private ActivityResult.Completed perform(String input, RecordedStep step) throws Exception {
    return assertInstanceOf(ActivityResult.Completed.class, result(input, step));
  }

  private ActivityResult result(String input, RecordedStep step) throws Exception {
    var base =
        settings == null
            ? AgentSettings.in(workspace).withAuthority(Authorities.everything())
            : settings;
    var activity =
        new AgentActivity(
            base,
            _ -> new Resolution.Resolved(model, "model", Price.FREE, SOME),
            ToolSource.of(Toolbox.readingOnly(guard())),
            (_, _, _) -> {},
            () -> 0);
    var kind = input.contains("after") ? StepKind.CONTINUE : StepKind.AGENT;
    return activity.perform(RecordedStep.request(kind, input), step);
  }

  private PathGuard guard() throws IOException {
    return PathGuard.over(workspace);
  }

  private static RecordedStep remembering(int step, ActivityResult.Completed turn) {
    return new RecordedStep().remembering(step, memo(turn));
  }

  private static String memo(ActivityResult.Completed turn) {
    var memo = turn.memo();
    assertNotNull(memo);
    return memo;
  }

  @Test
  void anotherProcessGoesOnWithAllThatWasSaidC50() throws Exception {
    Files.writeString(workspace.resolve("a"), "the text");
    model.calls("c1", "read", "{\"file_path\":\"a\"}").says("It says so.").says("Yes.");
    var first = perform("{\"prompt\":\"what?\",\"keep\":true}", new RecordedStep());

    var second = perform("{\"prompt\":\"sure?\",\"after\":4}", remembering(4, first));

    assertEquals("\"Yes.\"", second.value());
    var asked = model.requests().getLast().messages();
    assertEquals(
        List.of(
            new Message.User("what?"),
            new Message.Model(List.of(new Content.ToolCall("c1", "read", "{\"file_path\":\"a\"}"))),
            asked.get(2),
            new Message.Model(List.of(new Content.Text("It says so."))),
            new Message.User("sure?")),
        asked);
    var answer = assertInstanceOf(Message.Tools.class, asked.get(2)).answers().getFirst();
    assertEquals("c1", answer.call());
    assertEquals(model.requests().getFirst().system(), model.requests().getLast().system());
  }

  @Test
  void aThirdTurnIsReadBackThroughTheSecond() throws Exception {
    model.says("one").says("two").says("three");
    var first = perform("{\"prompt\":\"a\",\"keep\":true}", new RecordedStep());
    var second = perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));

    perform("{\"prompt\":\"c\",\"after\":2}", remembering(1, first).remembering(2, memo(second)));

    assertEquals(
        "a one b two c",
        String.join(" ", model.requests().getLast().messages().stream().map(this::words).toList()));
    assertEquals(-1, memo(second).indexOf("one"), "each turn is stored once");
  }

  private String words(Message message) {
    return switch (message) {
      case Message.User(var text) -> text;
      case Message.Model(var content) -> ((Content.Text) content.getFirst()).text();
      case Message.Tools _ -> "tools";
    };
  }

  @Test
  void aShapedAnswerIsKeptAsTheWordsItIsL82() throws Exception {
    model
        .replies(
            Finish.TOOL_CALLS,
            new Content.Reasoning("hm", new Content.Seal("scripted", "{}")),
            new Content.Text("Here:"),
            new Content.ToolCall("c1", "answer", "{\"n\":1}"))
        .says("text")
        .calls("c2", "answer", "{\"n\":2}");
    var schema = "\"schema\":{\"type\":\"object\",\"required\":[\"n\"]}";
    var first = perform("{\"prompt\":\"a\",\"keep\":true," + schema + "}", new RecordedStep());

    var second = perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));
    var third =
        perform(
            "{\"prompt\":\"c\",\"after\":2," + schema + "}",
            remembering(1, first).remembering(2, memo(second)));

    assertEquals("{\"n\":1}", first.value());
    assertEquals("\"text\"", second.value());
    assertEquals("{\"n\":2}", third.value());
    assertEquals(
        new Message.Model(List.of(new Content.Text("Here:"), new Content.Text("{\"n\":1}"))),
        model.requests().get(1).messages().get(1));
  }

  @Test
  void whatWasSealedGoesBackUnlessItWasRedactedD11() throws Exception {
    var seal = new Content.Seal("scripted", "{\"signature\":\"s\"}");
    model
        .replies(Finish.STOP, new Content.Reasoning("hm", seal), new Content.Text("one"))
        .says("two")
        .says("three");
    var first = perform("{\"prompt\":\"a\",\"keep\":true}", new RecordedStep());
    var redacted = memo(first).replace("hm", "[REDACTED:live:00ff]");

    perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));
    perform("{\"prompt\":\"b\",\"after\":1}", new RecordedStep().remembering(1, redacted));

    assertEquals(seal, sealed(model.requests().get(1).messages()).seal());
    var cleaned = sealed(model.requests().get(2).messages());
    assertEquals(new Content.Reasoning("[REDACTED:live:00ff]"), cleaned);
  }

  private static Content.Reasoning sealed(List<Message> messages) {
    var said = assertInstanceOf(Message.Model.class, messages.get(1));
    return assertInstanceOf(Content.Reasoning.class, said.content().getFirst());
  }

  @Test
  void aConversationThatIsNotStoredWholeIsLostD28() throws Exception {
    model.says("one").says("two");
    var first = perform("{\"prompt\":\"a\",\"keep\":true}", new RecordedStep());
    var second = perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));

    var result =
        result("{\"prompt\":\"c\",\"after\":2}", new RecordedStep().remembering(2, memo(second)));

    var failed = assertInstanceOf(ActivityResult.Failed.class, result);
    assertEquals("session_lost", failed.code());
    assertEquals(2, model.requests().size());
  }

  @Test
  void whatIsNotKeptLeavesNothing() throws Exception {
    model.says("one");

    assertNull(perform("{\"prompt\":\"a\"}", new RecordedStep()).memo());
  }

  @Test
  void aTurnThatIsTooLongCannotGoOn() {
    var start =
        new KeptConversation.Start("a/b", "system", List.of(), AgentTraits.Rights.USUAL, null);
    var endless = new Message.User("x".repeat(AgentLimits.KEPT_TURN_CHARS));

    assertNull(
        KeptConversation.memo(start, new KeptConversation.Turn(null, null, List.of(endless))));
  }

  @Test
  void aConversationThatIsTooLongCannotGoOn() {
    var start =
        new KeptConversation.Start("a/b", "system", List.of(), AgentTraits.Rights.USUAL, null);
    var half = new Message.User("x".repeat(AgentLimits.KEPT_TURN_CHARS - 1_000));
    var first = KeptConversation.memo(start, new KeptConversation.Turn(null, null, List.of(half)));

    var read =
        KeptConversation.read(
            9,
            step ->
                step == 1
                    ? Optional.ofNullable(first)
                    : Optional.ofNullable(
                        KeptConversation.memo(
                            start, new KeptConversation.Turn(step - 1, null, List.of(half)))));

    assertEquals(Optional.empty(), read);
  }

  @Test
  void keepsTheAgentItBeganWithWhateverItsFileSaysNowD4() throws Exception {
    model.says("one").says("two");
    settings =
        AgentSettings.in(workspace)
            .withAuthority(Authorities.everything())
            .withAgents(critic("Be strict.", "read"));
    var first =
        perform("{\"prompt\":\"a\",\"keep\":true,\"agentType\":\"critic\"}", new RecordedStep());
    settings =
        AgentSettings.in(workspace)
            .withAuthority(Authorities.everything())
            .withAgents(critic("Be mild.", "grep"));

    perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));

    var later = model.requests().getLast();
    assertEquals(model.requests().getFirst().system(), later.system());
    assertEquals(List.of("read"), later.tools().stream().map(ToolSpec::name).toList());
  }

  private static Map<String, AgentDefinition> critic(String prompt, String tools) {
    var text = "---\ndescription: x\ntools: " + tools + "\n---\n" + prompt;
    return Map.of("critic", AgentDefinition.parse("critic", text));
  }

  @Test
  void everyTurnIsBoundByItsAgentsRightsTemperatureAndSteps() throws Exception {
    Files.writeString(workspace.resolve("a"), "the text");
    settings = careful();
    model.says("one").calls("c1", "read", READING).says("two");
    var first = perform(CAREFULLY, new RecordedStep());

    perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));
    model.calls("c2", "read", READING).calls("c3", "read", READING).says("three");
    var third = result("{\"prompt\":\"c\",\"after\":1}", remembering(1, first));

    var told = assertInstanceOf(Message.Tools.class, model.requests().get(2).messages().getLast());
    assertEquals(Message.Status.DENIED, told.answers().getFirst().status());
    assertInstanceOf(ActivityResult.Failed.class, third);
    assertEquals(
        List.of(0.5, 0.5, 0.5, 0.5, 0.5),
        model.requests().stream().map(request -> request.temperature()).toList());
  }

  private static final String READING = "{\"file_path\":\"a\"}";
  private static final String CAREFULLY =
      "{\"prompt\":\"a\",\"keep\":true,\"agentType\":\"careful\"}";

  private AgentSettings careful() {
    var text =
        """
        ---
        description: x
        temperature: 0.5
        steps: 2
        permission:
          read: deny
        ---
        Be careful.
        """;
    return AgentSettings.in(workspace)
        .withAuthority(Authorities.everything())
        .withAgents(Map.of("careful", AgentDefinition.parse("careful", text)));
  }

  @Test
  void anAgentWhoseDefinitionIsGoneIsLost() throws Exception {
    settings = careful();
    model.says("one");
    var first = perform(CAREFULLY, new RecordedStep());
    settings = null;

    var result = result("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));

    var failed = assertInstanceOf(ActivityResult.Failed.class, result);
    assertEquals("session_lost", failed.code());
    assertEquals(1, model.requests().size());
  }

  @Test
  void aTurnThatNamesNoAgentIsReadAsItEverWas() throws Exception {
    settings = careful();
    model.says("one").says("two");
    var first = perform(CAREFULLY, new RecordedStep());
    var older = memo(first).replace(",\"agent\":\"careful\"", "");

    var second =
        perform("{\"prompt\":\"b\",\"after\":1}", new RecordedStep().remembering(1, older));

    assertEquals("\"two\"", second.value());
    assertNotEquals(memo(first), older);
  }

  @Test
  void aTurnThinksAsHardAsTheOneBeforeUnlessItSaysOtherwiseL72() throws Exception {
    model.says("one").says("two").says("three");
    var first = perform("{\"prompt\":\"a\",\"keep\":true,\"effort\":\"high\"}", new RecordedStep());
    var second = perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));

    perform(
        "{\"prompt\":\"c\",\"after\":2,\"effort\":\"low\"}",
        remembering(1, first).remembering(2, memo(second)));

    assertEquals(
        List.of(
            new Thinking(Effort.HIGH, Manner.WORD),
            new Thinking(Effort.HIGH, Manner.WORD),
            new Thinking(Effort.LOW, Manner.WORD)),
        model.requests().stream().map(request -> request.thinking()).toList());
  }

  @Test
  void idsOfCallsStayUniqueOverAllTurnsA28() throws Exception {
    Files.writeString(workspace.resolve("a"), "x");
    model
        .calls("c1", "read", "{\"file_path\":\"a\"}")
        .says("one")
        .calls("c1", "read", "{\"file_path\":\"a\"}")
        .says("two");
    var first = perform("{\"prompt\":\"a\",\"keep\":true}", new RecordedStep());

    var second = perform("{\"prompt\":\"b\",\"after\":1}", remembering(1, first));

    assertEquals("\"two\"", second.value());
  }
}
