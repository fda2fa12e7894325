package mimo.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.tool.Need;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import org.jspecify.annotations.Nullable;

/// The server that a call names, and how its answer becomes a result.
record OneServer(@Nullable McpServer server, @Nullable SpillFiles spills) {

  static final OneServer NONE = new OneServer(null, null);

  /// What a server is asked.
  interface Question {
    String ask(McpServer server) throws RpcException, InterruptedException;
  }

  static Optional<McpServer> in(List<McpServer> servers, ObjectNode input) {
    var name = input.path("server").asText();
    return servers.stream().filter(each -> each.settings().name().equals(name)).findFirst();
  }

  /// Whoever asks no server needs no permission.
  static List<Need> needs(List<McpServer> servers, ObjectNode input) {
    return in(servers, input)
        .map(McpServer::settings)
        .map(server ->
            List.<Need>of(
                new Need.Server(
                    server.name(),
                    server.isLocal() ? Need.Server.Where.HERE : Need.Server.Where.ELSEWHERE,
                    "")))
        .orElse(List.of());
  }

  Tool.Result answer(Question question) throws InterruptedException {
    if (server == null || spills == null) {
      return Tool.Result.error("there is no such server; tools find shows which there are");
    }
    server.tryAnew();
    try {
      return Tool.Result.ok(McpTool.bounded(question.ask(server), spills));
    } catch (RpcException failed) {
      return Tool.Result.error(McpTool.failure(server, failed));
    }
  }
}
