package mimo.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.cli.config.ConfigSource.Origin;
import mimo.cli.error.CommandException;
import mimo.engine.SourcePosition;

/// Where the configuration comes from, in the order in which later wins: the user's file, the file
/// in `MIMOCODE_CONFIG`, the repository's files, the text in `MIMOCODE_CONFIG_CONTENT`.
public final class ConfigurationFiles {

  /// A configuration is written by hand; what is longer is another file by mistake.
  private static final long MAX_BYTES = 1024 * 1024;

  private static final List<String> NAMES = List.of("mimocode.jsonc", "mimocode.json");

  private final Folders folders;
  private final Map<String, String> environment;
  private final Path folder;

  /// @param folder the working folder
  public ConfigurationFiles(Folders folders, Map<String, String> environment, Path folder) {
    this.folders = folders;
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  /// A file that is read if it is there.
  public record Known(Origin origin, Path file) {}

  /// All files of the configuration, also those that are not there, in the order of reading.
  public List<Known> known() {
    var files = new ArrayList<Known>();
    files.add(new Known(Origin.USER, usersFile()));
    var named = environment.getOrDefault("MIMOCODE_CONFIG", "");
    if (!named.isEmpty()) {
      files.add(new Known(Origin.NAMED, folder.resolve(named)));
    }
    RepositoryFiles.above(folder).forEach(file -> files.add(new Known(Origin.REPOSITORY, file)));
    return files;
  }

  /// The file that is the user's own; the name for a new one where there is none.
  public Path usersFile() {
    return NAMES.stream()
        .map(folders.config()::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseGet(() -> folders.config().resolve(NAMES.getFirst()));
  }

  /// Everything that is configured, by whom, and what of it is ignored.
  ///
  /// @throws CommandException `config_invalid` with the place of the first error
  public Configured read() {
    var layers = new ArrayList<Layer>();
    for (var known : known()) {
      layers.add(layer(known));
    }
    var content = environment.getOrDefault("MIMOCODE_CONFIG_CONTENT", "");
    if (!content.isEmpty()) {
      layers.add(
          ConfigurationReader.read(
              Origin.CONTENT, "MIMOCODE_CONFIG_CONTENT", content, environment));
    }
    return Configured.of(layers);
  }

  private Layer layer(Known known) {
    var file = known.file();
    if (known.origin() == Origin.USER && !Files.exists(file)) {
      return new Layer(List.of(), List.of());
    }
    if (known.origin() == Origin.REPOSITORY && !RepositoryFiles.isPlain(file)) {
      var place = new SourcePosition(file.toString(), 1, 1);
      var source = new ConfigSource(Origin.REPOSITORY, place, List.of());
      var whole = new Ignored(file.toString(), source, Ignored.Reason.NO_PLAIN_FILE);
      return new Layer(List.of(), List.of(whole));
    }
    return ConfigurationReader.read(known.origin(), file.toString(), text(file), environment);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(file, "it is longer than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, e.toString());
    }
  }

  private static CommandException unreadable(Path file, String why) {
    return new CommandException("config_unreadable", "cannot read " + file + ": " + why);
  }
}
