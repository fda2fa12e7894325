package mimo.agent.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user has approved of servers: each tool as it was then (S34). Thread-safe.
public interface Pins {

  /// What was approved of a server: what it said of each tool, by the tool's name.
  Map<String, String> of(McpSettings server);

  /// Approves a tool as it is described now.
  void pin(McpSettings server, ToolDescription tool);

  /// How a tool stands.
  enum Standing {
    /// Nobody has approved it yet.
    NEW,
    /// It is what was approved.
    APPROVED,
    /// It is something else by now, and must not be used unasked.
    CHANGED
  }

  /// How a tool stands that was approved as `pinned`; null if it never was.
  static Standing standing(ToolDescription tool, @Nullable String pinned) {
    return pinned == null
        ? Standing.NEW
        : pinned.equals(tool.whole()) ? Standing.APPROVED : Standing.CHANGED;
  }

  /// How a tool of a server stands.
  default Standing standing(McpSettings server, ToolDescription tool) {
    return standing(tool, of(server).get(tool.name()));
  }

  /// The full name by which [Tool]s of servers are called.
  static String fullName(String server, String tool) {
    return "mcp__" + server + "__" + tool;
  }
}
