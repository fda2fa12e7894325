package mimo.agent;

/// What MCP servers may take and keep busy, and what mimo takes as one.
public final class McpLimits {

  /// Bytes of one message of an MCP server.
  public static final int MESSAGE_BYTES = 8 << 20;

  /// Messages that wait until an MCP server reads them.
  public static final int OUTGOING = 256;

  /// Messages an MCP server may send unasked between two answers.
  public static final int UNASKED = 10_000;

  /// Lines of an MCP server that are no messages.
  public static final int MALFORMED = 100;

  /// MCP servers of one workspace; those beyond are left out.
  public static final int SERVERS = 50;

  /// Bytes of a repository's `.mcp.json`.
  public static final int FILE_BYTES = 1 << 20;

  /// Seconds an MCP server may take to begin.
  public static final int START_SECONDS = 60;

  /// Times one MCP server is started by one process.
  public static final int STARTS = 5;

  /// Seconds an MCP server may be silent before it answers a call, unless its settings differ.
  public static final int CALL_SECONDS = 120;

  /// Seconds a call of an MCP server takes at most, whatever progress it tells of.
  public static final int CALL_SECONDS_MOST = 1_800;

  /// Seconds an MCP server may take to list what it has.
  public static final int LIST_SECONDS = 30;

  /// Pages of one list of an MCP server.
  public static final int PAGES = 100;

  /// Tools, resources or prompts of one MCP server; those beyond are left out.
  public static final int ENTRIES = 500;

  /// Characters of what an MCP server says of one tool; a tool with more is left out.
  public static final int TOOL_CHARS = 64 * 1024;

  /// Characters of a description of an MCP server's tool that a model is shown.
  public static final int DESCRIPTION_CHARS = 2_000;

  /// Bytes of the file with what a user has approved of one MCP server.
  public static final int PINS_BYTES = 32 << 20;

  /// Calls that mimo, as an MCP server, works on at once.
  public static final int SERVED_CALLS = 32;

  /// Milliseconds a connection to a remote MCP server may take.
  public static final int CONNECT_MILLIS = 10_000;

  /// Times a broken stream of a remote MCP server is taken up again.
  public static final int RECONNECTS = 5;

  /// Milliseconds before it is taken up again, at most.
  public static final int RECONNECT_MILLIS = 10_000;

  private McpLimits() {}
}
