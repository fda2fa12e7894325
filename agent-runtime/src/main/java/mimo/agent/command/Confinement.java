package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The walls a command runs within. Thread-safe.
public interface Confinement {

  /// What they are, in a word: for the status line, `mimo doctor` and the record of a run.
  String name();

  /// Prepares to run `order` within these walls.
  ///
  /// @throws IOException if that cannot be; the command must not run then (A61)
  Prepared prepare(CommandOrder order) throws IOException;

  /// A command within its walls, ready to be started once. Closing it clears away what was made for
  /// it.
  interface Prepared extends AutoCloseable {

    /// What is really started.
    List<String> argv();

    /// What the walls change in the child's variables.
    Map<String, String> environment();

    /// How the processes of the command hang together.
    Bond bond();

    /// The file in which the walls tell whether the command ran; null if it runs at once or not at
    /// all.
    @Nullable Path report();

    /// Called once the command has ended.
    ///
    /// @return what the user of the command should know; empty if nothing
    String settle();

    @Override
    void close();
  }

  /// What the processes of a command have in common, so that all of them can be ended.
  enum Bond {
    /// A PID namespace: none survives its first process.
    NAMESPACE,
    /// A process group, which a process may leave.
    GROUP
  }
}
