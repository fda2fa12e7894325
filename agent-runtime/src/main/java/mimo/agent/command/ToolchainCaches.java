package mimo.agent.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What build tools keep in a home folder and cannot work without: seen through its mask, but
/// without the files in which they keep settings and credentials (A59).
final class ToolchainCaches {

  /// Each with what is hidden in it.
  private static final Map<String, List<String>> KNOWN =
      new TreeMap<>(
          Map.of(
              ".m2/repository", List.of(),
              ".gradle", List.of("gradle.properties", "init.gradle", "init.gradle.kts", "init.d"),
              ".npm", List.of("_logs", "_npmrc"),
              ".cargo", List.of("credentials", "credentials.toml", "config", "config.toml"),
              ".rustup", List.of(),
              "go", List.of(),
              ".sdkman", List.of("etc/config"),
              ".nvm", List.of(".npmrc"),
              ".pyenv", List.of(),
              ".cache/pip", List.of()));

  /// One that is there.
  ///
  /// @param layered whether a private layer may be laid over it, so that commands can write to it
  record Cache(Path folder, boolean layered) {}

  private final List<Cache> found = new ArrayList<>();
  private final List<Path> hidden = new ArrayList<>();

  /// Those in `home`. One that a link leads out of its place is left out. One that holds the
  /// workspace has no layer: what is done there is meant to last.
  ToolchainCaches(Path home, Path workspace) {
    KNOWN.forEach((name, secrets) -> {
      var folder = home.resolve(name);
      if (isPlain(folder, home) && !folder.startsWith(workspace)) {
        found.add(new Cache(folder, !workspace.startsWith(folder) && canBeLayered(folder)));
        secrets.stream().map(folder::resolve).filter(Files::exists).forEach(hidden::add);
      }
    });
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
