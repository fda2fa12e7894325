package mimo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import mimo.agent.command.CommandOrder;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.TrustedPrograms;
import mimo.agent.mcp.McpSettings;
import mimo.agent.mcp.transport.Doors;

/// Starts the programs of MCP servers as commands of agents are started: within the same walls,
/// with the same few variables and those the user gives them, and without the network unless the
/// user says so (A59). Thread-safe.
///
/// @param programs among which a name without a folder is looked for: none of them lies in the
///   workspace
record ServerPrograms(CommandShell shell, TrustedPrograms programs) implements Doors.Starter {

  @Override
  public Doors.Started start(McpSettings.Local server, Access access)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(server.command());
    argv.set(0, program(server).toString());
    var running = shell.commands(server.environment());
    try {
      var order = new CommandOrder(argv, server.folder().toRealPath(), server.network(), access);
      return new Doors.Started(running.commands().converse(order), running.ending());
    } catch (IOException | InterruptedException | RuntimeException refused) {
      running.ending().run();
      throw refused;
    }
  }

  private Path program(McpSettings.Local server) throws IOException {
    var name = server.command().getFirst();
    if (name.contains("/")) {
      var file = server.folder().resolve(name).normalize();
      if (!Files.isExecutable(file)) {
        throw new IOException("there is no program " + file);
      }
      return file;
    }
    return programs
        .find(name)
        .orElseThrow(() -> new IOException("the program '" + name + "' is not installed"));
  }
}
