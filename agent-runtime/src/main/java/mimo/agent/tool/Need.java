package mimo.agent.tool;

/// What a call of a tool has to be allowed to do. A call may have several needs; it runs only if
/// each of them is allowed.
public sealed interface Need {

  /// Just the tool itself.
  record Use() implements Need {}

  /// To look at a file or folder.
  ///
  /// @param path as the model named it
  record Read(String path) implements Need {}

  /// To make, change or remove a file or folder.
  ///
  /// @param path as the model named it
  record Write(String path) implements Need {}

  /// To run a command line of the shell.
  ///
  /// @param command as the model wrote it
  /// @param network whether it asks for the network
  /// @param folder where it runs, as the model named it; empty for the workspace itself
  record Command(String command, boolean network, String folder) implements Need {
    /// In the workspace itself.
    public Command(String command, boolean network) {
      this(command, network, "");
    }
  }

  /// To ask a server for something.
  ///
  /// @param url as the model named it
  record Fetch(String url) implements Need {}

  /// To have a server of others do something.
  ///
  /// @param name the server's
  /// @param caution why it is asked whatever the rules allow; empty if they decide
  record Server(String name, Where where, String caution) implements Need {

    /// Where it runs.
    public enum Where {
      /// It is a program of this machine, which a sandbox has to confine.
      HERE,
      ELSEWHERE
    }
  }
}
