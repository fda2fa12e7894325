package mimo.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.json.Json;
import mimo.agent.mcp.Doorway;
import mimo.agent.mcp.ForeignText;
import mimo.agent.mcp.McpClient;
import mimo.agent.mcp.McpServer;
import mimo.agent.mcp.Pins;
import mimo.agent.mcp.ToolDescription;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.Sheltering;
import mimo.cli.command.McpDesk;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import mimo.engine.CancellationToken;

/// The servers of a folder, at the user's own command.
public final class LocalMcp implements McpDesk {

  private final Supplier<List<KnownServer>> servers;
  private final Means means;
  private final List<McpServer> started = new ArrayList<>();

  /// What servers are had with.
  ///
  /// @param sheltering what confines programs
  public record Means(
      Doorway doorway,
      McpClient.Introduction introduction,
      Pins pins,
      Sheltering sheltering,
      ServedWorkflows workflows) {}

  public LocalMcp(Supplier<List<KnownServer>> servers, Means means) {
    this.servers = servers;
    this.means = means;
  }

  @Override
  public List<Line> list() {
    return servers.get().stream()
        .sorted(Comparator.comparing(KnownServer::name))
        .map(this::line)
        .toList();
  }

  private Line line(KnownServer server) {
    var settings = server.settings();
    return new Line(
        server.name(),
        settings == null ? "unknown" : settings.isLocal() ? "local" : "remote",
        server.owner().word(),
        server.state().word(),
        settings == null ? "" : settings.way().words(),
        server.section().place(),
        settings == null
            ? List.of()
            : means.pins().of(settings).keySet().stream().sorted().toList(),
        server.why().isEmpty() ? null : server.why());
  }

  @Override
  public Line find(String name) {
    return line(known(name));
  }

  private KnownServer known(String name) {
    var all = servers.get();
    return all.stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                "mcp_unknown",
                "there is no MCP server '%s'%s"
                    .formatted(
                        name, Nearest.hint(name, all.stream().map(KnownServer::name).toList()))));
  }

  @Override
  public Tried test(String name) throws InterruptedException {
    return asking(
        name,
        server -> {
          long begun = System.nanoTime();
          var greeting = server.greeting(CancellationToken.never());
          var listing = server.tools(CancellationToken.never());
          long millis = (System.nanoTime() - begun) / 1_000_000;
          var tools =
              listing.tools().values().stream()
                  .sorted(Comparator.comparing(ToolDescription::name))
                  .map(tool -> tool(server, tool))
                  .toList();
          var walls = server.settings().isLocal() ? means.sheltering().shelter() : null;
          return new Tried(
              ForeignText.visible(greeting.name() + " " + greeting.version()),
              greeting.protocol(),
              walls == null ? "" : word(walls),
              millis,
              tools,
              listing.notes(),
              ForeignText.visible(server.complaints()));
        });
  }

  private static String word(Shelter walls) {
    return walls == Shelter.SANDBOX ? "sandbox" : "no sandbox";
  }

  private ToolLine tool(McpServer server, ToolDescription tool) {
    return new ToolLine(
        tool.name(),
        tool.effect().name().toLowerCase(Locale.ROOT),
        means.pins().standing(server.settings(), tool).name().toLowerCase(Locale.ROOT),
        ForeignText.visible(tool.description()));
  }

  @Override
  public List<ToolLine> approve(String name, List<String> tools) throws InterruptedException {
    return asking(
        name,
        server -> {
          var offered = server.tools(CancellationToken.never()).tools();
          for (var each : tools) {
            if (!offered.containsKey(each)) {
              throw new CommandException(
                  "mcp_tool_unknown",
                  "the server %s has no tool '%s'%s"
                      .formatted(name, each, Nearest.hint(each, List.copyOf(offered.keySet()))));
            }
          }
          var approved = new ArrayList<ToolLine>();
          offered.values().stream()
              .filter(tool -> tools.isEmpty() || tools.contains(tool.name()))
              .sorted(Comparator.comparing(ToolDescription::name))
              .forEach(tool -> {
                approved.add(tool(server, tool));
                means.pins().pin(server.settings(), tool);
              });
          return approved;
        });
  }

  @Override
  public String call(String name, String tool, String arguments) throws InterruptedException {
    if (!(parsed(arguments) instanceof ObjectNode input)) {
      throw new CommandException("usage", "the arguments are a JSON object, unlike " + arguments);
    }
    return asking(name, server -> Json.write(server.call(tool, input, CancellationToken.never())));
  }

  private static JsonNode parsed(String arguments) {
    try {
      return Json.parse(arguments);
    } catch (IllegalArgumentException malformed) {
      throw new CommandException("usage", "the arguments are no JSON: " + malformed.getMessage());
    }
  }

  private interface Question<T> {
    T ask(McpServer server) throws RpcException, InterruptedException;
  }

  private <T> T asking(String name, Question<T> question) throws InterruptedException {
    var server = server(known(name));
    try {
      return question.ask(server);
    } catch (RpcException failed) {
      var code = failed.kind() == RpcException.Kind.REFUSED ? "mcp_refused" : "mcp_server_failed";
      throw new CommandException(
          code, "the server " + name + ": " + ForeignText.visible(failed.words()));
    }
  }

  private McpServer server(KnownServer known) throws InterruptedException {
    var settings = known.settings();
    switch (known.state()) {
      case READY -> {}
      case UNTRUSTED ->
          throw new CommandException(
              "untrusted", "the server " + known.name() + " is not used: " + known.why());
      case DISABLED, BROKEN ->
          throw new CommandException(
              "mcp_unusable", "the server " + known.name() + " is not used: " + known.why());
    }
    if (settings == null) {
      throw new IllegalStateException("a server that is ready has settings");
    }
    if (settings.isLocal() && means.sheltering().shelter() == Shelter.NONE) {
      throw new CommandException(
          "mcp_unconfined",
          "the server " + known.name() + " is a program, and no sandbox works here to confine it");
    }
    var self =
        settings.isLocal()
            ? means.introduction()
            : new McpClient.Introduction(means.introduction().version(), null);
    var server = new McpServer(settings, means.doorway(), Access.WRITABLE, self);
    started.add(server);
    return server;
  }

  @Override
  public void serve(InputStream in, OutputStream out) throws InterruptedException {
    try (var server = new WorkflowServer(means.workflows(), means.introduction().version())) {
      server.serve(in, out);
    }
  }

  @Override
  public void close() {
    started.forEach(McpServer::close);
    started.clear();
  }
}
