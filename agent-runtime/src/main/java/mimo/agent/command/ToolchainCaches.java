package mimo.agent.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What build tools keep in a home folder and cannot work without: seen through its mask, but
/// without the files in which they keep settings and credentials (A59).
final class ToolchainCaches {

  /// Each with what is hidden in it.
  private static final List<Known> KNOWN =
      List.of(
          new Known(".cache/pip"),
          new Known(".cargo", "credentials", "credentials.toml", "config", "config.toml"),
          new Known(".gradle", "gradle.properties", "init.gradle", "init.gradle.kts", "init.d"),
          new Known(".m2/repository"),
          new Known(".npm", "_logs", "_npmrc"),
          new Known(".nvm", ".npmrc"),
          new Known(".pyenv"),
          new Known(".rustup"),
          new Known(".sdkman", "etc/config"),
          new Known("go"));

  /// One that may be there.
  ///
  /// @param folder below the home
  /// @param secrets what in it nobody may see
  private record Known(String folder, List<String> secrets) {
    Known(String folder, String... secrets) {
      this(folder, List.of(secrets));
    }
  }

  /// One that is there.
  ///
  /// @param layered whether a private layer may be laid over it, so that commands can write to it
  record Cache(Path folder, boolean layered) {}

  private final List<Cache> found = new ArrayList<>();
  private final List<Path> hidden = new ArrayList<>();

  /// Those in `home`. One that a link leads out of its place is left out. One that holds the
  /// workspace has no layer: what is done there is meant to last.
  ToolchainCaches(Path home, Path workspace) {
    for (var known : KNOWN) {
      var folder = home.resolve(known.folder());
      if (isPlain(folder, home) && !folder.startsWith(workspace)) {
        found.add(new Cache(folder, !workspace.startsWith(folder) && canBeLayered(folder)));
        known.secrets().stream().map(folder::resolve).filter(Files::exists).forEach(hidden::add);
      }
    }
  }

  private static boolean isPlain(Path folder, Path home) {
    var each = home;
    for (var part : home.relativize(folder)) {
      each = each.resolve(part);
      if (Files.isSymbolicLink(each)) {
        return false;
      }
    }
    return Files.isDirectory(folder);
  }

  /// Whether the option that lays one folder over another can spell this one.
  static boolean canBeLayered(Path folder) {
    return folder.toString().chars().noneMatch(letter -> ":,\\".indexOf(letter) >= 0);
  }

  List<Cache> found() {
    return found;
  }

  List<Path> hidden() {
    return hidden;
  }
}
