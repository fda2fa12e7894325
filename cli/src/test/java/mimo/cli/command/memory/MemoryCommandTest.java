package mimo.cli.command.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import mimo.agent.json.Json;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Memory.Writing;
import mimo.agent.memory.MemoryLayout;
import mimo.cli.JoinedAgent;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.TestStreams;
import mimo.engine.redaction.Redactor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class MemoryCommandTest {

  @TempDir private Path temp;
  private JoinedAgent agent;
  private Commands commands;

  @BeforeEach
  void makeCommands() throws Exception {
    agent = new JoinedAgent(temp);
    commands = new Commands(new ScriptedInspection()).remembering(agent.memory());
    var file = agent.memory().memory().layout().ofProject().file();
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "## Rules\n\n- Never push to main.\n\n## Facts\n\n- The preview port is 8443.\n");
  }

  private String run(String... words) {
    var before = commands.out();
    assertEquals(ExitCode.OK, commands.run(words), commands.err());
    return commands.out().substring(before.length());
  }

  @Test
  void aFileWrittenByHandIsFoundAtOnceM21() {
    var list = run("memory", "list");

    assertTrue(list.contains("  2 entries\n"), list);
    assertTrue(list.contains("user (unverified)  Facts: The preview port is 8443."), list);
    assertTrue(run("memory", "search", "previews").contains("Facts"));
    assertTrue(run("memory", "show").contains("- The preview port is 8443."));
    assertTrue(run("memory", "why", "preview", "ports").contains("in 1 sections, weight"));
  }

  @Test
  void everyCommandAnswersProgramsTooM21() {
    var files = Json.parse(run("memory", "list", "--json")).path("files");
    var entry = files.path(0).path("entries").path(1);
    var id = entry.path("id").asText();

    assertEquals("The preview port is 8443.", entry.path("text").asText());
    assertEquals(id, Json.parse(run("memory", "show", id, "--json")).path("id").asText());
    var results = Json.parse(run("memory", "search", "port", "--json")).path("results");
    assertEquals(1, results.size());
    assertEquals("Facts", results.path(0).path("heading").asText());
    var why = Json.parse(run("memory", "why", "port", "--json")).path("results").path(0);
    assertEquals("port", why.path("words").path(0).path("word").asText());
    assertEquals(0, Json.parse(run("memory", "why", id, "--json")).path("told").size());
    assertEquals(2, Json.parse(run("memory", "reindex", "--json")).path("sections").asInt());
    var gone = Json.parse(run("memory", "forget", id, "--json"));
    assertTrue(gone.path("removed").has(id));
    var versions = Json.parse(run("memory", "log", "--json")).path("versions");
    assertEquals("forget", versions.path(0).path("by").asText());
    var diff = Json.parse(run("memory", "diff", "--json")).path("diff").asText();
    assertTrue(diff.contains("-\n") || diff.isEmpty() || diff.contains("@@"), diff);
    assertEquals(0, Json.parse(run("memory", "scrub", "--json")).path("removed").size());
  }

  @Test
  void aTextOfAFileThatIsMissingIsRefusedByItsName() {
    var missing = temp.resolve("missing.md");

    assertEquals(ExitCode.USAGE, commands.run("memory", "edit", "--from", missing.toString()));

    assertTrue(commands.err().contains("memory_text: there is no file " + missing), commands.err());
  }

  @Test
  void aTextIsTakenFromAFileAndASecretInItIsToldM14() throws Exception {
    var file = temp.resolve("new.md");
    Files.writeString(file, "## Rules\n\n- ok\n- token ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\n");

    var said = run("memory", "edit", "--from", file.toString());

    assertTrue(said.startsWith("changed projects/"), said);
    assertTrue(said.contains("line 4 looks like a secret: - token [REDACTED:"), said);
    assertTrue(run("memory", "scrub").startsWith("removed projects/"));
    assertTrue(!run("memory", "list").contains("looks like"));
  }

  @Test
  void aShortTextStaysInSessionsAndIsToldD71() throws Exception {
    var file = agent.memory().memory().layout().ofProject().file();
    Files.writeString(file, "- text\n- the left-handed handshake\n");
    agent.model.says("a text of the left-handed handshake");
    var _ = agent.turn("say text");

    var id = id("text");
    assertEquals("removed " + id + " from " + place() + "\n", run("memory", "forget", id));
    assertTrue(commands.err().contains("1 text shorter than 8 characters"), commands.err());
    assertTrue(commands.err().contains("'text'"), commands.err());

    var said = run("memory", "forget", id("the left-handed handshake"));
    assertTrue(said.contains("rewrote 1 session\n"), said);
    agent.model.says("still here");
    assertEquals(List.of(), agent.turn("go on"));
  }

  private String place() {
    return agent.memory().memory().layout().ofProject().name();
  }

  private String id(String text) {
    var desk = agent.memory();
    return desk.memory().entries(desk.memory().layout().ofProject()).stream()
        .filter(entry -> entry.text().equals(text))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void nothingIsForgottenIfOneOfTheIdsMeansNothing() {
    var id = id("The preview port is 8443.");

    assertEquals(ExitCode.USAGE, commands.run("memory", "forget", id, "h00000000"));

    assertEquals(id, id("The preview port is 8443."));
    assertEquals("", commands.out());
  }

  @Test
  void theUsersOwnWordsMakeNoRepositoryUntrustedA57() throws Exception {
    var workspace = agent.workspace().toRealPath();
    var desk = agent.memory();
    var layout = new MemoryLayout(temp.resolve("m"), "p", workspace.resolve(".mimocode/MEMORY.md"));
    var memory =
        new Memory(layout, InstantSource.system(), new Random(), _ -> Redactor.NONE, Writing.ON);
    var repo =
        new MemoryDesk(
            memory,
            desk.search(),
            desk.sessions(),
            desk.runs(),
            desk.outputs(),
            desk.editor(),
            desk.dreams(),
            "");
    var there = new Commands(new ScriptedInspection()).in(workspace).remembering(repo);
    var file = Files.writeString(temp.resolve("new.md"), "- mine\n");

    assertEquals(ExitCode.OK, there.run("memory", "edit", "--from", file.toString()), there.err());

    assertTrue(Files.exists(workspace.resolve(".mimocode/MEMORY.md")));
    var terminal = new TestStreams().terminal(Channel.PIPE, Channel.PIPE);
    assertTrue(Admissions.real(workspace, terminal).standing(workspace).isTrusted());
  }

  @Test
  void whatIsNotThereIsToldByName() {
    assertEquals(ExitCode.USAGE, commands.run("memory", "show", "nothing"));
    assertTrue(commands.err().contains("memory_unknown"), commands.err());
    assertEquals(ExitCode.USAGE, commands.run("memory", "search", "x", "--scope", "moon"));
    assertTrue(commands.err().contains("--scope is global, project, session"), commands.err());
  }
}
