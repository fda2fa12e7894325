package mimo.cli.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.hook.Hook;
import mimo.agent.hook.HookGuard;
import mimo.agent.hook.NamedPaths;

/// The programs within a repository that a hook names: what it runs (A89).
///
/// @param folders in which the paths it names may begin
/// @param root the repository's outermost folder
public record HookPrograms(Hook hook, List<Path> folders, Path root) {

  /// Files with such endings are run by some other program.
  private static final List<String> ENDINGS =
      List.of(
          ".sh", ".bash", ".zsh", ".fish", ".py", ".js", ".mjs", ".cjs", ".ts", ".rb", ".pl",
          ".php", ".lua", ".jar", ".java", ".ps1");

  public HookPrograms {
    folders = List.copyOf(folders);
  }

  /// Those that are there now.
  List<Path> files() {
    return NamedPaths.of(hook, folders).stream()
        .filter(path -> path.startsWith(root))
        .filter(HookPrograms::isProgram)
        .toList();
  }

  private static boolean isProgram(Path path) {
    var name = String.valueOf(path.getFileName());
    return Files.isRegularFile(path)
        && (Files.isExecutable(path)
            || ENDINGS.stream().anyMatch(name::endsWith)
            || beginsWithItsInterpreter(path));
  }

  private static boolean beginsWithItsInterpreter(Path path) {
    try (var stream = Files.newInputStream(path)) {
      return stream.read() == '#' && stream.read() == '!';
    } catch (IOException unreadable) {
      return false;
    }
  }

  /// Lets the hook run while each of them is as it was trusted. An agent may write them, and a hook
  /// runs without walls.
  ///
  /// @param trusted digests by path; empty if the repository is not trusted
  public HookGuard guard(Map<Path, String> trusted) {
    var known = Map.copyOf(trusted);
    return () -> {
      for (var file : files()) {
        var digest = known.get(file);
        if (digest == null) {
          return Optional.of(shown(file) + " lies in this repository and is not trusted");
        }
        if (!digest.equals(digest(file))) {
          return Optional.of(shown(file) + " has changed since it was trusted");
        }
      }
      return Optional.empty();
    };
  }

  private Path shown(Path file) {
    return root.relativize(file);
  }

  private static String digest(Path file) {
    var digest = Digests.start();
    try (var stream = Files.newInputStream(file)) {
      var chunk = new byte[64 * 1024];
      for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    } catch (IOException gone) {
      return "";
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
