package mimo.agent.goal;

import java.nio.file.Path;
import java.time.Duration;
import mimo.agent.command.CommandEnd;
import mimo.agent.command.OutputSink;
import mimo.engine.CancellationToken;

/// Where the commands of checks run: within the walls of agents' commands, and with nothing of what
/// an agent has left in its variables or its `/tmp`. Thread-safe.
@FunctionalInterface
public interface CheckShells {

  /// A shell of its own.
  ///
  /// @param folder the workspace, or a copy of it
  Shell open(Path folder) throws InterruptedException;

  /// Runs command lines until it is closed; what they leave running ends with it.
  interface Shell extends AutoCloseable {

    CommandEnd run(String line, OutputSink sink, Duration time, CancellationToken cancellation)
        throws InterruptedException;

    @Override
    void close();
  }
}
