package mimo.cli.memory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.memory.MemoryException;
import mimo.cli.error.CommandException;

/// The editor that the user has chosen.
public final class Editor {

  private final Map<String, String> environment;

  public Editor(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// What becomes of what the user wrote.
  public interface Saving {
    void save(String edited) throws InterruptedException;
  }

  /// Has the user edit a text, and saves what he makes of it. If that fails, his words are still in
  /// the file he edited, and the failure names it.
  ///
  /// @param name how the file that is edited ends
  public void edit(String text, String name, Saving saving) throws InterruptedException {
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
      Files.writeString(file, text);
      var before = Files.readAllBytes(file);
      boolean saved = false;
      try {
        run(command, file);
        saving.save(read(file));
        saved = true;
      } catch (MemoryException | CommandException failed) {
        throw kept(failed, file, before);
      } finally {
        if (saved || isUnchanged(file, before)) {
          remove(folder);
        }
      }
    } catch (IOException failed) {
      throw new CommandException("memory_editor", "nothing was edited: " + failed.getMessage());
    }
  }

  private static CommandException kept(RuntimeException failed, Path file, byte[] before) {
    var code =
        switch (failed) {
          case MemoryException memory -> memory.code();
          case CommandException command -> command.failure().code();
          default -> "memory_editor";
        };
    var kept = isUnchanged(file, before) ? "" : "; what you wrote is kept in " + file;
    return new CommandException(code, failed.getMessage() + kept);
  }

  private static boolean isUnchanged(Path file, byte[] before) {
    try {
      return Arrays.equals(Files.readAllBytes(file), before);
    } catch (IOException unreadable) {
      // Nothing is removed that nobody has looked at.
      return false;
    }
  }

  /// What a file says that the user names.
  public String read(Path file) {
    try {
      if (Files.size(file) > AgentLimits.MEMORY_FILE_BYTES) {
        throw new CommandException(
            "memory_text",
            "%s has more than %,d bytes, too many for the memory"
                .formatted(file, AgentLimits.MEMORY_FILE_BYTES));
      }
      return Files.readString(file);
    } catch (CharacterCodingException garbled) {
      throw new CommandException("memory_text", file + " is no text in UTF-8");
    } catch (NoSuchFileException missing) {
      throw new CommandException("memory_text", "there is no file " + file);
    } catch (IOException unreadable) {
      throw new CommandException(
          "memory_text", "cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  private static void run(String command, Path file) throws IOException, InterruptedException {
    // The variables may hold arguments, as in `code --wait`.
    var words = List.of("/bin/sh", "-c", command + " \"$1\"", "mimo", file.toString());
    int exit = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new CommandException(
          "memory_editor", "'" + command + "' ended with " + exit + "; the memory stays as it is");
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
