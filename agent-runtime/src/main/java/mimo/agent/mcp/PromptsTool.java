package mimo.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mimo.agent.json.Json;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.tool.Need;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// Lists and gets the prompts that servers have ready.
final class PromptsTool implements Tool {

  static final String NAME = "mcp_prompts";

  private static final int WORDS = 200;

  private static final ToolSpec SPEC =
      new ToolSpec(
          NAME,
          "Lists the prompts an MCP server has ready, or gets one of them.",
          """
          {"type":"object","properties":{\
          "server":{"type":"string","description":"the server"},\
          "name":{"type":"string","description":"the prompt; without it, all are listed"},\
          "arguments":{"type":"object","description":"what the prompt asks for: names and texts"\
          }},"required":["server"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.READS);

  private final List<McpServer> servers;
  private final SpillFiles spills;

  PromptsTool(List<McpServer> servers, SpillFiles spills) {
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
            input.has("name")
                ? McpContent.ofPrompt(server.get("prompts/get", params(input), cancellation))
                : listed(server, cancellation));
  }

  private static ObjectNode params(ObjectNode input) {
    var params = Json.object().put("name", input.path("name").asText());
    var arguments = params.putObject("arguments");
    input
        .path("arguments")
        .properties()
        .forEach(each -> arguments.put(each.getKey(), each.getValue().asText()));
    return params;
  }

  private static String listed(McpServer server, CancellationToken cancellation)
      throws RpcException, InterruptedException {
    var lines = new ArrayList<String>();
    for (var each : server.list("prompts", "prompts/list", "prompts", cancellation)) {
      var arguments =
          StreamSupport.stream(each.path("arguments").spliterator(), false)
              .map(argument -> ForeignText.quoted(argument.path("name").asText(), WORDS))
              .collect(Collectors.joining(", "));
      lines.add(
          "%s (%s)  %s"
              .formatted(
                  ForeignText.quoted(each.path("name").asText(), WORDS),
                  arguments,
                  ForeignText.quoted(each.path("description").asText(), WORDS)));
    }
    return lines.isEmpty() ? "It has no prompts." : String.join("\n", lines);
  }
}
