package mimo.agent.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
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

  /// Says more than any attribute of the workspace can.
  private static final String AS_IT_IS =
      "* -text -eol -filter -ident -working-tree-encoding !diff\n";

  private final GitCommand git;
  private final Path workspace;
  private final Path repository;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param git calls git; none is needed before the first snapshot
  /// @param workspace the folder whose files are kept; free of links
  /// @param folder of mimo's own, in which each workspace gets its repository
  public Snapshots(GitCommand git, Path workspace, Path folder) {
    this.workspace = workspace;
    this.repository = folder.resolve(Digests.hex(workspace.toString()).substring(0, NAME_CHARS));
    this.git = git.apart(repository, workspace);
  }

  /// Keeps the state there is now.
  public Snapshot take() throws IOException, InterruptedException {
    return alone(this::snapshot);
  }

  /// The files in which two states differ, by path.
  public List<ChangedFile> difference(String from, String to)
      throws IOException, InterruptedException {
    return alone(() -> compare(from, to));
  }

  /// Brings back the state `before` where it differs from `after`. Files that are no longer as they
  /// were in `after` have been changed by others: they stay.
  public Restored restore(String before, String after) throws IOException, InterruptedException {
    return restore(before, after, Set.of());
  }

  /// The same, but for files whose loss was confirmed.
  ///
  /// @param confirmed paths that are brought back whoever changed them
  public Restored restore(String before, String after, Collection<String> confirmed)
      throws IOException, InterruptedException {
    return alone(() -> bringBack(before, after, confirmed));
  }

  private Restored bringBack(String before, String after, Collection<String> confirmed)
      throws IOException, InterruptedException {
    var others = new LinkedHashSet<String>();
    compare(after, snapshot().tree()).forEach(file -> others.add(file.path()));
    var restored = new ArrayList<ChangedFile>();
    var kept = new ArrayList<String>();
    for (var file : compare(after, before)) {
      if (others.contains(file.path()) && !confirmed.contains(file.path())) {
        kept.add(file.path());
      } else {
        restored.add(file);
      }
    }
    putBack(restored, before);
    return new Restored(restored, kept);
  }

  /// Files the state does not have go first: one of them may lie where a folder or file belongs.
  private void putBack(List<ChangedFile> files, String tree)
      throws IOException, InterruptedException {
    var there = new ArrayList<String>();
    for (var file : files) {
      if (file.kind() == ChangedFile.Kind.REMOVED) {
        remove(workspace.resolve(file.path()));
      } else {
        there.add(file.path());
      }
    }
    if (!there.isEmpty()) {
      call(
          lines(there),
          "restore",
          "--source=" + tree,
          "--worktree",
          "--pathspec-from-file=-",
          "--pathspec-file-nul");
    }
  }

  /// Removes a file and the folders that are empty then; through a link nothing is removed.
  private void remove(Path file) throws IOException {
    var parent = parent(file);
    if (!parent.toRealPath().equals(parent)) {
      return;
    }
    Files.deleteIfExists(file);
    try {
      for (var folder = parent; !folder.equals(workspace); folder = parent(folder)) {
        Files.delete(folder);
      }
    } catch (DirectoryNotEmptyException stillUsed) {
      // So are those above it.
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "what lies in a workspace lies in a folder");
  }

  private List<ChangedFile> compare(String from, String to)
      throws IOException, InterruptedException {
    var format = List.of("diff-tree", "-r", "-z", "--no-renames", "--raw", "--numstat");
    var arguments = new ArrayList<>(format);
    arguments.addAll(List.of(checked(from), checked(to)));
    return ChangedFile.parse(git.call(workspace, arguments, new byte[0]).orThrow().parts());
  }

  private static String checked(String tree) {
    if (!TREE.matcher(tree).matches()) {
      throw new IllegalArgumentException("'" + tree + "' names no snapshot");
    }
    return tree;
  }

  private Snapshot snapshot() throws IOException, InterruptedException {
    var files = new SnapshotFiles(workspace);
    files.add(noticed());
    if (!files.isEmpty()) {
      index(files);
    }
    return new Snapshot(call(new byte[0], "write-tree").line(), files.excluded());
  }

  /// What is not as it was at the last snapshot; removed files count as modified.
  private List<String> noticed() throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("ls-files", "-z", "--modified", "--others"));
    arguments.add("--exclude-standard");
    var own = workspace.resolve(".git/info/exclude");
    if (Files.isRegularFile(own)) {
      arguments.add("--exclude-from=" + own);
    }
    return git.call(workspace, arguments, new byte[0]).orThrow().parts();
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
      create();
      try (var file =
              FileChannel.open(
                  repository.resolve("mimo.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = file.lock()) {
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

  private void create() throws IOException, InterruptedException {
    if (Files.exists(repository.resolve("info/attributes"))) {
      return;
    }
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(repository, owner);
    call(new byte[0], "init", "--quiet", "--template=");
    for (var setting :
        List.of(
            "core.autocrlf=false",
            "core.symlinks=true",
            "core.fileMode=true",
            "core.compression=1",
            "core.looseCompression=1",
            "index.version=4")) {
      var pair = setting.split("=", 2);
      call(new byte[0], "config", pair[0], pair[1]);
    }
    Files.createDirectories(repository.resolve("info"));
    // Written last: it shows that all of it was made.
    Files.writeString(repository.resolve("info/attributes"), AS_IT_IS);
  }
}
