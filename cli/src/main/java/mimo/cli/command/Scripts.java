package mimo.cli.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;

/// Finds the script somebody means by a path or a name.
public final class Scripts {

  /// Well above what the compiler takes: it says best what is wrong with a long script, but nobody
  /// should wait for a disk image.
  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final List<String> ENDINGS = List.of(".js", ".mjs", ".ts");

  private final Path folder;
  private final Builtins builtins;

  /// The workflows that come with mimo.
  public interface Builtins {

    List<String> names();

    Optional<Script> find(String name);

    /// What it does, what it takes: Markdown.
    Optional<String> readme(String name);
  }

  public Scripts(Path folder, Builtins builtins) {
    this.folder = folder;
    this.builtins = builtins;
  }

  public Builtins builtins() {
    return builtins;
  }

  /// The script called `fileOrName`. What looks like a path is one; a name is a built-in, unless a
  /// file in the working folder has that very name.
  public Script find(String fileOrName) {
    var file = folder.resolve(fileOrName);
    if (looksLikePath(fileOrName) || Files.isRegularFile(file)) {
      return read(fileOrName, file);
    }
    return builtins
        .find(fileOrName)
        .orElseThrow(() ->
            new CommandException(
                "workflow_unknown",
                "no built-in workflow is called '"
                    + fileOrName
                    + "', and "
                    + folder
                    + " holds no such file"
                    + Nearest.hint(fileOrName, builtins.names())));
  }

  /// The script a run was started with, found again.
  public Script at(String location) {
    if (location.startsWith("builtin:")) {
      return find(location.substring("builtin:".length()));
    }
    var file = Path.of(location);
    return read(
        folder.relativize(file).startsWith("..") ? location : folder.relativize(file).toString(),
        file);
  }

  private static boolean looksLikePath(String name) {
    return name.contains("/") || ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static Script read(String name, Path file) {
    try {
      if (!Files.exists(file)) {
        throw new CommandException("script_missing", "there is no file " + file);
      }
      if (!Files.isRegularFile(file)) {
        throw new CommandException("script_missing", file + " is no file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new CommandException(
            "script_invalid", file + " has " + Files.size(file) + " bytes; no script is that long");
      }
      return new Script(name, file.toAbsolutePath().normalize().toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new CommandException("script_invalid", file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new CommandException("script_missing", "cannot read " + file + ": " + e);
    }
  }
}
