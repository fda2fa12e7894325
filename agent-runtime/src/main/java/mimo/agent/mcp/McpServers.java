package mimo.agent.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mimo.agent.McpLimits;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.permission.Sheltering;
import mimo.agent.tool.MoreTools;
import mimo.agent.tool.SpillFiles;

/// The servers of one workspace, for all agents that work there. Thread-safe; ends those that run
/// when it is closed.
public final class McpServers implements AutoCloseable {

  private final List<McpSettings> settings;
  private final Doorway doorway;
  private final McpClient.Introduction introduction;
  private final Pins pins;
  private final SpillFiles spills;
  private final Map<Key, McpServer> servers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Who only looks has programs of its own, which cannot write to the workspace.
  private record Key(String name, Access access) {}

  /// @param settings of the servers; each name once
  /// @param introduction who asks, and where
  /// @param spills takes answers that are too long
  public McpServers(
      List<McpSettings> settings,
      Doorway doorway,
      McpClient.Introduction introduction,
      Pins pins,
      SpillFiles spills) {
    this.settings = settings.stream().limit(McpLimits.SERVERS).toList();
    this.doorway = doorway;
    this.introduction = introduction;
    this.pins = pins;
    this.spills = spills;
  }

  /// What an agent reaches of them.
  ///
  /// @param sheltering what keeps the agent's commands, and so the programs of servers, within
  ///   bounds
  public MoreTools reach(Sheltering sheltering) {
    return settings.isEmpty()
        ? MoreTools.none()
        : new McpReach(this, settings, new McpReach.Place(sheltering, pins, spills));
  }

  /// The server that is meant, for an agent with these rights; one that has ended, after the end.
  McpServer server(McpSettings each, Access access) {
    var server = made(each, access);
    if (closed) {
      server.close();
    }
    return server;
  }

  private McpServer made(McpSettings each, Access access) {
    return servers.computeIfAbsent(
        new Key(each.name(), each.isLocal() ? access : Access.WRITABLE),
        key -> {
          var self =
              each.isLocal()
                  ? introduction
                  : new McpClient.Introduction(introduction.version(), null);
          return new McpServer(each, doorway, key.access(), self);
        });
  }

  @Override
  public void close() {
    closed = true;
    servers
        .values()
        .removeIf(server -> {
          server.close();
          return true;
        });
  }
}
