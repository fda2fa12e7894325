package mimo.agent.permission;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Files that some program runs or obeys later (A60, S45): whoever changes them acts for the user
/// when nobody looks. They count at the root of a workspace and in every folder of it, in any case
/// of their letters, since file systems differ in that.
public final class ProtectedPaths {

  /// Names that are protected with all that lies below them.
  private static final List<String> NAMES =
      List.of(
          ".mimocode",
          ".claude",
          ".mcp.json",
          "AGENTS.md",
          "CLAUDE.md",
          ".envrc",
          ".vscode",
          ".idea",
          // What shells read when they start, in the folder that is their home.
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".bash_logout",
          ".bash_aliases",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".zlogin",
          ".zlogout",
          ".kshrc",
          ".inputrc");

  /// What of a repository's own folder runs commands. A sandbox looks for more where there is one.
  private static final List<String> OF_GIT = List.of(".git/hooks", ".git/config");

  private static final Set<String> LOWERED =
      Set.copyOf(NAMES.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  private static final Set<String> GIT_LOWERED =
      Set.of("hooks", "config", "config.worktree", "commondir", "gitdir");

  private ProtectedPaths() {}

  /// All of them at the root of a workspace, as relative paths: what a sandbox keeps read-only.
  public static List<Path> atRoot() {
    var paths = new ArrayList<Path>();
    OF_GIT.forEach(path -> paths.add(Path.of(path)));
    NAMES.forEach(name -> paths.add(Path.of(name)));
    return List.copyOf(paths);
  }

  /// Whether `path`, relative to a workspace, is one of them or lies in one.
  public static boolean holds(Path path) {
    boolean inGit = false;
    for (var part : path.normalize()) {
      var name = part.toString().toLowerCase(Locale.ROOT);
      if (LOWERED.contains(name) || (inGit && GIT_LOWERED.contains(name))) {
        return true;
      }
      // Also below modules and worktrees, which have hooks and settings of their own.
      inGit = inGit || name.equals(".git");
    }
    return isLinkToGit(path);
  }

  /// A plain file `.git` says where the repository is; another one would bring other hooks.
  private static boolean isLinkToGit(Path path) {
    var last = path.normalize().getFileName();
    return last != null && last.toString().toLowerCase(Locale.ROOT).equals(".git");
  }
}
