package mimo.agent.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;

/// What in a repository's own folder makes git run programs, or take its settings from elsewhere:
/// the names no command may change, be they there or not.
final class GitNames {

  private static final List<String> OF_EACH =
      List.of("config", "config.worktree", "hooks", "commondir");

  private final Path root;
  private final List<Path> names = new ArrayList<>();
  private int folders;

  private GitNames(Path root) {
    this.root = root;
  }

  /// @param root the repository's folder, such as `.git`
  /// @return relative to it
  static List<Path> in(Path root) throws IOException {
    var all = new GitNames(root);
    all.repository(root);
    for (var worktree : foldersIn(root.resolve("worktrees"))) {
      all.worktree(worktree);
    }
    return List.copyOf(all.names);
  }

  /// In a folder of modules nothing new may appear: git would take it for one it has made itself.
  private void repository(Path folder) throws IOException {
    OF_EACH.forEach(name -> add(folder.resolve(name)));
    var modules = folder.resolve("modules");
    add(modules);
    modules(modules);
  }

  private void modules(Path folder) throws IOException {
    for (var module : foldersIn(folder)) {
      if (++folders > AgentLimits.GUARDED_MODULES) {
        // Those beyond stay as they are, with their folder.
        return;
      }
      if (Files.exists(module.resolve("HEAD"), NOFOLLOW_LINKS)) {
        repository(module);
      } else {
        add(module);
        modules(module);
      }
    }
  }

  private void worktree(Path folder) {
    if (!Files.exists(folder.resolve("commondir"), NOFOLLOW_LINKS)) {
      add(folder);
      return;
    }
    List.of("commondir", "gitdir", "config.worktree").forEach(name -> add(folder.resolve(name)));
  }

  private void add(Path path) {
    names.add(root.relativize(path));
  }

  private static List<Path> foldersIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var all = Files.list(folder)) {
      return all.filter(each -> Files.isDirectory(each, NOFOLLOW_LINKS)).sorted().toList();
    }
  }
}
