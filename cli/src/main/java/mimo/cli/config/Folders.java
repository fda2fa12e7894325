package mimo.cli.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import mimo.cli.error.CommandException;

/// Where mimo keeps its things (A77). Nothing is created before something is written.
public record Folders(Path config, Path data, Path cache, Path state) {

  private static final String NAME = "mimocode";

  /// An absolute `MIMOCODE_HOME` moves all four; else each follows its XDG variable, if that is
  /// absolute, as the XDG specification demands; else it is below `HOME`.
  ///
  /// @param account the home of the user's account, for who has no absolute `HOME`
  public static Folders of(Map<String, String> environment, Path account) {
    var all = Path.of(environment.getOrDefault("MIMOCODE_HOME", ""));
    if (all.isAbsolute()) {
      return new Folders(
          all.resolve("config"), all.resolve("data"), all.resolve("cache"), all.resolve("state"));
    }
    var named = Path.of(environment.getOrDefault("HOME", ""));
    var home = named.isAbsolute() ? named : account;
    return new Folders(
        xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
        xdg(environment, "XDG_DATA_HOME", home.resolve(".local/share")),
        xdg(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
        xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state")));
  }

  private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
    var named = Path.of(environment.getOrDefault(variable, ""));
    return (named.isAbsolute() ? named : otherwise).resolve(NAME);
  }

  /// The data folder, created for its owner alone if it is not there.
  public Path createData() {
    return created(data, "data");
  }

  /// The state folder, created in the same way.
  public Path createState() {
    return created(state, "state");
  }

  private static Path created(Path folder, String name) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        var owner =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, owner);
      }
      return folder;
    } catch (IOException e) {
      throw new CommandException(
          "store_failed", "cannot create the " + name + " folder " + folder + ": " + reason(e));
    }
  }

  /// What the system said. The message of a file's exception is often only the file's name, and the
  /// reason its class.
  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException blocked -> blocked.getFile() + " is there and is no folder";
      case AccessDeniedException denied -> "no right to write to " + denied.getFile();
      case FileSystemException failure when failure.getReason() != null ->
          String.valueOf(failure.getReason());
      default -> e.toString();
    };
  }
}
