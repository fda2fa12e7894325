package mimo.agent.goal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import mimo.agent.GoalLimits;
import mimo.agent.session.GoalFact.Check;

/// Which checks the user of this machine has set for which workspace. A journal can come from
/// anywhere, and its word that the user wrote a command is worth nothing; this stands beside it,
/// and no journal brings it along (A56). Thread-safe.
final class UsersChecks {

  private final Path folder;
  private final InstantSource clock;

  /// @param folder of mimo's own, out of reach of agents
  UsersChecks(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// The user has set them.
  void add(Path workspace, List<Check> checks) throws IOException {
    sweep();
    var mark = Files.createDirectories(folder).resolve(name(workspace, checks));
    if (!Files.exists(mark)) {
      var _ = Files.createFile(mark);
    }
    var _ = Files.setLastModifiedTime(mark, FileTime.from(clock.instant()));
  }

  /// Whether the user has set them, and not too long ago.
  boolean hold(Path workspace, List<Check> checks) {
    return Files.exists(folder.resolve(name(workspace, checks)));
  }

  void sweep() throws IOException {
    var days = Duration.ofDays(GoalLimits.COPY_DAYS);
    TreeRemoval.sweep(folder, clock.instant().minus(days));
  }

  private static String name(Path workspace, List<Check> checks) {
    var text = new StringBuilder(workspace.toString());
    for (var check : checks) {
      if (check instanceof Check.Command(var line, var exit)) {
        text.append('\0').append(exit).append('\0').append(line);
      }
    }
    return GuardedFiles.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
