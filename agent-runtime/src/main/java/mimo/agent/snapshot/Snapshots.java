package mimo.agent.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;
import mimo.agent.command.GitCommand;
import mimo.engine.journal.Digests;

/// States of a workspace's files, kept in a git repository of mimo's own (A63). The user's own is
/// neither read nor written. Thread-safe; processes take turns.
///
/// Bytes are kept as they are: no attribute of the workspace converts or filters them. Of a file's
/// mode only the right to execute is kept, as git does. What `.gitignore` names is left out.
public final class Snapshots {

  private static final Pattern TREE = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int NAME_CHARS = 32;

  /// Where files are made before they get to their places.
  private static final String STAGE = "stage";

  private final GitCommand anywhere;
  private final GitCommand git;
  private final Path workspace;
  private final Path repository;
  private final List<String> excluding;
  private final SnapshotAge age;
  private final KnownTree known;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param git calls git; none is needed before the first snapshot
  /// @param workspace the folder whose files are kept; free of links
  /// @param folder of mimo's own, in which each workspace gets its repository
  /// @param closed folders that are no work of anybody's: those mimo itself keeps its things in
  public Snapshots(GitCommand git, Path workspace, Path folder, List<Path> closed) {
    this.anywhere = git;
    this.workspace = workspace;
    this.repository = folder.resolve(Digests.hex(workspace.toString()).substring(0, NAME_CHARS));
    this.git = git.apart(repository, workspace);
    this.age = new SnapshotAge(repository);
    this.known = new KnownTree(repository);
    this.excluding =
        closed.stream()
            .filter(each -> each.startsWith(workspace) && !each.equals(workspace))
            .map(each -> "--exclude=/" + literal(workspace.relativize(each).toString()) + "/")
            .toList();
  }

  /// Keeps the state there is now.
  public Snapshot take() throws IOException, InterruptedException {
    return alone(() -> {
      var taken = snapshot();
      age.taken(taken.tree());
      if (age.isDue()) {
        prune();
      }
      return taken;
    });
  }

  /// Forgets states that were taken too long ago. Whatever a younger one is made of stays.
  private void prune() throws IOException, InterruptedException {
    call(new byte[0], "prune", "--expire=" + AgentLimits.SNAPSHOT_DAYS + ".days.ago");
    age.pruned();
  }

  /// The files in which two states differ, by path.
  public List<ChangedFile> difference(String from, String to)
      throws IOException, InterruptedException {
    return alone(() -> compare(from, to));
  }

  /// One state of the workspace for another: what a turn has made of it for what was before, or the
  /// other way round.
  ///
  /// @param from a tree
  /// @param to a tree
  public record Step(String from, String to) {}

  /// What becomes of a file that others have changed since.
  public enum Others {
    /// It stays as they left it.
    KEPT,
    /// It is brought back as well: its loss was confirmed.
    OVERRULED
  }

  /// Whether a state is known here: not one that was taken elsewhere.
  public boolean holds(String tree) throws IOException, InterruptedException {
    return alone(() ->
        git.call(workspace, List.of("cat-file", "-e", checked(tree) + "^{tree}"), new byte[0])
                .code()
            == 0);
  }

  /// Exchanges states for others, one after the other, where the workspace is as the first of each
  /// says. Each file is replaced whole; whoever is killed meanwhile may do the same again.
  public Restored restore(List<Step> steps, Others others)
      throws IOException, InterruptedException {
    return alone(() -> exchange(steps, others));
  }

  private Restored exchange(List<Step> steps, Others others)
      throws IOException, InterruptedException {
    var present = snapshot();
    var exchanges = new ArrayList<List<Exchange>>();
    for (var step : steps) {
      exchanges.add(Exchange.parse(differing(step.from(), step.to(), "--raw"), step.to()));
    }
    var plan = RestorePlan.of(versions(present.tree()), exchanges, others);
    var kept = new TreeSet<>(plan.kept());
    kept.addAll(carryOut(plan.changes(), others));
    var after = snapshot();
    var excluded = new ArrayList<>(after.excluded());
    excluded.addAll(ignored());
    var files = compare(present.tree(), after.tree());
    return new Restored(present.tree(), files, List.copyOf(kept), excluded);
  }

  /// Files that are to be gone go first: one of them may lie where a folder or file belongs.
  ///
  /// @return paths where something lies in the way
  private List<String> carryOut(List<Exchange> changes, Others others)
      throws IOException, InterruptedException {
    var barred = new ArrayList<String>();
    var replacements = new Replacements(workspace);
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (var change : changes) {
      if (change.to().isEmpty() && !replacements.remove(change.path())) {
        barred.add(change.path());
      }
    }
    for (var change : changes) {
      if (change.to().isEmpty()) {
        continue;
      }
      if (change.from().isEmpty() && others == Others.KEPT && isThere(change.path())) {
        // One that is left out of states, being too large or ignored: no state has it again.
        barred.add(change.path());
      } else {
        wanted.computeIfAbsent(change.tree(), _ -> new ArrayList<>()).add(change.path());
      }
    }
    for (var entry : wanted.entrySet()) {
      var made = made(entry.getKey(), entry.getValue());
      for (var path : entry.getValue()) {
        if (!replacements.put(path, made)) {
          barred.add(path);
        }
      }
    }
    delete(repository.resolve(STAGE));
    return barred;
  }

  private boolean isThere(String path) {
    return Files.exists(workspace.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  /// What the workspace says to ignore; of a folder full of it only the folder.
  private List<Excluded> ignored() throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("ls-files", "-z", "--others", "--ignored"));
    arguments.add("--directory");
    arguments.addAll(ignoring());
    return git.call(workspace, arguments, new byte[0]).orThrow().parts().stream()
        .filter(path -> !path.equals(".git/"))
        .limit(AgentLimits.SNAPSHOT_EXCLUDED)
        .map(path -> new Excluded(path, Excluded.Reason.IGNORED))
        .toList();
  }

  /// These files of a state, in a folder apart.
  private Path made(String tree, List<String> paths) throws IOException, InterruptedException {
    var stage = repository.resolve(STAGE);
    delete(stage);
    Files.createDirectory(stage);
    var arguments =
        List.of(
            "restore",
            "--source=" + tree,
            "--worktree",
            "--pathspec-from-file=-",
            "--pathspec-file-nul");
    anywhere.apart(repository, stage).call(stage, arguments, lines(paths)).orThrow();
    return stage;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Map<String, String> versions(String tree) throws IOException, InterruptedException {
    var versions = new HashMap<String, String>();
    for (var line : call(new byte[0], "ls-tree", "-r", "-z", checked(tree)).parts()) {
      var fields = line.substring(0, line.indexOf('\t')).split(" ", -1);
      versions.put(line.substring(line.indexOf('\t') + 1), Exchange.version(fields[0], fields[2]));
    }
    return versions;
  }

  private List<ChangedFile> compare(String from, String to)
      throws IOException, InterruptedException {
    return ChangedFile.parse(differing(from, to, "--raw", "--numstat"));
  }

  private List<String> differing(String from, String to, String... forms)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("diff-tree", "-r", "-z", "--no-renames"));
    arguments.addAll(List.of(forms));
    arguments.addAll(List.of(checked(from), checked(to)));
    return git.call(workspace, arguments, new byte[0]).orThrow().parts();
  }

  private static String checked(String tree) {
    if (!isTree(tree)) {
      throw new IllegalArgumentException("'" + tree + "' names no snapshot");
    }
    return tree;
  }

  static boolean isTree(String name) {
    return TREE.matcher(name).matches();
  }

  private Snapshot snapshot() throws IOException, InterruptedException {
    var files = new SnapshotFiles(workspace);
    files.add(noticed());
    if (!files.isEmpty()) {
      index(files);
    }
    return new Snapshot(tree(), files.excluded());
  }

  private String tree() throws IOException, InterruptedException {
    var before = known.get();
    if (before.isPresent()) {
      return before.get();
    }
    var tree = call(new byte[0], "write-tree").line();
    known.is(tree);
    return tree;
  }

  /// What is not as it was at the last snapshot; removed files count as modified.
  private List<String> noticed() throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("ls-files", "-z", "--modified", "--others"));
    arguments.addAll(ignoring());
    return git.call(workspace, arguments, new byte[0]).orThrow().parts();
  }

  private List<String> ignoring() {
    var arguments = new ArrayList<>(excluding);
    arguments.add("--exclude-standard");
    var own = workspace.resolve(".git/info/exclude");
    if (Files.isRegularFile(own)) {
      arguments.add("--exclude-from=" + own);
    }
    return arguments;
  }

  /// A path as a pattern that fits nothing else.
  private static String literal(String path) {
    return path.replaceAll("[\\\\*?\\[ ]", "\\\\$0");
  }

  private void index(SnapshotFiles files) throws IOException, InterruptedException {
    if (!files.gone().isEmpty()) {
      call(lines(files.gone()), "update-index", "-z", "--force-remove", "--stdin");
    }
    if (!files.taken().isEmpty()) {
      // A file may take the place of a folder, and one that is gone by now may be gone.
      call(lines(files.taken()), "update-index", "-z", "--add", "--remove", "--replace", "--stdin");
    }
  }

  private static byte[] lines(Collection<String> paths) {
    return (String.join("\0", paths) + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private GitCommand.Answer call(byte[] input, String... arguments)
      throws IOException, InterruptedException {
    return git.call(workspace, List.of(arguments), input).orThrow();
  }

  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /// One at a time, over all processes: git's own lock would make the second fail.
  private <T> T alone(Work<T> work) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      var blank = new BlankRepository(repository);
      blank.prepare();
      try (var file =
              FileChannel.open(
                  repository.resolve("mimo.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = file.lock()) {
        blank.complete();
        // Whoever held it is dead: the file above is ours.
        Files.deleteIfExists(repository.resolve("index.lock"));
        return work.run();
      } catch (OverlappingFileLockException e) {
        throw new IOException("the snapshots of " + workspace + " are in use in this process", e);
      }
    } finally {
      lock.unlock();
    }
  }
}
