package mimo.agent.permission;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;

/// The files of a workspace that rules deny to be read, whoever asks (S51). A command within walls
/// is not asked what it reads, so these have to be hidden from it. Thread-safe.
public final class DeniedFiles {

  private final PermissionRules rules;
  private final Path workspace;
  private final Path home;

  /// @param workspace free of links
  /// @param home what `~` stands for
  public DeniedFiles(PermissionRules rules, Path workspace, Path home) {
    this.rules = rules;
    this.workspace = workspace;
    this.home = home;
  }

  /// Those there are now; of a folder that is denied as a whole only the folder.
  ///
  /// @throws IOException if the workspace is too large to be sure of all
  public List<Path> now() throws IOException {
    var denied = new ArrayList<Path>();
    if (rules.denyAFileToBeRead()) {
      Files.walkFileTree(workspace, new Walk(denied));
    }
    return denied;
  }

  /// Links are not followed: what they lead to is met where it lies.
  private final class Walk extends SimpleFileVisitor<Path> {
    private final List<Path> denied;
    private int seen;

    Walk(List<Path> denied) {
      this.denied = denied;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes known)
        throws IOException {
      if (folder.equals(workspace)) {
        return FileVisitResult.CONTINUE;
      }
      return take(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes known) throws IOException {
      if (!known.isSymbolicLink()) {
        take(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    private boolean take(Path path) throws IOException {
      if (++seen > AgentLimits.DENIED_WALK) {
        throw new IOException(
            "a rule denies files to be read, and the workspace holds more than "
                + AgentLimits.DENIED_WALK
                + " files to look through for them");
      }
      var name = new FileSubject.Name(workspace.relativize(path).toString(), path.toString());
      var subject = new FileSubject(List.of(name), home.toString());
      boolean closed = rules.weigh("read", subject, List.of()).decision() == Decision.DENY;
      if (closed) {
        denied.add(path);
      }
      return closed;
    }
  }
}
