package mimo.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.cli.error.CommandException;

/// Where the user's configuration comes from, in the order in which later wins: the user's file,
/// the file in `MIMOCODE_CONFIG`, the text in `MIMOCODE_CONFIG_CONTENT`.
public final class ConfigurationFiles {

  /// A configuration is written by hand; what is longer is another file by mistake.
  private static final long MAX_BYTES = 1024 * 1024;

  private final Folders folders;
  private final Map<String, String> environment;

  public ConfigurationFiles(Folders folders, Map<String, String> environment) {
    this.folders = folders;
    this.environment = Map.copyOf(environment);
  }

  /// Everything the user configured, laid over each other.
  ///
  /// @throws CommandException `config_invalid` with the place of the first error
  public Configuration read() {
    var configuration = usersFile();
    var named = environment.getOrDefault("MIMOCODE_CONFIG", "");
    if (!named.isEmpty()) {
      configuration = configuration.with(read(Path.of(named)));
    }
    var content = environment.getOrDefault("MIMOCODE_CONFIG_CONTENT", "");
    if (!content.isEmpty()) {
      configuration =
          configuration.with(
              ConfigurationReader.read("MIMOCODE_CONFIG_CONTENT", content, environment));
    }
    return configuration;
  }

  private Configuration usersFile() {
    for (var name : List.of("mimocode.jsonc", "mimocode.json")) {
      var file = folders.config().resolve(name);
      if (Files.exists(file)) {
        return read(file);
      }
    }
    return Configuration.EMPTY;
  }

  private Configuration read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CommandException(
            "config_invalid", file + " is longer than " + MAX_BYTES + " bytes");
      }
      return ConfigurationReader.read(file.toString(), Files.readString(file), environment);
    } catch (IOException e) {
      throw new CommandException("config_invalid", "cannot read " + file + ": " + e);
    }
  }
}
