package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mimo.agent.json.Json;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.permission.Approver;
import mimo.agent.question.Asker;
import mimo.cli.command.SessionDesk.Company;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers by others, used by an agent as the program joins it: within its walls, with its
/// permissions; only the model is scripted.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class OfficialServersTest {

  private static final Path PACKAGES =
      Path.of("../.ci/mcp/node_modules").toAbsolutePath().normalize();

  private static final Company YES =
      new Company((_, _) -> new Approver.Answer.Once(), Asker.nobody());

  @TempDir private Path home;

  @BeforeAll
  static void needs() {
    assumeTrue(
        Files.isDirectory(PACKAGES.resolve("@modelcontextprotocol/server-memory")),
        "the servers are not installed: run npm ci in .ci/mcp, as .ci/run does");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/node")), "node is not in /usr/bin");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")), "bubblewrap is not installed");
  }

  private JoinedAgent agent(String server, String... more) throws Exception {
    var json = Json.object();
    json.putObject("sandbox").put("read", PACKAGES.toString());
    var settings = json.putObject("mcp").putObject(server);
    var command = settings.putArray("command").add("node");
    command.add(
        PACKAGES.resolve("@modelcontextprotocol/server-" + server + "/dist/index.js").toString());
    for (var word : more) {
      command.add(word);
    }
    if (server.equals("memory")) {
      var file = home.toRealPath().resolve("workspace/memory.jsonl");
      settings.putObject("environment").put("MEMORY_FILE_PATH", file.toString());
    }
    return new JoinedAgent(home, Map.of(), Json.write(json)).with(YES);
  }

  private static ToolAnswer find(JoinedAgent agent, String query) throws Exception {
    return agent.call("tools", "{\"action\":\"find\",\"query\":\"" + query + "\"}");
  }

  private static ToolAnswer use(JoinedAgent agent, String tool, String arguments) throws Exception {
    return agent.call(
        "tools",
        "{\"action\":\"call\",\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
  }

  @Test
  void everything() throws Exception {
    try (var agent = agent("everything")) {
      var found = find(agent, "get-sum").text();
      assertTrue(
          found.contains(
              "mcp__everything__get-sum: described by the server as \"Returns the sum of two"
                  + " numbers\""),
          found);

      assertEquals(
          "The sum of 2 and 40 is 42.",
          use(agent, "mcp__everything__get-sum", "{\"a\":2,\"b\":40}").text());
      var picture = use(agent, "mcp__everything__get-tiny-image", "{}").text();
      assertTrue(picture.contains("(image: \"image/png\", "), picture);
      var slow =
          use(
              agent,
              "mcp__everything__trigger-long-running-operation",
              "{\"duration\":2,\"steps\":4}");
      assertEquals("Long running operation completed. Duration: 2 seconds, Steps: 4.", slow.text());
      var environment = use(agent, "mcp__everything__get-env", "{}").text();
      assertFalse(environment.contains("MIMOCODE_HOME"), environment);
      var resources = use(agent, "mcp_resources", "{\"server\":\"everything\"}").text();
      assertTrue(resources.contains("demo://resource/"), resources);
      var prompts = use(agent, "mcp_prompts", "{\"server\":\"everything\"}").text();
      assertTrue(prompts.contains("\"simple-prompt\""), prompts);
    }
  }

  @Test
  void filesystem() throws Exception {
    try (var agent = agent("filesystem", ".")) {
      var path = agent.file("note.txt").toString();

      var written =
          use(
              agent,
              "mcp__filesystem__write_file",
              "{\"path\":%s,\"content\":\"hello\"}".formatted(JoinedAgent.quoted(path)));

      assertEquals(Status.OK, written.status(), written.text());
      assertEquals("hello", Files.readString(agent.file("note.txt")));
      var outside =
          use(
              agent,
              "mcp__filesystem__read_text_file",
              "{\"path\":%s}".formatted(JoinedAgent.quoted("/etc/passwd")));
      assertEquals(Status.ERROR, outside.status(), outside.text());
    }
  }

  @Test
  void memory() throws Exception {
    try (var agent = agent("memory")) {
      use(
          agent,
          "mcp__memory__create_entities",
          """
          {"entities":[{"name":"cat","entityType":"animal","observations":["purrs"]}]}\
          """);

      var graph = use(agent, "mcp__memory__search_nodes", "{\"query\":\"cat\"}").text();

      assertTrue(graph.contains("purrs"), graph);
      assertTrue(Files.readString(agent.file("memory.jsonl")).contains("purrs"));
    }
  }

  @Test
  void anAgentThatOnlyLooksWritesNothing() throws Exception {
    try (var agent = agent("filesystem", ".").as("plan")) {
      var path = JoinedAgent.quoted(agent.file("note.txt").toString());

      var written =
          use(
              agent,
              "mcp__filesystem__write_file",
              "{\"path\":%s,\"content\":\"hello\"}".formatted(path));
      var listed = use(agent, "mcp__filesystem__list_allowed_directories", "{}");

      assertEquals(
          "not run: denied by this agent only looks; mcp__filesystem__write_file is not declared to"
              + " be read-only",
          written.text());
      assertFalse(Files.exists(agent.file("note.txt")));
      assertEquals(Status.OK, listed.status(), listed.text());
    }
  }

  @Test
  void nobodyThereIsNo() throws Exception {
    try (var agent = agent("everything").with(Company.NONE)) {
      var refused = use(agent, "mcp__everything__echo", "{\"message\":\"hi\"}");

      assertEquals(Status.DENIED, refused.status());
      assertTrue(
          refused.text().startsWith("not run: unattended by mcp = ask (built in)"), refused.text());
    }
  }

  @Test
  void whatARepositoryDescribesDoesNothingBeforeItIsTrusted() throws Exception {
    try (var agent = new JoinedAgent(home).with(YES)) {
      agent.write(
          ".mcp.json",
          """
          {"mcpServers":{"evil":{"command":"/bin/sh","args":["-c","echo x > canary"]}}}\
          """);

      var found = find(agent, "evil").text();
      var called = use(agent, "mcp__evil__any", "{}");

      assertFalse(found.contains("evil"), found);
      assertEquals(Status.ERROR, called.status());
      assertFalse(Files.exists(agent.file("canary")));
    }
  }
}
