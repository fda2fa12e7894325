package mimo.agent.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;
import mimo.agent.command.GitCommand;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.engine.journal.Digests;

/// Copies of a repository for agents to work on, each a worktree with a branch of its own (L74).
/// Thread-safe.
///
/// A worktree begins as the last commit: what the user has not committed is not in it. It is kept
/// if its agent succeeded and changed something, else it is removed. What a killed process leaves
/// is looked after by [#recover], and kept if anything in it is new.
public final class Worktrees {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final String BRANCHES = "mimo/";
  private static final String HEAD = "HEAD^{commit}";
  private static final String OWNED = ".owned";
  private static final int NAME_CHARS = 32;
  private static final int COMMIT_CHARS = 64;

  private final GitCommand git;
  private final Path workspace;
  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param workspace a folder within a repository of the user
  /// @param folder of mimo's own, in which worktrees lie, apart for each workspace
  public Worktrees(GitCommand git, Path workspace, Path folder) {
    this.git = git;
    this.workspace = workspace;
    this.folder = folder.resolve(Digests.hex(workspace.toString()).substring(0, NAME_CHARS));
  }

  /// Whether any workspace has ever had a worktree there: without one there is nothing to recover.
  public static boolean wereMadeIn(Path folder) {
    return Files.isDirectory(folder);
  }

  /// Whether a worktree that was kept is still where it was.
  public static boolean isThere(Path directory) {
    return Files.isDirectory(directory);
  }

  /// What became of a worktree.
  public sealed interface Outcome {

    /// @param branch what its agent's commits are on
    /// @param directory where its files are
    /// @param changed paths that differ from what it began with
    record Kept(String branch, Path directory, List<String> changed) implements Outcome {
      public Kept {
        changed = List.copyOf(changed);
      }
    }

    record Removed() implements Outcome {}
  }

  /// A worktree in use, by one agent of this process.
  public final class Worktree {

    private final String name;
    private final String start;
    private final FileChannel owner;

    private Worktree(String name, String start, FileChannel owner) {
      this.name = name;
      this.start = start;
      this.owner = owner;
    }

    public Path directory() {
      return folder.resolve(name);
    }

    public String branch() {
      return BRANCHES + name;
    }

    /// By what it is found again.
    public WorktreeName known() {
      return new WorktreeName(name, start);
    }

    /// Where in it a folder of the workspace is.
    ///
    /// @param inner the workspace itself, or below it; free of links
    /// @throws IOException if the last commit has no such folder
    public Path folder(Path inner) throws IOException, InterruptedException {
      var prefix = git.call(workspace, "rev-parse", "--show-prefix").orThrow().line();
      var place =
          directory().toRealPath().resolve(prefix).resolve(workspace.relativize(inner)).normalize();
      if (!Files.isDirectory(place) || !place.toRealPath().equals(place)) {
        throw new NoSuchFileException(workspace.relativize(inner).toString());
      }
      return place;
    }

    /// Leaves it as it is, to be taken up again or recovered; nothing if it has ended.
    public void leave() throws IOException {
      owner.close();
    }

    /// Keeps it if it holds anything new.
    public Outcome succeeded() throws IOException, InterruptedException {
      return end(true);
    }

    /// Removes it with all it holds.
    public Outcome failed() throws IOException, InterruptedException {
      return end(false);
    }

    private Outcome end(boolean keep) throws IOException, InterruptedException {
      lock.lockInterruptibly();
      try (owner) {
        return settle(name, start, keep);
      } finally {
        lock.unlock();
      }
    }
  }

  /// Whether there is a commit to begin with.
  public boolean canOpen() throws IOException, InterruptedException {
    return git.call(workspace, "rev-parse", "--verify", HEAD).code() == 0;
  }

  /// Makes a worktree of the last commit.
  ///
  /// @param name of its folder and branch, new in this repository
  /// @throws IOException if there is no repository, no commit yet, or the name is taken
  public Worktree open(String name) throws IOException, InterruptedException {
    return open(name, git.call(workspace, "rev-parse", "--verify", HEAD).orThrow().line());
  }

  /// Makes a worktree of the last commit, by this name or one that begins with it.
  ///
  /// @throws IOException if there is no repository, no commit yet, or all names are taken
  public Worktree openLike(String name) throws IOException, InterruptedException {
    for (int number = 1; number <= AgentLimits.WORKTREE_NAMES; number++) {
      var next = number == 1 ? name : name + "-" + number;
      if (isFree(next)) {
        return open(next);
      }
    }
    throw new IOException("all names that begin with '" + name + "' are taken");
  }

  private boolean isFree(String name) throws IOException, InterruptedException {
    return !Files.exists(folder.resolve(name))
        && !Files.exists(folder.resolve(name + OWNED))
        && git.call(workspace, "rev-parse", "--verify", "--quiet", "refs/heads/" + BRANCHES + name)
                .code()
            != 0;
  }

  /// Makes one anew that is gone, as it was in the beginning.
  ///
  /// @throws IOException if its name is taken by now, or its commit is gone
  public Worktree openAnew(WorktreeName gone) throws IOException, InterruptedException {
    return open(gone.name(), gone.start());
  }

  /// Takes one up in which an earlier process left off, with all that is in it.
  ///
  /// @return empty if it is gone
  /// @throws IOException if somebody else works in it
  public Optional<Worktree> reopen(WorktreeName left) throws IOException, InterruptedException {
    checkName(left.name());
    lock.lockInterruptibly();
    try {
      if (!Files.isDirectory(folder.resolve(left.name()))) {
        return Optional.empty();
      }
      var held = hold(left.name(), left.start());
      return Optional.of(new Worktree(left.name(), left.start(), held));
    } finally {
      lock.unlock();
    }
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("worktree name '" + name + "' must match " + NAME);
    }
  }

  /// Written before there is anything: a kill from here on leaves a worktree that can be told from
  /// the user's.
  private FileChannel hold(String name, String start) throws IOException {
    var held = held(name).orElseThrow(() -> new IOException("'" + name + "' is in use"));
    held.write(ByteBuffer.wrap(start.getBytes(StandardCharsets.UTF_8)), 0);
    return held;
  }

  private Worktree open(String name, String start) throws IOException, InterruptedException {
    checkName(name);
    lock.lockInterruptibly();
    try {
      var owner = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
      var held = hold(name, start);
      try {
        add(name, start);
        return new Worktree(name, start, held);
      } catch (IOException | InterruptedException refused) {
        held.close();
        throw refused;
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(String name, String start) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(filtersOff());
    arguments.addAll(List.of("worktree", "add", "--quiet", "-b", BRANCHES + name, "--"));
    arguments.addAll(List.of(folder.resolve(name).toString(), start));
    git.call(workspace, arguments, new byte[0]).orThrow();
  }

  /// Filters are programs that a repository's configuration names and a checkout runs.
  private List<String> filtersOff() throws IOException, InterruptedException {
    var named =
        git.call(workspace, "config", "-z", "--name-only", "--get-regexp", "^filter\\.").parts();
    var filters = new LinkedHashSet<String>();
    for (var name : named) {
      filters.add(name.substring(0, name.lastIndexOf('.')));
    }
    var arguments = new ArrayList<String>();
    for (var filter : filters) {
      for (var setting : List.of("smudge=", "clean=", "process=", "required=false")) {
        arguments.addAll(List.of("-c", filter + "." + setting));
      }
    }
    return arguments;
  }

  /// Sees to what killed processes left: what holds anything new is kept, the rest is removed.
  public List<Outcome.Kept> recover() throws IOException, InterruptedException {
    return recover(_ -> false);
  }

  /// The same, but for those whose names say that somebody will take them up again.
  public List<Outcome.Kept> recover(Predicate<String> wanted)
      throws IOException, InterruptedException {
    var kept = new ArrayList<Outcome.Kept>();
    lock.lockInterruptibly();
    try {
      for (var name : owned()) {
        var held = wanted.test(name) ? Optional.<FileChannel>empty() : held(name);
        if (held.isPresent()) {
          try (var owner = held.get()) {
            var start = Channels.newInputStream(owner).readNBytes(COMMIT_CHARS);
            if (settle(name, new String(start, StandardCharsets.UTF_8), true)
                instanceof Outcome.Kept one) {
              kept.add(one);
            }
          }
        }
      }
      return kept;
    } finally {
      lock.unlock();
    }
  }

  private List<String> owned() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(OWNED))
          .map(name -> name.substring(0, name.length() - OWNED.length()))
          .sorted()
          .toList();
    }
  }

  /// The locked file that says whose a worktree is; nothing if somebody else holds it.
  private Optional<FileChannel> held(String name) throws IOException {
    var channel =
        FileChannel.open(
            folder.resolve(name + OWNED),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock locked = null;
    try {
      locked = channel.tryLock();
    } catch (OverlappingFileLockException ownAgent) {
      // It is another agent's of this process.
    } finally {
      if (locked == null) {
        channel.close();
      }
    }
    return locked == null ? Optional.empty() : Optional.of(channel);
  }

  /// Called by whoever holds the worktree.
  private Outcome settle(String name, String start, boolean keep)
      throws IOException, InterruptedException {
    var directory = folder.resolve(name);
    var changed = Files.isDirectory(directory) ? changed(directory, start) : List.<String>of();
    if (keep && !changed.isEmpty()) {
      Files.deleteIfExists(folder.resolve(name + OWNED));
      return new Outcome.Kept(BRANCHES + name, directory, changed);
    }
    git.call(workspace, "worktree", "remove", "--force", "--force", "--", directory.toString());
    git.call(workspace, "worktree", "prune");
    git.call(workspace, "branch", "--quiet", "-D", "--", BRANCHES + name);
    Files.deleteIfExists(folder.resolve(name + OWNED));
    return new Outcome.Removed();
  }

  /// Paths that are not as they were at the start, be they committed or not; ignored ones are not
  /// among them.
  private List<String> changed(Path directory, String start)
      throws IOException, InterruptedException {
    var paths = new LinkedHashSet<String>();
    var difference = new ArrayList<>(filtersOff());
    difference.addAll(List.of("diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv"));
    difference.addAll(List.of("--no-renames", "--ignore-submodules=dirty", start, "--"));
    paths.addAll(git.call(directory, difference, new byte[0]).orThrow().parts());
    paths.addAll(
        git.call(directory, "ls-files", "-z", "--others", "--exclude-standard").orThrow().parts());
    return List.copyOf(paths);
  }
}
