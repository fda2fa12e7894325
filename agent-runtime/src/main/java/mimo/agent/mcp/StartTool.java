package mimo.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// Starts the program of a server where nothing confines it, which the user has to allow (A61).
final class StartTool implements Tool {

  /// No tool of a server is named like this.
  private static final String OWN_NAME = "(start)";

  private final McpServer server;
  private final ToolSpec spec;

  StartTool(McpServer server) {
    this.server = server;
    this.spec =
        new ToolSpec(
            Pins.fullName(server.settings().name(), OWN_NAME),
            "Starts the server " + server.settings().name() + "; its tools can be found then.",
            """
            {"type":"object","properties":{},"required":[],"additionalProperties":false}\
            """,
            ToolSpec.Effect.CHANGES);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return List.of(
        new Need.Server(
            server.settings().name(),
            Need.Server.Where.HERE,
            "this starts a program that nothing confines: " + server.settings().way().words()));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    server.tryAnew();
    try {
      var names =
          server.tools(cancellation).tools().keySet().stream()
              .sorted()
              .map(name -> Pins.fullName(server.settings().name(), name))
              .collect(Collectors.joining(", "));
      return Result.ok("It runs. Its tools: " + (names.isEmpty() ? "none" : names));
    } catch (RpcException failed) {
      return Result.error(McpTool.failure(server, failed));
    }
  }
}
