package mimo.agent.goal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mimo.agent.AgentLimits;
import mimo.agent.GoalLimits;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.file.TreeWalk;
import mimo.agent.file.TreeWalk.Ending;
import mimo.agent.file.TreeWalk.Leaving;
import mimo.agent.file.TreeWalk.Next;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Guarded;
import mimo.engine.CancellationToken;

/// Tests, what configures them, and the scripts that checks call: as they are, and what became of
/// them since (G9). Thread-safe.
final class GuardedFiles {

  private final PathGuard guard;

  GuardedFiles(PathGuard guard) {
    this.guard = guard;
  }

  /// All of them as they are now, by path.
  ///
  /// @throws GoalRefusedException if there are more than can be guarded
  List<Guarded> now(List<Check> checks, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var kinds = named(checks, cancellation);
    var files = new ArrayList<Guarded>();
    long bytes = 0;
    for (var each : kinds.entrySet()) {
      var read = read(each.getKey());
      if (read.isPresent()) {
        bytes += read.get().bytes();
        files.add(
            new Guarded(
                each.getKey(),
                read.get().sha256(),
                each.getValue() == TestNames.Kind.CONFIGURATION));
      }
      if (files.size() > GoalLimits.GUARDED_FILES || bytes > GoalLimits.GUARDED_BYTES) {
        throw new GoalRefusedException(
            ("there are more than %d tests, or more than %d MB of them, which is more than can be"
                    + " guarded; where the agent may change them, allow test changes")
                .formatted(GoalLimits.GUARDED_FILES, GoalLimits.GUARDED_BYTES >> 20));
      }
    }
    return List.copyOf(files);
  }

  /// What became of them. Tests may be added; what says how tests run may not.
  List<Change> changes(List<Guarded> before, List<Check> checks, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var changes = new ArrayList<Change>();
    var known = new HashSet<String>();
    for (var file : before) {
      known.add(file.path());
      var read = read(file.path());
      if (read.isEmpty()) {
        changes.add(new Change(file.path(), Change.Kind.REMOVED));
      } else if (!read.get().sha256().equals(file.sha256())) {
        changes.add(new Change(file.path(), Change.Kind.CHANGED));
      }
    }
    for (var each : named(checks, cancellation).entrySet()) {
      if (each.getValue() == TestNames.Kind.CONFIGURATION && !known.contains(each.getKey())) {
        changes.add(new Change(each.getKey(), Change.Kind.ADDED));
      }
    }
    return List.copyOf(changes);
  }

  private Map<String, TestNames.Kind> named(List<Check> checks, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var kinds = new TreeMap<String, TestNames.Kind>();
    if (guard.locate(".") instanceof Location.Inside root) {
      var all = walk(root, Leaving.NOTHING, kinds, cancellation);
      if (all == Ending.LIMIT) {
        kinds.clear();
        if (walk(root, Leaving.IGNORED, kinds, cancellation) == Ending.LIMIT) {
          throw new GoalRefusedException(
              ("the workspace has more than %d files that git does not ignore, or folders deeper"
                      + " than %d, so tests cannot be guarded; where the agent may change them,"
                      + " allow test changes")
                  .formatted(AgentLimits.WALK_ENTRIES, AgentLimits.WALK_DEPTH));
        }
      }
      kinds.keySet().removeAll(made(root, kinds.keySet(), cancellation));
    }
    var scripts = new CheckScripts(guard);
    for (var check : checks) {
      if (check instanceof Check.Command(var line, _)) {
        scripts.of(line).forEach(path -> kinds.put(path, TestNames.Kind.CONFIGURATION));
      }
    }
    return kinds;
  }

  private Ending walk(
      Location.Inside root,
      Leaving leaving,
      Map<String, TestNames.Kind> kinds,
      CancellationToken cancellation)
      throws IOException, InterruptedException {
    return new TreeWalk(guard, leaving, cancellation)
        .walk(
            root,
            file -> {
              TestNames.of(file.below()).ifPresent(kind -> kinds.put(file.below(), kind));
              return Next.GO_ON;
            });
  }

  /// What building makes: it lies where building puts things, and git ignores it. Where nothing
  /// says what git ignores, the name of the folder decides.
  private Set<String> made(Location.Inside root, Set<String> paths, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var made = new HashSet<String>();
    paths.stream().filter(TestNames::isPerhapsMade).forEach(made::add);
    if (!made.isEmpty() && guard.locate(".gitignore") instanceof Location.Inside) {
      var _ =
          new TreeWalk(guard, Leaving.IGNORED, cancellation)
              .walk(
                  root,
                  file -> {
                    made.remove(file.below());
                    return Next.GO_ON;
                  });
    }
    return made;
  }

  /// What a file holds.
  record Read(String sha256, long bytes) {}

  /// Empty if it is not there, or no plain file.
  Optional<Read> read(String path) throws IOException {
    if (!(guard.locate(path) instanceof Location.Inside inside)
        || inside.kind() != Location.Kind.FILE) {
      return Optional.empty();
    }
    try (var in = Channels.newInputStream(guard.open(inside))) {
      return Optional.of(digest(in));
    }
  }

  static Read digest(InputStream in) throws IOException {
    var digest = sha256();
    long bytes =
        new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
    return new Read(HexFormat.of().formatHex(digest.digest()), bytes);
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
