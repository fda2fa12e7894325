package mimo.agent.command;

import java.nio.file.Path;
import java.util.List;

/// What a sandbox shows, hides and guards. All paths but the protected ones are absolute.
///
/// @param workspace the folder that is worked on, free of links
/// @param home the user's home folder, which is hidden
/// @param hidden mimo's own folders, hidden wherever they are
/// @param readable what the user wants to be seen besides
/// @param guarded names below the workspace that no command may change, be they there or not (A60);
///   relative to it
/// @param network whether every command may reach the network, by the user's configuration
public record SandboxLayout(
    Path workspace,
    Path home,
    List<Path> hidden,
    List<Path> readable,
    List<Path> guarded,
    CommandOrder.Network network) {

  public SandboxLayout {
    hidden = List.copyOf(hidden);
    readable = List.copyOf(readable);
    guarded = List.copyOf(guarded);
    for (var name : guarded) {
      if (name.isAbsolute() || name.startsWith("..") || name.toString().isEmpty()) {
        throw new IllegalArgumentException("'" + name + "' is no name below the workspace");
      }
    }
  }

  /// Why commands in this workspace cannot be walled in at all; empty if they can.
  String fault() {
    return home.startsWith(workspace)
        ? "the workspace " + workspace + " holds your home folder, so nothing could be hidden"
        : "";
  }
}
