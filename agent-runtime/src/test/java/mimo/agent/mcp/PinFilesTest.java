package mimo.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.json.Json;
import mimo.agent.mcp.Pins.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was approved, in files.
final class PinFilesTest {

  private static final ToolDescription ECHO = tool("Says it again.");

  @TempDir private Path folder;
  private PinFiles pins;

  @BeforeEach
  void open() {
    pins = new PinFiles(folder.resolve("mcp"));
  }

  private static ToolDescription tool(String description) {
    var json = Json.object().put("name", "echo").put("description", description);
    json.putObject("inputSchema").put("type", "object");
    return ToolDescription.read(json);
  }

  private static McpSettings server(String command, String scope) {
    return new McpSettings(
        "one",
        new McpSettings.Local(List.of(command), Map.of(), Path.of("/"), Network.NONE),
        Duration.ofSeconds(1),
        scope);
  }

  @Test
  void whatIsPinnedIsApprovedUntilItChanges() {
    var server = server("a", "");
    assertEquals(Standing.NEW, pins.standing(server, ECHO));

    pins.pin(server, ECHO);

    assertEquals(Standing.APPROVED, new PinFiles(folder.resolve("mcp")).standing(server, ECHO));
    assertEquals(Standing.CHANGED, pins.standing(server, tool("Sends it away.")));
  }

  @Test
  void anotherCommandOrWorkspaceIsAnotherServer() {
    pins.pin(server("a", ""), ECHO);

    assertEquals(Standing.NEW, pins.standing(server("b", ""), ECHO));
    assertEquals(Standing.NEW, pins.standing(server("a", "/workspace"), ECHO));
  }

  @Test
  void theFileIsItsOwnersAndABrokenOneApprovesNothing() throws Exception {
    var server = server("a", "");
    pins.pin(server, ECHO);
    Path file;
    try (var files = Files.list(folder.resolve("mcp"))) {
      file = files.findFirst().orElseThrow();
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

    Files.writeString(file, "{\"tools\":");

    assertEquals(Standing.NEW, pins.standing(server, ECHO));
  }
}
