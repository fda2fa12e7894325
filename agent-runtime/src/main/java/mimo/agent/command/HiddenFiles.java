package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The files and folders of the workspace that no command may see. Thread-safe.
@FunctionalInterface
public interface HiddenFiles {

  /// Those there are now, by their absolute paths, free of links.
  ///
  /// @throws IOException if nobody can be sure of all; then no command runs
  List<Path> now() throws IOException;
}
