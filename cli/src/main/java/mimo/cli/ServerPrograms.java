package mimo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.command.CommandOrder;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.TrustedPrograms;
import mimo.agent.mcp.McpSettings;
import mimo.agent.mcp.transport.Doors;
import mimo.cli.CommandShell.Apart;
import org.jspecify.annotations.Nullable;

/// Starts the programs of MCP servers as commands of agents are started: within the same walls,
/// with the same few variables and those the user gives them, and without the network unless the
/// user says so (A59). Thread-safe.
///
/// The user's own programs begin in an empty folder: many take code and settings from where they
/// are started, and a workspace may belong to somebody else.
///
/// @param programs among which a name without a folder is looked for: none of them lies in the
///   workspace
record ServerPrograms(CommandShell shell, TrustedPrograms programs) implements Doors.Starter {

  /// Begins a program in a new folder of the walls' own `/tmp`.
  private static final List<String> APART =
      List.of(
          "/bin/sh", "-c", "d=$(mktemp -d /tmp/mcp.XXXXXXXX) && cd \"$d\" && exec \"$@\"", "sh");

  @Override
  public Doors.Started start(McpSettings.Local server, Access access)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(server.command());
    argv.set(0, program(argv.getFirst(), server.folder()).toString());
    var running = shell.commands(server.environment());
    try {
      var order = order(argv, server, access, running.apart());
      return new Doors.Started(running.commands().converse(order), running.ending());
    } catch (IOException | InterruptedException | RuntimeException refused) {
      running.ending().run();
      throw refused;
    }
  }

  private static CommandOrder order(
      List<String> argv, McpSettings.Local server, Access access, Apart apart) throws IOException {
    var folder = server.folder();
    if (folder != null) {
      return new CommandOrder(argv, folder.toRealPath(), server.network(), access);
    }
    return switch (apart) {
      case Apart.InWalls() -> {
        var whole = new ArrayList<>(APART);
        whole.addAll(argv);
        yield new CommandOrder(whole, Path.of("/tmp"), server.network(), access);
      }
      case Apart.Here(var empty) ->
          new CommandOrder(argv, made(empty).toRealPath(), server.network(), access);
    };
  }

  private static Path made(Path folder) throws IOException {
    var owners = PosixFilePermissions.fromString("rwx------");
    return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owners));
  }

  private Path program(String name, @Nullable Path folder) throws IOException {
    if (!name.contains("/")) {
      return programs
          .find(name)
          .orElseThrow(() -> new IOException("the program '" + name + "' is not installed"));
    }
    if (folder == null && !name.startsWith("/")) {
      throw new IOException(
          "a server of the user's begins in an empty folder, where there is no program "
              + name
              + "; name it by its absolute path");
    }
    var file = (folder == null ? Path.of(name) : folder.resolve(name)).normalize();
    if (!Files.isExecutable(file)) {
      throw new IOException("there is no program " + file);
    }
    return file;
  }
}
