package mimo.cli.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.agent.hook.Hook;
import mimo.agent.hook.HookGuard;
import mimo.agent.hook.NamedPaths;
import mimo.cli.script.WorkflowFolder;

/// The programs within a repository that a hook names: what it runs (A89).
///
/// @param folders in which the paths it names may begin; the last of them is the repository's
///   outermost
public record HookPrograms(Hook hook, List<Path> folders) {

  /// Files with such endings are run by some other program.
  private static final List<String> ENDINGS =
      List.of(
          ".sh", ".bash", ".zsh", ".fish", ".py", ".js", ".mjs", ".cjs", ".ts", ".rb", ".pl",
          ".php", ".lua", ".jar", ".java", ".ps1");

  /// How often a hook changes its folder from one it has changed to.
  private static final int MOST_CHANGES = 3;

  public HookPrograms {
    folders = List.copyOf(folders);
  }

  /// Those of a hook that runs where somebody works in `folder`: there is one list of folders, for
  /// what is trusted and for what is looked at before it runs.
  public static HookPrograms of(Hook hook, Path folder) {
    return new HookPrograms(hook, WorkflowFolder.levels(folder));
  }

  private Path root() {
    return folders.getLast();
  }

  /// Those that are there now; empty if nobody can tell.
  Optional<List<Path>> files() {
    var places = places();
    return places.isEmpty()
        ? Optional.empty()
        : NamedPaths.of(hook, places.get()).map(this::programs);
  }

  /// The folders, and those among them that the hook itself names: it may go there first.
  private Optional<List<Path>> places() {
    var all = new LinkedHashSet<Path>(folders);
    var fresh = folders;
    for (int i = 0; i < MOST_CHANGES && !fresh.isEmpty(); i++) {
      var named = NamedPaths.of(hook, fresh);
      if (named.isEmpty()) {
        return Optional.empty();
      }
      var next = new ArrayList<Path>();
      for (var path : named.get()) {
        if (Files.isDirectory(path) && isHere(path) && all.add(path)) {
          next.add(path);
        }
      }
      fresh = next;
    }
    return Optional.of(List.copyOf(all));
  }

  private List<Path> programs(Set<Path> named) {
    var found = new LinkedHashSet<Path>();
    for (var path : named) {
      if (isProgram(path) && isHere(path)) {
        found.add(
            path.startsWith(root()) ? path : root().resolve(real(root()).relativize(real(path))));
      }
    }
    return List.copyOf(found);
  }

  private boolean isHere(Path path) {
    return path.startsWith(root()) || real(path).startsWith(real(root()));
  }

  /// Free of links; the same where nothing is.
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException unresolved) {
      return path;
    }
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
  /// @param trusted digests by real path; empty if the repository is not trusted
  public HookGuard guard(Map<Path, String> trusted) {
    var known = Map.copyOf(trusted);
    return () -> {
      var files = files();
      if (files.isEmpty()) {
        return Optional.of("could name more than " + NamedPaths.MOST + " paths");
      }
      for (var file : files.get()) {
        var digest = known.get(real(file));
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
    return root().relativize(file);
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
