package mimo.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.tool.Need;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// Lists and reads what servers offer to be read.
final class ResourcesTool implements Tool {

  static final String NAME = "mcp_resources";

  private static final int WORDS = 200;

  private static final ToolSpec SPEC =
      new ToolSpec(
          NAME,
          "Lists what an MCP server offers to be read, or reads one of its resources.",
          """
          {"type":"object","properties":{\
          "server":{"type":"string","description":"the server"},\
          "uri":{"type":"string","description":"what to read; without it, what there is is listed"\
          }},"required":["server"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.READS);

  private final List<McpServer> servers;
  private final SpillFiles spills;

  ResourcesTool(List<McpServer> servers, SpillFiles spills) {
    this.servers = List.copyOf(servers);
    this.spills = spills;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return OneServer.needs(servers, input);
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    return OneServer.in(servers, input)
        .map(server -> new OneServer(server, spills))
        .orElse(OneServer.NONE)
        .answer(server ->
            input.has("uri")
                ? McpContent.ofResources(
                    server.get(
                        "resources/read",
                        Json.object().put("uri", input.path("uri").asText()),
                        cancellation))
                : listed(server, cancellation));
  }

  private static String listed(McpServer server, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    var lines = new ArrayList<String>();
    for (var each : server.list("resources", "resources/list", "resources", cancellation)) {
      lines.add(line(each, "uri"));
    }
    for (var each :
        server.list("resources", "resources/templates/list", "resourceTemplates", cancellation)) {
      lines.add(line(each, "uriTemplate"));
    }
    return lines.isEmpty() ? "It offers nothing to be read." : String.join("\n", lines);
  }

  private static String line(JsonNode each, String address) {
    return ForeignText.quoted(each.path(address).asText(), WORDS)
        + "  "
        + ForeignText.quoted(each.path("name").asText(), WORDS)
        + "  "
        + ForeignText.quoted(each.path("description").asText(), WORDS);
  }
}
