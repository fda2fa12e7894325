package mimo.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// Stands for a tool whose server does not answer: a call of it says why.
///
/// @param why for people
record LostTool(String name, McpServer server, String why) implements Tool {

  @Override
  public ToolSpec spec() {
    return new ToolSpec(name, "not there", "{}", ToolSpec.Effect.READS);
  }

  @Override
  public Arguments arguments(String text) {
    return Arguments.parse(text);
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    // Nothing is done, so nothing has to be allowed.
    return List.of();
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) {
    return Result.error(
        "mcp_server_failed: the server %s does not answer: %s"
            .formatted(server.settings().name(), ForeignText.visible(why)));
  }
}
