package mimo.agent.mcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.mcp.rpc.RpcException;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.Sheltering;
import mimo.agent.tool.MoreTools;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.engine.CancellationToken;

/// What one agent reaches of the servers of its workspace. Thread-safe.
final class McpReach implements MoreTools {

  static final String PREFIX = "mcp__";

  /// What no tool is named.
  private static final String ANY_TOOL = "__?";

  private final McpServers hub;
  private final List<McpSettings> servers;
  private final Place place;
  private final List<Predicate<String>> tests;

  /// What the tools of one agent have in common.
  ///
  /// @param sheltering what confines the programs of servers
  /// @param spills takes answers that are too long
  /// @param shown by each tool's name, how it was described when its permission was decided
  record Place(Sheltering sheltering, Pins pins, SpillFiles spills, Map<String, String> shown) {
    Place(Sheltering sheltering, Pins pins, SpillFiles spills) {
      this(sheltering, pins, spills, new ConcurrentHashMap<>());
    }
  }

  McpReach(McpServers hub, List<McpSettings> servers, Place place) {
    this(hub, servers, place, List.of());
  }

  private McpReach(
      McpServers hub, List<McpSettings> servers, Place place, List<Predicate<String>> tests) {
    this.hub = hub;
    this.servers = List.copyOf(servers);
    this.place = place;
    this.tests = List.copyOf(tests);
  }

  @Override
  public List<String> sources() {
    return admittedServers().map(McpSettings::name).toList();
  }

  /// A server stands for all of its tools: which there are is not known before it is started.
  @Override
  public List<String> names() {
    return servers.stream()
        .flatMap(server -> admits(server) ? Stream.of(prefix(server)) : admittedAlone(server))
        .toList();
  }

  private Stream<McpSettings> admittedServers() {
    return servers.stream()
        .filter(server -> admits(server) || admittedAlone(server).findAny().isPresent());
  }

  private static String prefix(McpSettings server) {
    return PREFIX + server.name();
  }

  private McpServer live(McpSettings server) {
    boolean looks = server.isLocal() && place.sheltering().shelter() == Shelter.READ_ONLY_SANDBOX;
    return hub.server(server, looks ? Access.READ_ONLY : Access.WRITABLE);
  }

  private boolean admits(McpSettings server) {
    return tests.stream().allMatch(test -> test.test(prefix(server)));
  }

  /// A test that knows a server by its name alone means all of its tools; one that knows tools,
  /// too, is believed about each.
  private boolean admits(McpSettings server, String tool) {
    return tests.stream()
        .allMatch(test ->
            test.test(tool)
                || (test.test(prefix(server)) && !test.test(prefix(server) + ANY_TOOL)));
  }

  /// The tools that are admitted by their own names, as far as those are known without a start: the
  /// ones that were approved.
  private Stream<String> admittedAlone(McpSettings server) {
    return place.pins().of(server).keySet().stream()
        .map(tool -> Pins.fullName(server.name(), tool))
        .filter(tool -> admits(server, tool))
        .sorted();
  }

  @Override
  public MoreTools only(Predicate<String> names) {
    var more = new ArrayList<>(tests);
    more.add(names);
    return new McpReach(hub, servers, place, more);
  }

  @Override
  public Found all(CancellationToken cancellation) throws InterruptedException {
    var tools = new ArrayList<Tool>();
    var notes = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Callable<Found>>();
      admittedServers().forEach(server -> asked.add(() -> of(live(server), cancellation)));
      for (var answer : threads.invokeAll(asked)) {
        var found = answer.get();
        tools.addAll(found.tools());
        notes.addAll(found.notes());
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof InterruptedException) {
        throw new InterruptedException("cancelled while servers were asked");
      }
      throw new IllegalStateException("a server could not be asked", failed.getCause());
    }
    if (!tools.isEmpty()) {
      tools.add(new ResourcesTool(reachable(), place.spills()));
      tools.add(new PromptsTool(reachable(), place.spills()));
    }
    return new Found(tools, notes);
  }

  private Found of(McpServer server, CancellationToken cancellation) throws InterruptedException {
    var name = server.settings().name();
    if (mustBeAskedFor(server)) {
      var start = new StartTool(server);
      return admits(server.settings(), start.spec().name())
          ? new Found(
              List.of(start),
              List.of(
                  "the server %s is a program that nothing confines here; it is started by a call"
                          .formatted(name)
                      + " of %s, if the user allows it".formatted(start.spec().name())))
          : Found.NOTHING;
    }
    server.tryAnew();
    try {
      var listing = server.tools(cancellation);
      var pinned = place.pins().of(server.settings());
      var tools =
          listing.tools().values().stream()
              .sorted(Comparator.comparing(ToolDescription::name))
              .map(tool -> tool(server, tool, pinned))
              .filter(tool -> admits(server.settings(), tool.spec().name()))
              .toList();
      var notes = listing.notes().stream().map(note -> name + ": " + note).toList();
      return new Found(tools, notes);
    } catch (RpcException failed) {
      return new Found(
          List.of(), List.of("the server " + name + " does not answer: " + failed.words()));
    }
  }

  private Tool tool(McpServer server, ToolDescription tool, Map<String, String> pinned) {
    return new McpTool(server, tool, Pins.standing(tool, pinned.get(tool.name())), place);
  }

  /// Where nothing confines it, a program is started by the user's word alone (A61).
  private boolean mustBeAskedFor(McpServer server) {
    return server.settings().isLocal()
        && place.sheltering().shelter() == Shelter.NONE
        && !server.isUp();
  }

  private List<McpServer> reachable() {
    return servers.stream()
        .filter(this::admits)
        .map(this::live)
        .filter(server -> !mustBeAskedFor(server))
        .toList();
  }

  @Override
  public void ready(Set<String> names, CancellationToken cancellation) throws InterruptedException {
    for (var server : servers) {
      boolean meant =
          names.stream()
              .anyMatch(name -> name.startsWith(prefix(server) + "__") && admits(server, name));
      if (meant) {
        ready(live(server), cancellation);
      }
    }
  }

  private void ready(McpServer server, CancellationToken cancellation) throws InterruptedException {
    if (mustBeAskedFor(server)) {
      return;
    }
    server.tryAnew();
    try {
      server.tools(cancellation);
    } catch (RpcException failed) {
      // The server remembers it, and whoever looks for a tool is told.
      return;
    }
  }

  /// After [#ready] nothing is started: a server that failed says so at once.
  @Override
  public Optional<Tool> find(String name) {
    if (name.equals(ResourcesTool.NAME) && !reachable().isEmpty()) {
      return Optional.of(new ResourcesTool(reachable(), place.spills()));
    }
    if (name.equals(PromptsTool.NAME) && !reachable().isEmpty()) {
      return Optional.of(new PromptsTool(reachable(), place.spills()));
    }
    return servers.stream()
        .filter(server -> name.startsWith(prefix(server) + "__"))
        .filter(server -> admits(server, name))
        .findFirst()
        .flatMap(server -> find(live(server), name));
  }

  private Optional<Tool> find(McpServer server, String name) {
    if (mustBeAskedFor(server)) {
      var start = new StartTool(server);
      return start.spec().name().equals(name) ? Optional.of(start) : Optional.empty();
    }
    var own = name.substring(prefix(server.settings()).length() + 2);
    try {
      var tool = server.tools(CancellationToken.never()).tools().get(own);
      return tool == null
          ? Optional.empty()
          : Optional.of(tool(server, tool, place.pins().of(server.settings())));
    } catch (RpcException failed) {
      return Optional.of(new LostTool(name, server, failed.words()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
