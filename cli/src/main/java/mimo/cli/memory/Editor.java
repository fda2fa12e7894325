package mimo.cli.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mimo.cli.error.CommandException;

/// The editor that the user has chosen.
public final class Editor {

  private final Map<String, String> environment;

  public Editor(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// What the user makes of a text.
  ///
  /// @param name how the file that is edited ends
  public String edit(String text, String name) throws InterruptedException {
    var command =
        Stream.of("VISUAL", "EDITOR")
            .map(variable -> environment.getOrDefault(variable, "").strip())
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElseThrow(() ->
                new CommandException("memory_editor", "neither VISUAL nor EDITOR names an editor"));
    try {
      var rights = PosixFilePermissions.fromString("rwx------");
      var folder =
          Files.createTempDirectory("mimo-edit", PosixFilePermissions.asFileAttribute(rights));
      var file = folder.resolve(name);
      try {
        Files.writeString(file, text);
        run(command, file);
        return Files.readString(file);
      } finally {
        remove(folder);
      }
    } catch (IOException failed) {
      throw new CommandException("memory_editor", "nothing was edited: " + failed.getMessage());
    }
  }

  /// What a file says that the user names.
  public String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new CommandException("memory_editor", "cannot read " + file + ": " + unreadable);
    }
  }

  private static void run(String command, Path file) throws IOException, InterruptedException {
    // The variables may hold arguments, as in `code --wait`.
    var words = List.of("/bin/sh", "-c", command + " \"$1\"", "mimo", file.toString());
    int exit = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new CommandException(
          "memory_editor", "'" + command + "' ended with " + exit + "; nothing was changed");
    }
  }

  /// Editors leave copies beside what they edit.
  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
