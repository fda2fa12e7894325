package mimo.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.mcp.Pins.Standing;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.Need;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// A tool of a server. What the server says of it is shown as the server's, and held against what
/// the user has approved: a tool that has changed since is called only if the user says so (S34).
final class McpTool implements Tool {

  private static final int PREVIEW_CHARS = 600;

  private final McpServer server;
  private final ToolDescription tool;
  private final Standing standing;
  private final McpReach.Place place;
  private final ToolSpec spec;

  McpTool(McpServer server, ToolDescription tool, Standing standing, McpReach.Place place) {
    this.server = server;
    this.tool = tool;
    this.standing = standing;
    this.place = place;
    boolean known = standing != Standing.CHANGED;
    this.spec =
        new ToolSpec(
            Pins.fullName(server.settings().name(), tool.name()),
            known
                ? "described by the server as "
                    + ForeignText.quoted(tool.description(), McpLimits.DESCRIPTION_CHARS)
                : "disabled: it has changed since the user approved it; a call asks the user first",
            known ? ForeignText.visible(tool.schema()) : "{}",
            // What it declared when it was approved counts no more.
            known ? tool.effect() : ToolSpec.Effect.CHANGES);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  /// The server is the judge of its arguments; only what is no object is no call.
  @Override
  public Arguments arguments(String text) {
    return Arguments.parse(text);
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    place.shown().put(spec.name(), tool.hash());
    var settings = server.settings();
    var caution =
        standing == Standing.CHANGED
            ? "the server %s describes %s otherwise than when it was approved"
                .formatted(settings.name(), tool.name())
            : "";
    return List.of(
        new Need.Server(
            settings.name(),
            settings.isLocal() ? Need.Server.Where.HERE : Need.Server.Where.ELSEWHERE,
            caution));
  }

  /// What is sent; and of a tool nobody has approved as it is, what the server says of it.
  @Override
  public Optional<String> preview(ObjectNode input) {
    var sent = "arguments: " + ForeignText.quoted(Json.write(input), PREVIEW_CHARS);
    return Optional.of(
        switch (standing) {
          case APPROVED -> sent;
          case NEW -> sent + "\nthe server says: " + said(tool.description());
          case CHANGED ->
              sent
                  + "\nit was approved as: "
                  + said(place.pins().of(server.settings()).getOrDefault(tool.name(), ""))
                  + "\nit says now: "
                  + said(tool.whole());
        });
  }

  private static String said(String text) {
    return ForeignText.quoted(text, PREVIEW_CHARS);
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    // Between the question and this the server may have exchanged the tool.
    if (!tool.hash().equals(place.shown().get(spec.name()))) {
      return Result.error(
          "mcp_tool_changed: the server describes this tool otherwise than a moment ago, so it was"
              + " not called");
    }
    if (standing != Standing.APPROVED) {
      place.pins().pin(server.settings(), tool);
    }
    try {
      var result = server.call(tool.name(), input, cancellation);
      var text = bounded(McpContent.ofResult(result), place.spills());
      return result.path("isError").asBoolean(false) ? Result.error(text) : Result.ok(text);
    } catch (RpcException failed) {
      return Result.error(failure(server, failed));
    }
  }

  static String failure(McpServer server, RpcException failed) {
    return switch (failed.kind()) {
      case REFUSED -> "mcp_refused: " + ForeignText.quoted(failed.words(), PREVIEW_CHARS);
      case TIMED_OUT -> "mcp_timeout: " + failed.words();
      case CLOSED ->
          "mcp_server_failed: the server %s: %s"
              .formatted(server.settings().name(), ForeignText.visible(failed.words()));
    };
  }

  /// A text that is not too long for a model; of a longer one all is in a file it can read.
  static String bounded(String text, SpillFiles spills) {
    try (var collector = spills.collector()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      collector.add(bytes, 0, bytes.length);
      return collector.finish().text();
    }
  }
}
