package mimo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import mimo.agent.json.Json;
import mimo.cli.testing.BuiltMimo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The official client drives the built program as a server (S32: it opens no socket, it is driven
/// by its standard streams).
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class McpServeIT {

  private static final Path DRIVER = Path.of("../.ci/mcp/drive.mjs").toAbsolutePath().normalize();

  private static final String ASKS =
      """
      export const meta = { name: "ask", description: "Asks whether to go on." };
      return (await approve("Go on?")) ? "gone on" : "stopped";
      """;

  @TempDir private Path home;

  @Test
  void theOfficialClientRunsAnswersAndCancelsWorkflows() throws Exception {
    assumeTrue(
        Files.isDirectory(DRIVER.resolveSibling("node_modules/@modelcontextprotocol/sdk")),
        "the official client is not installed: run npm ci in .ci/mcp, as .ci/run does");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/node")), "node is not in /usr/bin");
    var folder = Files.createDirectories(home.resolve("work"));
    Files.writeString(folder.resolve("README.md"), "# A project\n");
    var workflows = Files.createDirectories(home.resolve("mimo/config/workflows"));
    Files.writeString(workflows.resolve("ask.js"), ASKS);

    var told = drive(folder);

    assertEquals("mimo", told.path("server").asText());
    assertEquals(9, told.path("tools").size());
    assertTrue(names(told, "workflows").containsAll(List.of("ask", "repo-map")), told::toString);
    assertEquals(ASKS, told.path("script").asText());
    assertEquals("completed", told.path("map").asText());
    assertEquals("parked", told.path("asking").asText(), told::toString);
    assertEquals("Go on?", told.at("/questions/0/question").asText());
    assertEquals(
        "{\"status\":\"completed\",\"value\":\"gone on\"}", told.path("answered").toString());
    assertEquals("run_unknown", told.path("gone").asText());
    assertEquals("cancelled", told.path("cancelled").asText());
    assertTrue(told.path("progress").asInt() > 0, told::toString);
  }

  private static List<String> names(JsonNode told, String list) {
    return StreamSupport.stream(told.path(list).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private JsonNode drive(Path folder) throws Exception {
    var builder =
        new ProcessBuilder(
            "/usr/bin/node", DRIVER.toString(), BuiltMimo.launcher().toString(), folder.toString());
    var errors = home.resolve("errors.txt").toFile();
    builder.redirectError(errors);
    builder.environment().put("MIMOCODE_HOME", home.resolve("mimo").toString());
    var process = builder.start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), () -> read(errors.toPath()));
    return Json.parse(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return gone.toString();
    }
  }
}
