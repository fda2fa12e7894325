package mimo.agent.mcp.transport;

import java.io.IOException;
import java.io.InputStream;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.Dialogue;
import mimo.agent.mcp.Doorway;
import mimo.agent.mcp.McpSettings;
import mimo.agent.mcp.rpc.LineChannel;
import mimo.agent.tool.OutputCollector;
import mimo.agent.tool.SpillFiles;

/// The doors to servers of either kind. Thread-safe.
public final class Doors implements Doorway {

  private final Starter starter;
  private final SpillFiles spills;

  /// Starts programs within their walls. Thread-safe.
  @FunctionalInterface
  public interface Starter {
    Started start(McpSettings.Local program, Access access)
        throws IOException, InterruptedException;
  }

  /// A program that was started.
  ///
  /// @param ending ends it, and clears away what it left
  public record Started(Dialogue dialogue, Runnable ending) {}

  /// @param spills takes what programs complain of, if it is too much to keep at hand
  public Doors(Starter starter, SpillFiles spills) {
    this.starter = starter;
    this.spills = spills;
  }

  @Override
  public Opened open(McpSettings server, Access access) throws IOException, InterruptedException {
    return switch (server.way()) {
      case McpSettings.Remote remote -> new Opened(new HttpChannel(remote), Complaints.none());
      case McpSettings.Local local -> {
        var started = starter.start(local, access);
        var dialogue = started.dialogue();
        var collector = spills.collector();
        Thread.ofVirtual().name("mcp-complaints").start(() -> hear(dialogue, collector));
        yield new Opened(
            new LineChannel(dialogue.output(), dialogue.input(), started.ending()),
            () -> collector.soFar().text());
      }
    };
  }

  private static void hear(Dialogue dialogue, OutputCollector collector) {
    byte[] buffer = new byte[8192];
    try (InputStream errors = dialogue.errors();
        collector) {
      for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
        collector.add(buffer, 0, read);
      }
    } catch (IOException ended) {
      // The channel tells of it.
      return;
    }
  }
}
