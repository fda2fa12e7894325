package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import mimo.agent.AgentLimits;
import mimo.agent.ConversationBudget;
import mimo.agent.TurnOutcome;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.run.LocalRuns;
import mimo.cli.script.Scripts;
import mimo.cli.session.LocalSessions;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.OneBuiltin;
import mimo.cli.testing.TestStreams;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a model is sent first (A35, L87).
@Timeout(60)
final class FirstRequestTest {

  private static final int MOST_BYTES = 10 * 1024;
  private static final String PROMPT = "hello";

  @TempDir private Path home;

  @Test
  void theFirstRequestOfASessionHasAtMostTenKilobytesA35() throws Exception {
    var body = firstRequest("build", null);

    int bytes = body.toString().getBytes(StandardCharsets.UTF_8).length - PROMPT.length();
    System.out.println("the first request of a session has " + bytes + " bytes");
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes: " + body);
    var named =
        new ArrayList<>(
            List.of("read", "glob", "grep", "write", "edit", "bash", "task", "skill", "question"));
    named.addAll(List.of("agent", "workflow", "tools"));
    assertEquals(named, tools(body));
  }

  @Test
  void whoOnlyLooksStartsNoWorkflowA40() throws Exception {
    assertFalse(tools(firstRequest("plan", null)).contains("workflow"));
  }

  @Test
  void wherePriceCountsNobodyElseSpends() throws Exception {
    var named = tools(firstRequest("build", 1_000_000L));

    assertFalse(named.contains("workflow") || named.contains("agent"), named.toString());
  }

  @Test
  void instructionsBringInNothingThatMayNotBeReadUnaskedS51() throws Exception {
    var workspace = Files.createDirectories(home.resolve("workspace"));
    Files.writeString(workspace.resolve("AGENTS.md"), "Told by the repository: @.env");
    Files.writeString(workspace.resolve(".env"), "PLACE=nowhere-in-particular");

    var body = firstRequest("build", null).toString();

    assertTrue(body.contains("Told by the repository"), body);
    assertFalse(body.contains("nowhere-in-particular"), body);
  }

  @Test
  void agentsOfEarlierProcessesLeaveNothingForEver() throws Exception {
    var outputs = Files.createDirectories(home.resolve(".cache/mimocode/outputs"));
    var old = Files.writeString(outputs.resolve("output-1.txt"), "old");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    firstRequest("build", null);

    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (Files.exists(old) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertFalse(Files.exists(old));
  }

  private static List<String> tools(JsonNode body) {
    var named = new ArrayList<String>();
    body.path("tools").forEach(tool -> named.add(tool.path("function").path("name").asText()));
    return named;
  }

  private JsonNode firstRequest(String agent, @Nullable Long microUsd) throws Exception {
    var hi = ChatScript.start().text("hi").finish("stop").usage(1, 1).done();
    try (var server = FakeModelServer.inTurn(hi)) {
      configure(server);
      var sessions = sessions();
      var order =
          new Order(
              new From.Anew(),
              "lab/big",
              agent,
              null,
              List.of(),
              AgentLimits.TURNS,
              microUsd == null
                  ? ConversationBudget.NONE
                  : ConversationBudget.of(OptionalLong.of(microUsd)),
              PROMPT,
              Company.NONE);
      try (var talk = sessions.begin(order)) {
        var outcome = talk.turn(CancellationToken.never(), _ -> {});
        assertInstanceOf(TurnOutcome.Answered.class, outcome);
      } finally {
        sessions.leave();
      }
      return server.captured().getFirst().body();
    }
  }

  private LocalSessions sessions() {
    var terminal = new TestStreams().terminal(Channel.PIPE, Channel.PIPE);
    var installation =
        new Installation(
            home.resolve("dist"), Path.of(System.getProperty("java.home")), home, null, null);
    var environment = Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString());
    var folders = Folders.of(environment, home);
    var workspace = home.resolve("workspace");
    var house =
        new House(
            new House.Surroundings(
                workspace,
                environment,
                HeadStart.of(List.of("run"), installation),
                terminal,
                new Notices(terminal, true),
                Admissions.WARY),
            folders,
            new ConfigurationFiles(folders, environment, workspace).read().configuration());
    var scripts = new Scripts(workspace, home.resolve("own"), new OneBuiltin(), Admissions.WARY);
    return new LocalSessions(
        house,
        new LocalSessions.Workflows(
            () -> new LocalRuns(house, scripts, LocalRuns.Defaults.NONE), scripts));
  }

  private void configure(FakeModelServer server) throws IOException {
    Files.createDirectories(home.resolve("workspace"));
    var folder = Files.createDirectories(home.resolve(".config/mimocode"));
    Files.writeString(
        folder.resolve("mimocode.jsonc"),
        """
        {"provider": {"lab": {"options": {"baseURL": "%s", "apiKey": "not-a-secret"},
          "models": {"big": {"cost": {"input": 1, "output": 2}}}}}}
        """
            .formatted(server.baseUrl()));
  }
}
