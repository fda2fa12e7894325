package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.config.Configuration;
import mimo.cli.mcp.ServerFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// S64, M11: what must reach no durable byte.
final class SecretsTest {

  @TempDir private Path folder;

  @Test
  void areThoseOfTheUsersSharedFileOfServers() throws IOException {
    Files.writeString(
        folder.resolve(".mcp.json"),
        """
        {"mcpServers":{
          "a":{"command":"srv","args":["--api-key","word-of-a-command"],
            "env":{"LAB_TOKEN":"variable-of-a-server","MODE":"nothing-secret"}},
          "b":{"url":"https://b.test/?key=part-of-an-address",
            "headers":{"Authorization":"Bearer header-of-a-server"}}}}
        """);

    var servers = ServerFiles.ofTheUser(List.of(), folder, Map.of());

    assertEquals(
        Set.of(
            "word-of-a-command",
            "variable-of-a-server",
            "part-of-an-address",
            "Bearer header-of-a-server",
            "header-of-a-server"),
        new Secrets(Map.of(), Configuration.EMPTY, servers).values());
    assertFalse(servers.toString().contains("word-of-a-command"), servers.toString());
    Files.writeString(folder.resolve(".mcp.json"), "{");
    assertEquals(List.of(), ServerFiles.ofTheUser(List.of(), folder, Map.of()));
  }

  @Test
  void areKeysOfTheEnvironmentAndStoredOnesButNothingShort() {
    var configuration =
        Configuration.EMPTY.withKeys(
            Map.of("lab", new StoredKey("stored-key-1", null), "own", new StoredKey("k", null)));
    var secrets =
        new Secrets(
            Map.of("LAB_API_KEY", "variable-key-1", "HOME", "/home/somebody"),
            configuration,
            List.of());

    assertEquals(Set.of("variable-key-1", "stored-key-1"), secrets.values());
    assertFalse(configuration.toString().contains("stored-key-1"), configuration.toString());
  }
}
