package mimo.agent.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import mimo.engine.CancellationToken;

/// Finds the files a glob names. Thread-safe.
public final class GlobSearch {

  /// What a search came to.
  public sealed interface Outcome {

    /// The files.
    ///
    /// @param paths relative to the workspace, sorted, at most as many as asked for
    /// @param ending [TreeWalk.Ending#DONE] if these are all
    record Found(List<String> paths, TreeWalk.Ending ending) implements Outcome {
      public Found {
        paths = List.copyOf(paths);
      }
    }

    /// The search would begin outside the workspace.
    record Refused(String message) implements Outcome {}
  }

  private final PathGuard guard;
  private final TreeWalk.Leaving leaving;
  private final int maxPaths;

  public GlobSearch(PathGuard guard, TreeWalk.Leaving leaving, int maxPaths) {
    this.guard = guard;
    this.leaving = leaving;
    this.maxPaths = maxPaths;
  }

  /// Searches below `folder`, which is `.` for the whole workspace.
  ///
  /// @throws InterruptedException if cancelled
  public Outcome find(String folder, Glob glob, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var start = join(folder, glob.base());
    return switch (guard.locate(start)) {
      case Location.Refused(var message) -> new Outcome.Refused(message);
      case Location.Missing _ -> new Outcome.Found(List.of(), TreeWalk.Ending.DONE);
      case Location.Inside inside when inside.kind() == Location.Kind.FILE ->
          new Outcome.Found(List.of(), TreeWalk.Ending.DONE);
      case Location.Inside inside -> search(start, inside, glob, cancellation);
    };
  }

  private Outcome search(
      String start, Location.Inside inside, Glob glob, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var paths = new ArrayList<String>();
    var ending =
        new TreeWalk(guard, leaving, cancellation)
            .walk(
                inside,
                file -> {
                  if (glob.matches(join(glob.base(), file.below()))) {
                    if (paths.size() == maxPaths) {
                      return TreeWalk.Next.STOP;
                    }
                    paths.add(join(start, file.below()));
                  }
                  return TreeWalk.Next.GO_ON;
                });
    Collections.sort(paths);
    return new Outcome.Found(paths, ending);
  }

  /// Joins two relative paths; `.` and the empty text are the folder itself.
  static String join(String folder, String path) {
    var head = folder;
    while (head.startsWith("./")) {
      head = head.substring(2);
    }
    while (head.endsWith("/")) {
      head = head.substring(0, head.length() - 1);
    }
    if (head.isEmpty() || head.equals(".")) {
      return path.isEmpty() ? "." : path;
    }
    return path.isEmpty() ? head : head + "/" + path;
  }
}
