package mimo.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.json.Json;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.ReadOnlyPermissions;
import mimo.agent.permission.Rule;
import mimo.agent.permission.Ruling;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;

/// An agent that reaches one server, named `mock`.
final class McpStage implements AutoCloseable {

  static final String ECHO = "mcp__mock__echo";

  final Map<String, String> pinned = new TreeMap<>();
  final Toolbox box;
  private final McpServers servers;
  private final List<Rule> rules = new ArrayList<>();
  private final Shelter shelter;

  McpStage(Path folder, Doorway doorway, Duration patience, Shelter shelter) {
    this(folder, doorway, local(folder, patience), shelter);
  }

  McpStage(Path folder, Doorway doorway, McpSettings settings, Shelter shelter) {
    this.shelter = shelter;
    var spills = new SpillFiles(folder.resolve("spills"), InstantSource.system(), text -> text);
    var pins =
        new Pins() {
          @Override
          public Map<String, String> of(McpSettings server) {
            return pinned;
          }

          @Override
          public void pin(McpSettings server, ToolDescription tool) {
            pinned.put(tool.name(), tool.whole());
          }
        };
    this.servers =
        new McpServers(
            List.of(settings), doorway, new McpClient.Introduction("0", folder), pins, spills);
    this.box = Toolbox.of(List.of()).reaching(servers.reach(() -> shelter));
  }

  static McpStage over(Path folder, Doorway doorway) {
    return new McpStage(folder, doorway, Duration.ofSeconds(20), Shelter.SANDBOX);
  }

  private static McpSettings local(Path folder, Duration patience) {
    return new McpSettings(
        "mock",
        new McpSettings.Local(List.of("mock"), Map.of(), folder, Network.NONE),
        patience,
        "");
  }

  static McpSettings remote(String url, Map<String, String> headers) {
    return new McpSettings(
        "mock", new McpSettings.Remote(URI.create(url), headers), Duration.ofSeconds(10), "");
  }

  McpStage ruled(Decision decision) {
    return ruled(decision, "mcp__*");
  }

  McpStage ruled(Decision decision, String pattern) {
    rules.add(new Rule("mcp", pattern, decision, Rule.Layer.USER, "here"));
    return this;
  }

  /// What `tools find` shows.
  String find(String query) throws InterruptedException {
    var input = Json.object().put("action", "find").put("query", query);
    return box.find("tools").orElseThrow().run(input, CancellationToken.never()).text();
  }

  Tool tool(String name) throws InterruptedException {
    box.ready(Set.of(name), CancellationToken.never());
    return box.find(name).orElseThrow(() -> new AssertionError("there is no " + name));
  }

  Ruling ruling(Tool tool, ObjectNode input) {
    return permissions()
        .rule(new Call(tool.spec().name(), tool.spec().effect(), tool.needs(input)));
  }

  Ruling rulingOfALooker(Tool tool) {
    var call = new Call(tool.spec().name(), tool.spec().effect(), tool.needs(Json.object()));
    return new ReadOnlyPermissions(permissions(), () -> shelter).rule(call);
  }

  private WorkspacePermissions permissions() {
    var workspace = Path.of("/workspace");
    return new WorkspacePermissions(
        PermissionRules.builtIn().and(rules),
        new WorkspacePermissions.Place(workspace, workspace, () -> shelter),
        new SessionGrants());
  }

  /// Calls a tool that somebody allows.
  Tool.Result call(String name, String arguments) throws InterruptedException {
    var tool = tool(name);
    if (!(tool.arguments(arguments) instanceof Arguments.Fit(var input))) {
      throw new AssertionError("no arguments: " + arguments);
    }
    var ruling = ruling(tool, input);
    if (ruling.decision() == Decision.DENY) {
      throw new AssertionError("denied: " + ruling.reason());
    }
    return tool.run(input, CancellationToken.never());
  }

  Tool.Result echo() throws InterruptedException {
    return call(ECHO, "{\"text\":\"hi\"}");
  }

  @Override
  public void close() {
    servers.close();
  }
}
