package mimo.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.cli.error.CommandException;
import mimo.cli.script.Script;
import mimo.compose.ScriptFiles;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// The folder a script stands in, from which alone it may import (L14). Remembers what was read:
/// that is the program. Confined to the command's thread.
final class ImportFolder implements ImportedFiles {

  /// More than the compiler takes: it says best what is wrong with a long file.
  private static final int MAX_BYTES = 1024 * 1024;

  private static final Pattern ENDING = Pattern.compile(".*\\.(?:js|mjs|ts)");

  private final Script script;
  private final Path root;
  private final TreeMap<String, ScriptSource> read = new TreeMap<>();
  private @Nullable PathGuard guard;

  private ImportFolder(Script script, Path root) {
    this.script = script;
    this.root = root;
  }

  static ImportFolder of(Script script) {
    return new ImportFolder(script, Path.of(script.location()).resolveSibling(""));
  }

  /// What errors call the script itself.
  String scriptName() {
    return script.name();
  }

  /// The script and all that was read for it.
  ScriptFiles files() {
    var files = new ArrayList<ScriptFile>();
    files.add(new ScriptFile(entry().toString(), script.location(), script.text()));
    read.forEach((path, source) ->
        files.add(new ScriptFile(path, root.resolve(path).toString(), source.text())));
    return new ScriptFiles(files);
  }

  /// The text of the file that errors call `name`.
  @Nullable String text(String name) {
    return name.isEmpty() || name.equals(script.name())
        ? script.text()
        : read.values().stream()
            .filter(source -> source.name().equals(name))
            .findFirst()
            .map(ScriptSource::text)
            .orElse(null);
  }

  @Override
  public Found find(ScriptSource importer, String specifier) {
    if (script.location().startsWith("builtin:")) {
      return new Found.Refused("script_invalid", "a built-in script cannot import anything");
    }
    if (!ENDING.matcher(specifier).matches() || specifier.indexOf('\0') >= 0) {
      return new Found.Refused("script_invalid", "'" + specifier + "' is no script file");
    }
    Path wanted;
    try {
      wanted = path(importer).resolveSibling(specifier).normalize();
    } catch (InvalidPathException unnameable) {
      return new Found.Refused(
          "script_missing",
          "this system cannot name '" + specifier + "': " + unnameable.getReason());
    }
    if (wanted.isAbsolute() || wanted.startsWith("..")) {
      return new Found.Refused(
          Location.Refused.CODE, "'" + specifier + "' leads out of the folder " + root);
    }
    try {
      return read(wanted.toString(), specifier);
    } catch (NoSuchFileException e) {
      return missing(wanted.toString());
    } catch (CharacterCodingException e) {
      return new Found.Refused("script_invalid", root.resolve(wanted) + " is not UTF-8 text");
    } catch (IOException e) {
      return new Found.Refused(
          "script_missing", "cannot read " + root.resolve(wanted) + ": " + e.getMessage());
    }
  }

  private Found read(String wanted, String specifier) throws IOException {
    return switch (guard().locate(wanted)) {
      case Location.Refused(var message) ->
          new Found.Refused(
              Location.Refused.CODE, "'" + specifier + "' leads out of the folder: " + message);
      case Location.Missing(var asked) -> missing(asked);
      case Location.Inside(var asked, var real, var kind) when kind == Location.Kind.FOLDER ->
          new Found.Refused("script_missing", root.resolve(real) + " is a folder");
      case Location.Inside inside -> new Found.File(source(inside));
    };
  }

  /// A file is one file however it is reached: what counts is where links end.
  private ScriptSource source(Location.Inside file) throws IOException {
    String path = file.real().toString();
    if (path.equals(entryWithoutLinks())) {
      return new ScriptSource(script.name(), script.text());
    }
    var known = read.get(path);
    if (known == null) {
      known = new ScriptSource(Path.of(script.name()).resolveSibling(path).toString(), text(file));
      read.put(path, known);
    }
    return known;
  }

  private String entryWithoutLinks() {
    return guard().locate(entry().toString()) instanceof Location.Inside inside
        ? inside.real().toString()
        : entry().toString();
  }

  private String text(Location.Inside file) throws IOException {
    try (var channel = guard().open(file);
        var stream = Channels.newInputStream(channel)) {
      var bytes = stream.readNBytes(MAX_BYTES);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private Found missing(String asked) {
    return new Found.Refused("script_missing", "there is no file " + root.resolve(asked));
  }

  /// Files are called as they lie to the script.
  private Path path(ScriptSource importer) {
    return importer.name().equals(script.name())
        ? entry()
        : Path.of(script.name()).resolveSibling("").relativize(Path.of(importer.name()));
  }

  private Path entry() {
    return Path.of(script.location()).getFileName();
  }

  private PathGuard guard() {
    var known = guard;
    if (known == null) {
      try {
        known = PathGuard.over(root);
      } catch (IOException e) {
        throw new CommandException(
            Location.Refused.CODE, "cannot use the folder " + root + ": " + e.getMessage());
      }
      guard = known;
    }
    return known;
  }
}
