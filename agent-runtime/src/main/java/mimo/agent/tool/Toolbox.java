package mimo.agent.tool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.TurnWatch;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.engine.CancellationToken;

/// The tools an agent has, by name, in the order in which a model is told of them. Immutable; what
/// its tools keep belongs to one agent, and ends with it.
public final class Toolbox implements AutoCloseable {

  private final Map<String, Tool> tools;
  private final Ways ways;
  private final Runnable closing;
  private final Company company;

  /// Who looks on while an agent works with these.
  private record Company(Hooks hooks, TurnWatch watch) {
    static final Company NOBODY = new Company(Hooks.NONE, TurnWatch.NOBODY);
  }

  /// How a model comes by what it is not told of with each request.
  ///
  /// @param deferred the names of those tools it is not told of
  /// @param more those that come from elsewhere
  /// @param joining what becomes of a tool that is put behind the others
  private record Ways(
      Set<String> deferred, MoreTools more, Arrivals arrivals, UnaryOperator<Tool> joining) {
    static final Ways NONE =
        new Ways(Set.of(), MoreTools.none(), Arrivals.none(), UnaryOperator.identity());
  }

  private Toolbox(Map<String, Tool> tools, Ways ways, Runnable closing, Company company) {
    this.tools = tools;
    this.ways = ways;
    this.closing = closing;
    this.company = company;
  }

  /// A box with just these tools.
  ///
  /// @throws IllegalArgumentException if two have one name
  public static Toolbox of(List<Tool> tools) {
    return new Toolbox(Map.of(), Ways.NONE, () -> {}, Company.NOBODY).and(tools);
  }

  /// The same tools, and these behind them.
  ///
  /// @throws IllegalArgumentException if two have one name
  public Toolbox and(List<Tool> more) {
    var byName = new LinkedHashMap<>(tools);
    for (var tool : more) {
      if (byName.put(tool.spec().name(), ways.joining().apply(tool)) != null) {
        throw new IllegalArgumentException("two tools are named '" + tool.spec().name() + "'");
      }
    }
    return new Toolbox(byName, ways, closing, company);
  }

  /// The same tools; those that are put behind them from now on are changed so.
  public Toolbox joinedBy(UnaryOperator<Tool> joining) {
    var changed = new Ways(ways.deferred(), ways.more(), ways.arrivals(), joining);
    return new Toolbox(tools, changed, closing, company);
  }

  /// The same tools, which leave something behind that has to be ended.
  public Toolbox closedBy(Runnable ending) {
    return new Toolbox(tools, ways, ending, company);
  }

  /// The same tools, which tell something of their own accord.
  public Toolbox hearing(Arrivals others) {
    return new Toolbox(
        tools, new Ways(ways.deferred(), ways.more(), others, ways.joining()), closing, company);
  }

  /// The same tools, and those that others have, reached through `tools`.
  public Toolbox reaching(MoreTools others) {
    return new Toolbox(
        tools,
        new Ways(ways.deferred(), others, ways.arrivals(), ways.joining()),
        closing,
        company);
  }

  /// The same tools, whose calls others are told of, and may stand in the way of.
  public Toolbox hookedBy(Hooks others) {
    return new Toolbox(tools, ways, closing, new Company(others, company.watch()));
  }

  /// The same tools; somebody looks on while an agent works with them.
  public Toolbox watchedBy(TurnWatch other) {
    return new Toolbox(tools, ways, closing, new Company(company.hooks(), other));
  }

  /// The same tools, of which a model is told only of these; it reaches the rest through `tools`.
  public Toolbox listing(Predicate<String> names) {
    var unlisted = new HashSet<>(tools.keySet());
    unlisted.removeIf(names);
    return new Toolbox(
        tools, new Ways(unlisted, ways.more(), ways.arrivals(), ways.joining()), closing, company);
  }

  /// Everything that only looks at the workspace: `read`, `glob`, `grep`.
  public static Toolbox readingOnly(PathGuard guard) {
    return of(
        List.of(new ReadTool(guard, new Readings()), new GlobTool(guard), new GrepTool(guard)));
  }

  /// What one session needs to see and change the files of its workspace: `read`, `glob`, `grep`,
  /// `write`, `edit`, `multiedit`.
  ///
  /// @param outputs holds the full text of outputs that were too long, for `read` and `grep`
  public static Toolbox ofFiles(
      PathGuard guard, FileReplacement files, Readings readings, SpillFiles outputs) {
    return of(
        List.of(
            new ReadTool(guard, readings, outputs),
            new GlobTool(guard),
            new GrepTool(guard, outputs),
            new WriteTool(guard, files, readings),
            new EditTool(guard, files, readings),
            new MultiEditTool(guard, files, readings)));
  }

  /// A box with those of the tools whose names fit.
  public Toolbox only(Predicate<String> names) {
    var fitting = new LinkedHashMap<String, Tool>();
    tools.forEach((name, tool) -> {
      if (names.test(name)) {
        fitting.put(name, tool);
      }
    });
    var more = ways.more().only(names);
    return new Toolbox(
        fitting,
        new Ways(ways.deferred(), more, ways.arrivals(), ways.joining()),
        closing,
        company);
  }

  /// The same box with another tool for each, of the same name.
  Toolbox with(UnaryOperator<Tool> others) {
    var replaced = new LinkedHashMap<String, Tool>();
    tools.forEach((name, tool) -> replaced.put(name, others.apply(tool)));
    return new Toolbox(replaced, ways, closing, company);
  }

  /// Makes ready the tools that are meant by these names, if they come from elsewhere.
  ///
  /// @throws InterruptedException if cancelled
  public void ready(Set<String> names, CancellationToken cancellation) throws InterruptedException {
    var others = new HashSet<>(names);
    others.removeAll(tools.keySet());
    ways.more().ready(others, cancellation);
  }

  /// The tool a model means by a name.
  public Optional<Tool> find(String name) {
    var tool = tools.get(name);
    if (tool == null && name.equals(DeferredTools.NAME)) {
      return way().map(Tool.class::cast);
    }
    return tool != null
        ? Optional.of(tool)
        : tools.values().stream()
            .filter(each -> each.aliases().contains(name))
            .findFirst()
            .or(() -> ways.more().find(name));
  }

  /// The way to those that are not listed, if there are any.
  private Optional<DeferredTools> way() {
    var unlisted =
        tools.values().stream()
            .map(Tool::spec)
            .filter(spec -> ways.deferred().contains(spec.name()))
            .toList();
    return unlisted.isEmpty() && ways.more().sources().isEmpty()
        ? Optional.empty()
        : Optional.of(new DeferredTools(unlisted, ways.more()));
  }

  /// All names, in order, whether a model is told of them or not.
  public List<String> names() {
    return Stream.concat(tools.keySet().stream(), ways.more().names().stream()).toList();
  }

  /// How the tools are presented to a model, in order.
  public List<ToolSpec> specs() {
    var specs = new ArrayList<ToolSpec>();
    tools.forEach((name, tool) -> {
      if (!ways.deferred().contains(name)) {
        specs.add(tool.spec());
      }
    });
    way().ifPresent(way -> specs.add(way.spec()));
    return List.copyOf(specs);
  }

  /// What the tools keep of one kind, in their order; empty if none keeps any.
  public String standing(Standing.Kind kind) {
    return tools.values().stream()
        .flatMap(tool -> tool.standing().stream())
        .filter(standing -> standing.kind() == kind)
        .map(Standing::text)
        .collect(Collectors.joining("\n"));
  }

  /// What the tools tell of their own accord.
  public Arrivals arrivals() {
    return ways.arrivals();
  }

  /// Who is told of what the agent does that has these tools.
  public Hooks hooks() {
    return company.hooks();
  }

  /// Who looks on while an agent works with these tools.
  public TurnWatch watch() {
    return company.watch();
  }

  /// Ends what the tools have left running.
  @Override
  public void close() {
    closing.run();
  }
}
