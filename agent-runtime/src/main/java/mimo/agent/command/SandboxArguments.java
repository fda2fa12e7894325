package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;

/// The mounts of one sandboxed command, as arguments of bubblewrap. Each is laid over those before
/// it, so the order is the meaning: the system, the masks, what is seen through them, the
/// workspace, and what is guarded in it.
final class SandboxArguments {

  private final List<String> arguments = new ArrayList<>();
  private final SandboxLayout layout;
  private final Path empty;

  /// @param empty a file without content, which stands for what is hidden
  SandboxArguments(SandboxLayout layout, Path empty) {
    this.layout = layout;
    this.empty = empty;
  }

  List<String> list() {
    return List.copyOf(arguments);
  }

  /// Namespaces of its own for everything, and no way to more rights.
  void unshare(Network network) {
    add("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts");
    add("--unshare-cgroup-try");
    if (network == Network.NONE) {
      add("--unshare-net");
    }
    add("--die-with-parent", "--new-session", "--cap-drop", "ALL");
  }

  void system(Network network, List<Path> secrets, Path temporary) throws IOException {
    arguments.addAll(SystemFolders.arguments(network));
    add("--proc", "/proc", "--dev", "/dev");
    secrets.forEach(this::hide);
    add("--bind", temporary.toString(), "/tmp", "--dir", "/var", "--symlink", "/tmp", "/var/tmp");
  }

  /// Hides the home and mimo's folders, but for what may be seen.
  ///
  /// @param layers whether each cache that can have one has got a layer to be written to
  void masks(ToolchainCaches caches, boolean layers) {
    if (layout.home().getNameCount() > 0) {
      add("--tmpfs", layout.home().toString());
    }
    layout.readable().forEach(path -> add("--ro-bind-try", path.toString(), path.toString()));
    layout.hidden().stream().filter(Files::isDirectory).forEach(this::hide);
    for (var cache : caches.found()) {
      var folder = cache.folder().toString();
      add(layers && cache.layered() ? "--bind" : "--ro-bind", folder, folder);
    }
    caches.hidden().forEach(this::hide);
  }

  void workspace(Access access) {
    show(layout.workspace(), access);
    GitLink.of(layout.workspace())
        .filter(link -> !link.common().startsWith(layout.workspace()))
        .ifPresent(link -> show(link.common(), access));
    layout.hidden().stream()
        .filter(folder -> folder.startsWith(layout.workspace()) && Files.isDirectory(folder))
        .forEach(this::hide);
  }

  private void show(Path folder, Access access) {
    add(access == Access.WRITABLE ? "--bind" : "--ro-bind", folder.toString(), folder.toString());
  }

  /// What is writable may lie in what is not, and the other way round.
  ///
  /// @param worktrees the repository's folder of those, each of which may end at any moment
  void guarded(GuardedNames names, Path worktrees) {
    var all = new ArrayList<>(names.pinned());
    all.addAll(names.readOnly());
    for (var path : outermostFirst(all)) {
      var mount = names.pinned().contains(path) ? "--bind" : "--ro-bind";
      add(mount + (path.startsWith(worktrees) ? "-try" : ""), path.toString(), path.toString());
    }
    for (var path : names.absent()) {
      if (Files.isDirectory(path)) {
        hide(path);
      } else {
        add(
            "--ro-bind" + (path.startsWith(worktrees) ? "-try" : ""),
            path.toString(),
            path.toString());
      }
    }
  }

  void start(Path workdir, List<String> argv) {
    add("--remount-ro", "/", "--chdir", workdir.toString(), "--");
    arguments.addAll(argv);
  }

  void add(String... more) {
    arguments.addAll(List.of(more));
  }

  /// Shows nothing in its place.
  void hide(Path path) {
    var text = path.toString();
    if (Files.isDirectory(path)) {
      add("--tmpfs", text);
      if (layout.workspace().startsWith(path) && !layout.workspace().equals(path)) {
        // A worktree lies in mimo's own folder: the place to show it at, and nothing beside it.
        add("--dir", layout.workspace().toString());
      }
      add("--remount-ro", text);
    } else {
      add("--ro-bind", empty.toString(), text);
    }
  }

  private static List<Path> outermostFirst(Collection<Path> paths) {
    return paths.stream().sorted(Comparator.comparingInt(Path::getNameCount)).toList();
  }
}
