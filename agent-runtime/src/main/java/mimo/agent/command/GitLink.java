package mimo.agent.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the git folder of a workspace is that is itself a linked worktree: without it, git works
/// on nothing there.
///
/// @param common the folder of the repository, outside the workspace
/// @param own the part of it that is this worktree's
record GitLink(Path common, Path own) {

  private static final int MOST_BYTES = 16 * 1024;

  /// The link of `workspace`, if both ends agree on it: whoever writes a workspace's files could
  /// otherwise point at any repository of the user.
  static Optional<GitLink> of(Path workspace) {
    try {
      var file = workspace.resolve(".git");
      if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      var text = line(file);
      if (!text.startsWith("gitdir: ")) {
        return Optional.empty();
      }
      var own = workspace.resolve(text.substring("gitdir: ".length())).toRealPath();
      var back = own.resolve(line(own.resolve("gitdir"))).normalize();
      var common = own.resolve(line(own.resolve("commondir"))).toRealPath();
      return back.equals(file) && own.startsWith(common.resolve("worktrees"))
          ? Optional.of(new GitLink(common, own))
          : Optional.empty();
    } catch (IOException | InvalidPathException noWorktree) {
      return Optional.empty();
    }
  }

  private static String line(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too long for a path");
    }
    return Files.readString(file).strip();
  }
}
