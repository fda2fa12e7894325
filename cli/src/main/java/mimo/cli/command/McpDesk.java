package mimo.cli.command;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The MCP servers of this folder, and mimo as one of them. Confined to the command's thread. What
/// cannot be done is a `CommandException` with a name of the error table.
public interface McpDesk extends AutoCloseable {

  /// All servers that are described here, by name.
  List<Line> list();

  /// One of them.
  Line find(String name);

  /// Starts a server, and says what came of it.
  Tried test(String name) throws InterruptedException;

  /// Approves tools of a server as they are now.
  ///
  /// @param tools their names; all of them if there are none
  /// @return what was approved
  List<ToolLine> approve(String name, List<String> tools) throws InterruptedException;

  /// Calls a tool of a server.
  ///
  /// @param arguments a JSON object
  /// @return what it says, as JSON text
  String call(String name, String tool, String arguments) throws InterruptedException;

  /// Serves workflows and runs until `in` ends.
  void serve(InputStream in, OutputStream out) throws InterruptedException;

  /// Ends what was started.
  @Override
  void close();

  /// A server in a list.
  ///
  /// @param kind `local` or `remote`; `unknown` where nobody can tell
  /// @param owner `user` or `repository`
  /// @param state `ready`, `disabled`, `not trusted` or `broken`
  /// @param at its command or its address, without secrets
  /// @param place where it is described
  /// @param approved the tools that were approved
  /// @param why it is not used; null if it is
  record Line(
      String name,
      String kind,
      String owner,
      String state,
      String at,
      String place,
      List<String> approved,
      @Nullable String why) {
    public Line {
      approved = List.copyOf(approved);
    }
  }

  /// What a start came to.
  ///
  /// @param server how it calls itself, with its version
  /// @param protocol the version of the protocol
  /// @param walls what confines it; empty for a server that is elsewhere
  /// @param millis how long the start and the list took
  /// @param notes on what it offers and is left out
  /// @param complaints what it wrote on its standard error
  record Tried(
      String server,
      String protocol,
      String walls,
      long millis,
      List<ToolLine> tools,
      List<String> notes,
      String complaints) {
    public Tried {
      tools = List.copyOf(tools);
      notes = List.copyOf(notes);
    }
  }

  /// A tool of a server.
  ///
  /// @param effect `reads` or `changes`, as the server declares it
  /// @param standing `new`, `approved` or `changed`
  /// @param description in the server's words, made visible
  record ToolLine(String name, String effect, String standing, String description) {}
}
