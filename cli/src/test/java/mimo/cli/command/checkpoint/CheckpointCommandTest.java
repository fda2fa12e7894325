package mimo.cli.command.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import mimo.agent.ToolSource.Situation;
import mimo.agent.ToolSource.Who;
import mimo.agent.TurnWatch;
import mimo.agent.estimate.Intake;
import mimo.agent.json.Json;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryLayout;
import mimo.agent.message.Content;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.TokenUsage;
import mimo.agent.question.Asker;
import mimo.agent.session.OwnWords;
import mimo.agent.testing.ScriptedProvider;
import mimo.cli.JoinedAgent;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import mimo.engine.redaction.Redactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class CheckpointCommandTest {

  @TempDir private Path temp;
  private JoinedAgent agent;
  private Commands commands;

  @BeforeEach
  void makeCommands() throws Exception {
    agent = new JoinedAgent(temp);
    commands = new Commands(new ScriptedInspection()).remembering(agent.memory());
  }

  @AfterEach
  void close() {
    agent.close();
  }

  private String run(String... words) {
    var before = commands.out();
    assertEquals(ExitCode.OK, commands.run(words), commands.err());
    return commands.out().substring(before.length());
  }

  private String had() throws Exception {
    agent
        .model
        .replies(Finish.TOOL_CALLS, new ToolCall("a", "glob", "{\"pattern\":\"*.md\"}"))
        .says("There is none.");
    agent.turn("Look for pages. You must not change any.");
    var session = agent.desk().list().getFirst().id().value();
    run("checkpoint", "write", session);
    return session;
  }

  @Test
  void aSessionThatCameFarEnoughHasOneK1() throws Exception {
    var other = temp.resolve("other");
    Files.createDirectories(other);
    try (var far = new JoinedAgent(other, Map.of(), "{\"checkpoint\":{\"thresholds\":\"50\"}}")) {
      far.model.says("There is none.").fails("provider_unreachable", "nobody is there");
      far.turn("Look for pages. You must not change any.");
      far.desk().leave();
      commands = new Commands(new ScriptedInspection()).remembering(far.memory());

      var line = run("checkpoint", "list");

      var session = far.desk().list().getFirst().id().value();
      assertTrue(line.startsWith(session + "   1  extractive  m1"), line);
      assertTrue(line.contains("Look for pages."), line);
    }
  }

  @Test
  void showsOneOrASectionOfIt() throws Exception {
    var session = had();

    assertEquals(
        "- must not: You must not change any. (the user says so) [m0]\n",
        run("checkpoint", "show", "--section", "constraints"));
    assertTrue(run("checkpoint", "show", session).startsWith("---\ncheckpoint: 1\n"));
    var json = Json.parse(run("checkpoint", "show", session, "--json"));
    assertEquals(11, json.path("sections").size());
  }

  @Test
  void saysWhatStandsBehindAnItemK10() throws Exception {
    var session = had();

    assertEquals(
        """
        Active intent: The user asks:
        > Look for pages. You must not change any.
        Constraints: must not: You must not change any. (the user says so)

        user:
        Look for pages. You must not change any.
        """,
        run("checkpoint", "why", session, "m0"));
    assertTrue(
        run("checkpoint", "why", session).contains("fits      yes"),
        run("checkpoint", "why", session));
    var call = run("checkpoint", "why", session, "c:a", "--json");
    assertTrue(Json.parse(call).path("said").asText().startsWith("calls glob"), call);
  }

  @Test
  void writesOneForASessionThatHasNoneK14() throws Exception {
    var session = had();
    var file = Path.of(Json.parse(run("checkpoint", "show", "--json")).path("path").asText());
    Files.delete(file);
    assertEquals("", run("checkpoint", "list"));

    var written = Json.parse(run("checkpoint", "write", session, "--json"));

    assertEquals("extractive", written.path("writer").asText());
    assertEquals(3, written.path("covered").asInt());
    assertEquals(List.of(file.toString()), List.of(written.path("path").asText()));
    assertTrue(Files.exists(file));
    assertTrue(run("checkpoint", "write", session).startsWith("checkpoint 2 of session "));
  }

  @Test
  void noneIsWrittenForASessionOfAnotherProject() throws Exception {
    var session = had();
    var file = Path.of(Json.parse(run("checkpoint", "show", "--json")).path("path").asText());
    Files.delete(file);
    commands = new Commands(new ScriptedInspection()).remembering(ofAnotherProject());

    assertEquals(ExitCode.USAGE, commands.run("checkpoint", "write", session));

    assertTrue(
        commands.err().contains("session " + session + " is had in " + agent.workspace()),
        commands.err());
    assertFalse(Files.exists(file));
  }

  private MemoryDesk ofAnotherProject() {
    var here = agent.memory();
    var layout = new MemoryLayout(here.memory().layout().folder(), "other-12345678", null);
    var other =
        new Memory(
            layout, InstantSource.system(), new Random(1), _ -> Redactor.NONE, Memory.Writing.ON);
    return new MemoryDesk(
        other,
        here.search(),
        here.sessions(),
        here.runs(),
        here.outputs(),
        here.editor(),
        here.dreams(),
        "");
  }

  @Test
  void oneThatCannotBeReadHidesNoOther() throws Exception {
    var session = had();
    var file = Path.of(Json.parse(run("checkpoint", "show", "--json")).path("path").asText());
    var broken =
        Files.createDirectories(Objects.requireNonNull(file.getParent()).resolveSibling("broken"));
    Files.copy(file.resolveSibling(".project"), broken.resolve(".project"));
    Files.write(broken.resolve("checkpoint.md"), new byte[] {(byte) 0xff});

    assertTrue(run("checkpoint", "list").startsWith(session + "   1  extractive  m3"));
    assertTrue(
        commands.err().contains("checkpoint.md is not UTF-8 text; correct it in an editor"),
        commands.err());
    assertTrue(run("checkpoint", "show", session).startsWith("---\ncheckpoint: 1\n"));
    assertEquals(ExitCode.FAILURE, commands.run("checkpoint", "show", "broken"));
  }

  private record Unlimited() implements TurnWatch.Funds {
    @Override
    public boolean allowsMore() {
      return true;
    }

    @Override
    public OptionalLong maxOutputTokens(Intake input) {
      return OptionalLong.empty();
    }

    @Override
    public void sending() {}

    @Override
    public void charge(TokenUsage usage) {}
  }

  @ParameterizedTest
  @EnumSource(Who.Kind.class)
  void everyAgentHasOneInAFolderOfItsOwnSV1(Who.Kind kind) throws Exception {
    var guard = agent.guard();
    var who = new Who("run7/3", "", kind);
    var situation = new Situation(agent.authority(guard), List.of(), List.of(), who);
    var model = new ScriptedProvider().fails("provider_unreachable", "nobody is there");
    List<Message> said =
        List.of(new Message.User("Count."), new Message.Model(List.of(new Content.Text("One."))));
    var request = new ModelRequest("model", "", said, List.of(), OptionalLong.empty());
    var means = new TurnWatch.Means(new Unlimited(), _ -> {}, _ -> {});
    var used = new TokenUsage(100_000, 10, 0, 0);

    try (var tools = agent.tools(guard, Asker.nobody()).open(situation)) {
      var own = List.of(new OwnWords(0, "Count."));
      tools.watch().stepped(new TurnWatch.Sight(said, own, request, used, model.resolved(), means));
    }

    assertTrue(run("checkpoint", "list").startsWith("run7-3   1  extractive  m1"));
    assertTrue(run("checkpoint", "why", "run7-3").contains("what was said is part of a run"));
  }

  @Test
  void whatIsNotThereIsSaidPlainly() throws Exception {
    assertEquals(ExitCode.USAGE, commands.run("checkpoint", "show"));
    assertTrue(commands.err().contains("checkpoint_unknown"), commands.err());
    had();
    assertEquals(ExitCode.USAGE, commands.run("checkpoint", "show", "--section", "goals"));
    assertTrue(commands.err().contains("--section is one of active-intent, "), commands.err());
  }
}
