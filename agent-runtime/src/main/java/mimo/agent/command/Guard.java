package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// All that is guarded for one command: names of the workspace, and those of its repository, which
/// several workspaces may share.
///
/// @param repository the folder of the repository, if it is there
/// @param names of the workspace, and of a repository in it
/// @param shared of a repository elsewhere
record Guard(Path repository, GuardedNames names, GuardedNames shared) {

  /// Where the repository of a workspace is, or would be.
  static Path repository(Path workspace) throws IOException {
    var link = GitLink.of(workspace);
    if (link.isPresent()) {
      return link.get().common();
    }
    var named = workspace.resolve(".git");
    return Files.exists(named) ? named.toRealPath() : named;
  }

  static Guard of(Path workspace, List<Path> guarded, Path repository) throws IOException {
    var all = new ArrayList<>(guarded);
    var shared = List.<Path>of();
    if (Files.isDirectory(repository)) {
      var names = GitNames.in(repository);
      if (Files.isDirectory(workspace.resolve(".git"))) {
        names.forEach(name -> all.add(Path.of(".git").resolve(name)));
      } else {
        shared = names;
      }
    }
    return new Guard(
        repository, new GuardedNames(workspace, all), new GuardedNames(repository, shared));
  }

  Path worktrees() {
    return repository.resolve("worktrees");
  }

  /// What is missing in the repository.
  Set<Path> absentInRepository() {
    var all = new LinkedHashSet<>(shared.absent());
    names.absent().stream()
        .filter(path -> !path.equals(repository) && path.startsWith(repository))
        .forEach(all::add);
    return all;
  }

  /// What is missing elsewhere.
  Set<Path> absentInWorkspace() {
    var all = new LinkedHashSet<>(names.absent());
    all.removeAll(absentInRepository());
    return all;
  }

  Set<Path> links() {
    var all = new LinkedHashSet<>(names.links());
    all.addAll(shared.links());
    return all;
  }
}
