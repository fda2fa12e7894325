package mimo.agent.mcp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import mimo.agent.AgentLimits;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.CommandOrder;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.command.Commands;
import mimo.agent.command.Unconfined;
import mimo.agent.mcp.McpClient;
import mimo.agent.mcp.McpServer;
import mimo.agent.mcp.McpSettings;
import mimo.agent.tool.SpillFiles;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that are programs, with real processes.
final class DoorsTest {

  /// Greets, and then says nothing more.
  private static final String GREETS =
      """
      read line
      echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},\
      "serverInfo":{"name":"sh","version":"1"}}}'
      """;

  @TempDir private Path folder;

  private McpServer server(String script) throws Exception {
    var file = Files.writeString(folder.resolve("server.sh"), script);
    var settings =
        new McpSettings(
            "sh",
            new McpSettings.Local(
                List.of("/bin/sh", file.toString()), Map.of("GIVEN", "yes"), folder, Network.NONE),
            Duration.ofSeconds(20),
            "");
    return new McpServer(
        settings,
        new Doors(this::start, spills()),
        Access.WRITABLE,
        new McpClient.Introduction("0", folder));
  }

  private SpillFiles spills() {
    return new SpillFiles(folder.resolve("spills"), InstantSource.system(), text -> text);
  }

  private Doors.Started start(McpSettings.Local local, Access access)
      throws IOException, InterruptedException {
    var environment = new ChildEnvironment(local.environment(), List.of());
    var commands = new Commands(new Unconfined(null), environment, 1);
    var order = new CommandOrder(local.command(), folder, local.network(), access);
    return new Doors.Started(commands.converse(order), commands::close);
  }

  @Test
  void aProgramGetsTheVariablesItIsGiven() throws Exception {
    try (var server = server("echo \"$GIVEN $HOME\" > seen\n" + GREETS + "cat\n")) {
      assertEquals("sh", server.greeting(CancellationToken.never()).name());

      assertEquals("yes \n", Files.readString(folder.resolve("seen")));
    }
  }

  @Test
  void aFloodOfComplaintsHoldsNobodyUpAndIsBounded() throws Exception {
    var flood = "head -c 20000000 /dev/zero | tr '\\0' x >&2\n";
    try (var server = server(flood + GREETS + "cat\n")) {
      assertEquals("sh", server.greeting(CancellationToken.never()).name());

      assertTrue(server.complaints().length() <= AgentLimits.TOOL_OUTPUT_BYTES);
    }
  }

  @Test
  void aProgramIsGoneOnceItIsClosedWhateverItDoes() throws Exception {
    var stubborn = "trap '' TERM\necho $$ > pid\n" + GREETS + "while true; do sleep 1; done\n";
    var server = server(stubborn);
    server.greeting(CancellationToken.never());
    var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

    server.close();

    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void oneThatEndsWithItsInputIsNotKilled() throws Exception {
    var server = server(GREETS + "cat > /dev/null\necho done > end\n");
    server.greeting(CancellationToken.never());

    server.close();

    assertEquals("done\n", Files.readString(folder.resolve("end")));
  }
}
