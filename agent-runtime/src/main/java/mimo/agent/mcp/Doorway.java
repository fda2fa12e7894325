package mimo.agent.mcp;

import java.io.IOException;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.mcp.rpc.RpcChannel;

/// Opens the way to a server: starts its program, or makes ready to ask it. Thread-safe.
@FunctionalInterface
public interface Doorway {

  /// Opens it.
  ///
  /// @param access what a program may do to the workspace
  /// @throws IOException if it cannot be opened; the message says why
  Opened open(McpSettings server, Access access) throws IOException, InterruptedException;

  /// A way that is open.
  ///
  /// @param complaints what the server has written on its standard error so far, bounded
  record Opened(RpcChannel channel, Complaints complaints) {}

  /// What a server complains of.
  @FunctionalInterface
  interface Complaints {
    String text();

    static Complaints none() {
      return () -> "";
    }
  }
}
