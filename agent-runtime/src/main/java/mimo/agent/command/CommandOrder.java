package mimo.agent.command;

import java.nio.file.Path;
import java.util.List;

/// A command that is to be run.
///
/// @param argv the program, by its absolute path, and its arguments
/// @param workdir where it runs; absolute and free of links
/// @param network whether it may reach the network
/// @param workspace what it may do to the workspace
public record CommandOrder(List<String> argv, Path workdir, Network network, Access workspace) {

  /// Whether the network is there.
  public enum Network {
    NONE,
    OPEN
  }

  /// What may be done to the files of the workspace.
  public enum Access {
    WRITABLE,
    /// For agents that plan and explore (A40). Only walls of the operating system see to it.
    READ_ONLY
  }

  public CommandOrder {
    argv = List.copyOf(argv);
    if (argv.isEmpty() || !argv.getFirst().startsWith("/")) {
      throw new IllegalArgumentException("a program is named by its absolute path, not " + argv);
    }
  }
}
