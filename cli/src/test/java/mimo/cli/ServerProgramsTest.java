package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mimo.agent.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where the programs of the user's servers begin: where nobody has put anything for them.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ServerProgramsTest {

  /// Greets, and has a tool that is named after the folder it began in, and what lies there.
  private static final String SERVER =
      """
      #!/bin/sh
      read -r hello
      echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18",\
      "capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}}'
      read -r thanks
      read -r list
      echo '{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"at:'"$(pwd)"':holds:'"$(ls)"'",\
      "inputSchema":{"type":"object"}}]}}'
      cat > /dev/null
      """;

  @TempDir private Path home;

  private String found(String walls, String command) throws Exception {
    var json = Json.object();
    json.putObject("sandbox").put("mode", walls).put("read", home.toRealPath().toString());
    json.putObject("mcp").putObject("own").putArray("command").add(command);
    try (var agent = new JoinedAgent(home, Map.of(), Json.write(json))) {
      agent.write("trap.py", "");
      return agent.call("tools", "{\"action\":\"find\"}").text();
    }
  }

  private Path server() throws Exception {
    var file = Files.writeString(home.toRealPath().resolve("server"), SERVER);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void withinWallsIsANewFolder() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")), "bubblewrap is not installed");

    var found = found("on", server().toString());

    assumeFalse(found.contains("nothing confines"), "bubblewrap does not work here");
    assertTrue(found.matches("(?s).*mcp__own__at:/tmp/mcp\\.\\w+:holds:: .*"), found);
  }

  @Test
  void withoutWallsIsANewFolderThatIsRemoved() throws Exception {
    var found = found("off", server().toString());

    assertTrue(found.matches("(?s).*mcp__own__at:/.*/scratch/[0-9a-f-]+:holds:: .*"), found);
  }

  @Test
  void aProgramBesideTheWorkspacesFilesIsNotTheirs() throws Exception {
    var found = found("off", "./server");

    assertTrue(
        found.contains(
            "it cannot be started: a server of the user's begins in an empty folder, where there"
                + " is no program ./server; name it by its absolute path"),
        found);
    assertFalse(found.contains("mcp__own__"), found);
  }
}
