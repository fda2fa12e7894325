package mimo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import mimo.agent.file.PathGuard;
import mimo.agent.mcp.McpClient.Introduction;
import mimo.agent.mcp.McpServers;
import mimo.agent.mcp.PinFiles;
import mimo.agent.mcp.transport.Doors;
import mimo.agent.tool.SpillFiles;
import mimo.cli.config.Folders;
import mimo.cli.config.McpSection;
import mimo.cli.mcp.KnownServer;
import mimo.cli.mcp.KnownServer.Owner;
import mimo.cli.mcp.KnownServer.State;
import mimo.cli.mcp.LocalMcp;
import mimo.cli.mcp.ServedWorkflows;
import mimo.cli.mcp.ServerFiles;
import org.jspecify.annotations.Nullable;

/// The MCP servers that agents find in the folders they work in: described for the folder mimo was
/// started in, and running where each agent works. Thread-safe.
final class McpPremises {

  private final House.Surroundings surroundings;
  private final Folders folders;
  private final List<McpSection> users;
  private final Supplier<SpillFiles> spills;
  private final Map<Path, McpServers> shared = new ConcurrentHashMap<>();
  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable List<KnownServer> known;

  /// @param users the servers in the user's configuration
  McpPremises(
      House.Surroundings surroundings,
      Folders folders,
      List<McpSection> users,
      Supplier<SpillFiles> spills) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.users = List.copyOf(users);
    this.spills = spills;
  }

  /// Read once: what is told of them is told once, too.
  private List<KnownServer> known() {
    reading.lock();
    try {
      var all = known;
      if (all == null) {
        var found = files().read(users);
        found.notices().forEach(surroundings.notices()::tell);
        all = found.servers();
        known = all;
      }
      return all;
    } finally {
      reading.unlock();
    }
  }

  private ServerFiles files() {
    return new ServerFiles(
        surroundings.folder(),
        folders.config(),
        surroundings.environment(),
        surroundings.admission());
  }

  /// Those that all agents in a folder reach. They end with the process.
  McpServers shared(PathGuard guard, ServerPrograms programs) {
    return shared.computeIfAbsent(
        guard.root(),
        root -> {
          var made = of(root, programs);
          surroundings.ahead().atTheEnd(made::close);
          return made;
        });
  }

  /// Those of one agent, which ends them.
  McpServers of(Path root, ServerPrograms programs) {
    return new McpServers(
        known().stream()
            .filter(server -> server.state() == State.READY)
            .filter(server -> server.owner() == Owner.USER || isHere(root))
            .map(KnownServer::settings)
            .filter(Objects::nonNull)
            .map(settings -> settings.in(root))
            .toList(),
        new Doors(programs, spills.get()),
        introduction(root),
        pins(),
        spills.get());
  }

  /// What a repository describes is for work in it, and in worktrees of it.
  private boolean isHere(Path root) {
    return root.startsWith(surroundings.folder())
        || root.startsWith(folders.state().resolve("worktrees"));
  }

  private static Introduction introduction(Path root) {
    return new Introduction(BuildVersion.current().version(), root);
  }

  private PinFiles pins() {
    return new PinFiles(folders.data().resolve("mcp"));
  }

  /// The same servers at the user's own command.
  LocalMcp desk(PathGuard guard, ServerPrograms programs, ServedWorkflows workflows) {
    return new LocalMcp(
        this::known,
        new LocalMcp.Means(
            new Doors(programs, spills.get()),
            introduction(guard.root()),
            pins(),
            programs.shell()::shelter,
            workflows));
  }
}
