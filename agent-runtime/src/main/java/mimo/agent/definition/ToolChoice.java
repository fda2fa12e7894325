package mimo.agent.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of the tools that all agents have a named agent may use. Names count in any case: other
/// programs begin them with a capital. What nobody has cannot be chosen.
///
/// @param only the names it may use; null for all
/// @param without the names it may not use
public record ToolChoice(@Nullable List<String> only, List<String> without) {

  /// How the names of tools of MCP servers begin.
  public static final String SERVERS = "mcp__";

  /// Everything.
  public static final ToolChoice ALL = new ToolChoice(null, List.of());

  public ToolChoice {
    only = only == null ? null : lowered(only);
    without = lowered(without);
  }

  static ToolChoice only(List<String> names) {
    return new ToolChoice(names, List.of());
  }

  static ToolChoice without(List<String> names) {
    return new ToolChoice(null, names);
  }

  /// The same choice, also without these.
  ToolChoice and(List<String> more) {
    var all = new ArrayList<>(without);
    all.addAll(more);
    return new ToolChoice(only, all);
  }

  /// Whether it may use everything.
  public boolean isAll() {
    return only == null && without.isEmpty();
  }

  /// What both allow.
  public ToolChoice within(ToolChoice other) {
    var names =
        only == null
            ? other.only
            : other.only == null ? only : only.stream().filter(other.only::contains).toList();
    return new ToolChoice(names, without).and(other.without);
  }

  /// Whether it may use the tool of this name. The name of an MCP server, `mcp__server`, means all
  /// of its tools.
  public boolean allows(String name) {
    var own = name.toLowerCase(Locale.ROOT);
    var server = server(own);
    boolean wanted = only == null || only.contains(own) || only.contains(server);
    return wanted && !without.contains(own) && !without.contains(server);
  }

  private static String server(String tool) {
    int end = tool.startsWith(SERVERS) ? tool.indexOf("__", SERVERS.length()) : -1;
    return end < 0 ? tool : tool.substring(0, end);
  }

  private static List<String> lowered(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
