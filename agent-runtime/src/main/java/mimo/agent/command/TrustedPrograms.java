package mimo.agent.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds programs by name where a workspace cannot have put them (S31, S47).
public final class TrustedPrograms {

  private static final String USUAL = "/usr/bin:/bin:/usr/local/bin:/usr/sbin:/sbin";

  private final List<Path> folders;

  private TrustedPrograms(List<Path> folders) {
    this.folders = folders;
  }

  /// Programs of the system, then those on the search path that does not lead into `workspace`.
  ///
  /// @param searchPath as the variable PATH has it
  public static TrustedPrograms of(String searchPath, Path workspace) {
    var folders = new ArrayList<Path>();
    for (var name : (USUAL + ":" + searchPath).split(":", -1)) {
      try {
        var folder = Path.of(name);
        if (folder.isAbsolute() && !folder.normalize().startsWith(workspace)) {
          folders.add(folder.normalize());
        }
      } catch (InvalidPathException noFolder) {
        // Nothing can be found there.
      }
    }
    return new TrustedPrograms(List.copyOf(folders));
  }

  public Optional<Path> find(String program) {
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
