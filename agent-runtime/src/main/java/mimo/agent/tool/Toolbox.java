package mimo.agent.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;

/// The tools an agent has, by name, in the order in which a model is told of them. Immutable; what
/// its tools keep belongs to one agent, and ends with it.
public final class Toolbox implements AutoCloseable {

  private final Map<String, Tool> tools;
  private final Runnable closing;

  private Toolbox(Map<String, Tool> tools, Runnable closing) {
    this.tools = tools;
    this.closing = closing;
  }

  /// A box with just these tools.
  ///
  /// @throws IllegalArgumentException if two have one name
  public static Toolbox of(List<Tool> tools) {
    var byName = new LinkedHashMap<String, Tool>();
    for (var tool : tools) {
      if (byName.put(tool.spec().name(), tool) != null) {
        throw new IllegalArgumentException("two tools are named '" + tool.spec().name() + "'");
      }
    }
    return new Toolbox(byName, () -> {});
  }

  /// The same tools, which leave something behind that has to be ended.
  public Toolbox closedBy(Runnable ending) {
    return new Toolbox(tools, ending);
  }

  /// Everything that only looks at the workspace: `read`, `glob`, `grep`.
  public static Toolbox readingOnly(PathGuard guard) {
    return of(
        List.of(new ReadTool(guard, new Readings()), new GlobTool(guard), new GrepTool(guard)));
  }

  /// What one session needs to see and change the files of its workspace: `read`, `glob`, `grep`,
  /// `write`, `edit`, `multiedit`.
  ///
  /// @param outputs holds the full text of outputs that were too long, for `read` to show
  public static Toolbox ofFiles(
      PathGuard guard, FileReplacement files, Readings readings, SpillFiles outputs) {
    return of(
        List.of(
            new ReadTool(guard, readings, outputs),
            new GlobTool(guard),
            new GrepTool(guard),
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
    return new Toolbox(fitting, closing);
  }

  /// The same box with another tool for each, of the same name.
  Toolbox with(UnaryOperator<Tool> others) {
    var replaced = new LinkedHashMap<String, Tool>();
    tools.forEach((name, tool) -> replaced.put(name, others.apply(tool)));
    return new Toolbox(replaced, closing);
  }

  /// The tool a model means by a name.
  public Optional<Tool> find(String name) {
    var tool = tools.get(name);
    return tool != null
        ? Optional.of(tool)
        : tools.values().stream().filter(each -> each.aliases().contains(name)).findFirst();
  }

  /// All names, in order.
  public List<String> names() {
    return List.copyOf(tools.keySet());
  }

  /// How the tools are presented to a model, in order.
  public List<ToolSpec> specs() {
    return tools.values().stream().map(Tool::spec).toList();
  }

  /// Ends what the tools have left running.
  @Override
  public void close() {
    closing.run();
  }
}
