package mimo.cli.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.mcp.McpSettings;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.config.McpSection;
import mimo.cli.error.CommandException;
import mimo.cli.testing.Admissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where servers are described, and which descriptions count (A57, A79).
final class ServerFilesTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "t0ken-of-the-user");

  @TempDir private Path home;
  private Path folder;
  private Path config;

  @BeforeEach
  void make() throws IOException {
    folder = home.resolve("work");
    Files.createDirectories(folder.resolve(".git"));
    config = Files.createDirectories(home.resolve("config"));
  }

  private ServerFiles.Found read(Admissions admission, String configuration) {
    return new ServerFiles(folder, config, ENVIRONMENT, admission).read(users(configuration));
  }

  private List<McpSection> users(String configuration) {
    var environment =
        Map.of(
            "MIMOCODE_CONFIG_CONTENT",
            configuration,
            "MIMOCODE_HOME",
            home.toString(),
            "TOKEN",
            "t0ken-of-the-user");
    return new ConfigurationFiles(Folders.of(environment, home), environment, folder)
        .read()
        .servers();
  }

  private static String states(ServerFiles.Found found) {
    return found.servers().stream()
        .map(server -> server.name() + " " + server.owner().word() + " " + server.state().word())
        .collect(Collectors.joining(", "));
  }

  private static McpSettings settings(ServerFiles.Found found, int which) {
    return Objects.requireNonNull(found.servers().get(which).settings());
  }

  private void shared(String text) throws IOException {
    Files.writeString(folder.resolve(".mcp.json"), text);
  }

  @Test
  void whatTheUserConfiguresIsReady() {
    var found =
        read(
            Admissions.WARY,
            """
            {"mcp": {
              "files": {"command": ["node", "a b.js"], "environment": {"KEY": "{env:TOKEN}"},
                        "network": "on", "timeout": 1500},
              "far": {"url": "https://a.test/mcp?k=1", "headers": {"Authorization": "x"}},
              "off": {"command": ["x"], "enabled": false}}}
            """);

    assertEquals("far user ready, files user ready, off user disabled", states(found));
    assertEquals(List.of(), found.notices());
    var files = settings(found, 1);
    assertEquals(
        new McpSettings.Local(
            List.of("node", "a b.js"), Map.of("KEY", "t0ken-of-the-user"), null, Network.OPEN),
        files.way());
    assertEquals(1_500, files.patience().toMillis());
    assertEquals("https://a.test/mcp?…", settings(found, 0).way().words());
    assertEquals(false, files.toString().contains("t0ken"));
  }

  @Test
  void whatARepositoryBringsAlongWaitsForTrustWithOneNotice() throws IOException {
    shared("{\"mcpServers\":{\"a\":{\"command\":\"x\"},\"b\":{\"command\":\"y\"}}}");
    Files.createDirectories(folder.resolve(".mimocode"));
    Files.writeString(
        folder.resolve(".mimocode/mimocode.jsonc"), "{\"mcp\":{\"c\":{\"command\":[\"z\"]}}}");

    var wary = read(Admissions.WARY, "{}");
    var trusting = read(Admissions.TRUSTING, "{}");

    assertEquals(
        "c repository not trusted, a repository not trusted, b repository not trusted",
        states(wary));
    assertEquals(
        List.of(
            "MCP servers of this repository are left aside until you trust it (mimo trust): c, a,"
                + " b"),
        wary.notices());
    assertEquals("c repository ready, a repository ready, b repository ready", states(trusting));
    assertEquals(folder.toString(), settings(trusting, 0).scope());
  }

  @Test
  void aRepositorySetsNeitherVariablesNorHeadersAndGetsNone() throws IOException {
    shared(
        """
        {"mcpServers":{
          "a":{"command":"x","env":{"PATH":"/evil"}},
          "b":{"command":"x","args":["${TOKEN}"]},
          "c":{"url":"https://c.test/","headers":{"X":"y"}},
          "d":{"url":"http://d.test/"}}}
        """);

    var found = read(Admissions.TRUSTING, "{}");

    assertEquals("a repository ready, c repository ready, d repository broken", states(found));
    var file = folder.resolve(".mcp.json");
    assertEquals(
        List.of(
            "env of the server a in " + file + " is ignored: a repository sets none",
            "the server b of " + file + ": a repository gets no variables, so it is left out",
            "headers of the server c in " + file + " is ignored: a repository sets none",
            "MCP servers that cannot be used: d (a repository's server elsewhere is asked by https"
                + " only)"),
        found.notices());
    assertEquals(
        new McpSettings.Local(List.of("x"), Map.of(), folder, Network.NONE),
        settings(found, 0).way());
  }

  @Test
  void aNameOfTheUsersIsNoRepositorys() throws IOException {
    shared("{\"mcpServers\":{\"mine\":{\"command\":\"theirs\"}}}");

    var found = read(Admissions.TRUSTING, "{\"mcp\":{\"mine\":{\"command\":[\"own\"]}}}");

    assertEquals("mine user ready", states(found));
    assertEquals("own", settings(found, 0).way().identity());
  }

  @Test
  void aUserDoesWithoutAServerOfARepository() throws IOException {
    shared("{\"mcpServers\":{\"theirs\":{\"command\":\"x\"}}}");

    var found = read(Admissions.TRUSTING, "{\"mcp\":{\"theirs\":{\"enabled\":false}}}");

    assertEquals("theirs user disabled", states(found));
    assertEquals("enabled is false", found.servers().getFirst().why());
    assertEquals(List.of(), found.notices());
  }

  @Test
  void onlyServersOfARepositoryRunInIt() throws IOException {
    shared("{\"mcpServers\":{\"theirs\":{\"command\":\"x\"}}}");
    var elsewhere = home.resolve("worktree");

    var found = read(Admissions.TRUSTING, "{\"mcp\":{\"own\":{\"command\":[\"y\"]}}}").servers();

    assertEquals(
        List.of(
            new McpSettings.Local(List.of("y"), Map.of(), null, Network.NONE),
            new McpSettings.Local(List.of("x"), Map.of(), elsewhere, Network.NONE)),
        found.stream()
            .map(server -> Objects.requireNonNull(server.settings()).in(elsewhere).way())
            .toList());
  }

  @Test
  void theUsersOwnSharedFileGetsVariables() throws IOException {
    Files.writeString(
        config.resolve(".mcp.json"),
        """
        {"mcpServers":{"a":{"command":"x","args":["${TOKEN}","${NONE:-else}"],
          "env":{"K":"${TOKEN}"}}}}
        """);

    var way = settings(read(Admissions.WARY, "{}"), 0).way();

    assertEquals(
        new McpSettings.Local(
            List.of("x", "t0ken-of-the-user", "else"),
            Map.of("K", "t0ken-of-the-user"),
            null,
            Network.NONE),
        way);
  }

  @Test
  void whatMakesNoSenseIsToldAndLeftOut() {
    var found =
        read(
            Admissions.WARY,
            """
            {"mcp": {"a b": {"command": ["x"]}, "none": {"type": "local"},
                     "both": {"command": ["x"], "url": "https://a.test"}}}
            """);

    assertEquals("a b user broken, both user broken, none user broken", states(found));
    assertNull(found.servers().getFirst().settings());
    assertEquals(1, found.notices().size());
  }

  @Test
  void aVariableThatIsNotSetIsAnError() throws IOException {
    Files.writeString(
        config.resolve(".mcp.json"), "{\"mcpServers\":{\"a\":{\"command\":\"${GONE}\"}}}");

    var refused = assertThrows(CommandException.class, () -> read(Admissions.WARY, "{}"));

    assertEquals("config_invalid", refused.failure().code());
    assertEquals("the variable GONE is not set", refused.getMessage());
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    var real = home.resolve("real.json");
    Files.writeString(real, "{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}");
    Files.createSymbolicLink(folder.resolve(".mcp.json"), real);

    assertEquals("", states(read(Admissions.TRUSTING, "{}")));
  }
}
