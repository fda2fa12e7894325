package mimo.agent.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.journal.Digests;
import org.jspecify.annotations.Nullable;

/// The empty folders that commands need where a guarded name is not there: made before the first
/// command of a workspace, gone after the last (A60). Thread-safe; one for each process.
///
/// A mount point that is removed takes its mount along, whoever still relies on it. So each user
/// holds a shared lock of the operating system, and only who gets it alone clears up. The locked
/// file lists what was made: what a killed process leaves, the next one removes; and guarded links,
/// which the next one puts back. Folders, not files, because git does not show them and `rmdir`
/// never removes what somebody has filled. Only where git itself would stumble over a folder, it is
/// a file that says nothing new to it.
public final class MountPoints {

  private static final int LIST_BYTES = 64 * 1024;
  private static final int NAME_CHARS = 32;
  private static final String SUFFIX = ".points";

  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();

  /// By their list.
  private final Map<Path, Holding> holdings = new HashMap<>();

  /// @param folder of mimo's own, in which the lists are kept
  public MountPoints(Path folder) {
    this.folder = folder;
  }

  /// The users of one workspace in this process.
  private static final class Holding {
    private final FileChannel list;
    private @Nullable FileLock shared;
    private int users;

    Holding(FileChannel list) {
      this.list = list;
    }
  }

  /// Makes this process a user of the workspace's mount points, until it is closed.
  Held hold(Path workspace) throws IOException {
    return holdListed(list(workspace));
  }

  private Held holdListed(Path list) throws IOException {
    lock.lock();
    try {
      var holding = holdings.get(list);
      if (holding == null) {
        holding = open(list);
        holdings.put(list, holding);
      }
      holding.users++;
      return new Held(list, holding);
    } finally {
      lock.unlock();
    }
  }

  /// One use of a workspace's mount points.
  final class Held implements AutoCloseable {

    private final Path list;
    private final Holding holding;

    private Held(Path list, Holding holding) {
      this.list = list;
      this.holding = holding;
    }

    /// Makes a mount point at each of `paths`, none of them below another.
    void make(Collection<Path> paths) throws IOException {
      lock.lock();
      try {
        for (var path : paths) {
          MountPoints.make(holding.list, path);
        }
      } finally {
        lock.unlock();
      }
    }

    /// Lists links of the workspace that a command may replace, until nobody uses it any longer.
    void keep(KeptLinks links) throws IOException {
      lock.lock();
      try {
        var listed = listed(holding.list);
        for (var entry : links.entries()) {
          if (!listed.contains(entry)) {
            append(holding.list, entry);
          }
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      release(list);
    }
  }

  /// Removes what killed processes have left anywhere, where nobody uses it.
  public void tidy() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> lists;
    try (var all = Files.list(folder)) {
      lists = all.filter(each -> each.toString().endsWith(SUFFIX)).toList();
    }
    for (var list : lists) {
      if (Files.size(list) > 0) {
        holdListed(list).close(); // Opening and closing both clear up.
      }
    }
  }

  /// Puts links of `workspace` back that commands of a killed process have replaced, if nobody uses
  /// it: before anything there is believed.
  public void restore(Path workspace) throws IOException {
    var list = list(workspace);
    if (Files.exists(list) && Files.size(list) > 0) {
      // Opening clears up.
      hold(workspace).close();
    }
  }

  private Path list(Path workspace) {
    return folder.resolve(Digests.hex(workspace.toString()).substring(0, NAME_CHARS) + SUFFIX);
  }

  private Holding open(Path file) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var list =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var holding = new Holding(list);
    try {
      clearIfAlone(holding);
      holding.shared = list.lock(0, Long.MAX_VALUE, true);
      return holding;
    } catch (IOException | RuntimeException refused) {
      list.close();
      throw refused;
    }
  }

  private void release(Path list) {
    lock.lock();
    try {
      var holding = holdings.get(list);
      if (holding == null || --holding.users > 0) {
        return;
      }
      holdings.remove(list);
      try (var _ = holding.list) {
        if (holding.shared != null) {
          holding.shared.release();
        }
        clearIfAlone(holding);
      }
    } catch (IOException notNow) {
      // The list still names them; the next user of the workspace clears up.
    } finally {
      lock.unlock();
    }
  }

  private static void clearIfAlone(Holding holding) throws IOException {
    var list = holding.list;
    try (var alone = list.tryLock()) {
      if (alone == null || list.size() == 0) {
        return;
      }
      var listed = listed(list);
      for (var made : listed) {
        remove(Path.of(made));
      }
      KeptLinks.listed(listed).restore();
      list.truncate(0);
    }
  }

  private static Set<String> listed(FileChannel list) throws IOException {
    var bytes = ByteBuffer.allocate((int) Math.min(list.size(), LIST_BYTES));
    list.read(bytes, 0);
    var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    var paths = new LinkedHashSet<>(List.of(text.split("\0", -1)));
    paths.remove("");
    return paths;
  }

  private static void append(FileChannel list, String entry) throws IOException {
    list.write(ByteBuffer.wrap((entry + "\0").getBytes(StandardCharsets.UTF_8)), list.size());
  }

  private static void remove(Path made) {
    try {
      if (Files.isDirectory(made, NOFOLLOW_LINKS) || isAsMade(made)) {
        Files.delete(made);
      }
    } catch (IOException filledMeanwhile) {
      // It has become somebody's own.
    }
  }

  private static boolean isAsMade(Path file) throws IOException {
    var content = content(file);
    return content != null
        && Files.isRegularFile(file, NOFOLLOW_LINKS)
        && Files.size(file) == content.length()
        && Files.readString(file, StandardCharsets.ISO_8859_1).equals(content);
  }

  /// What a file of git's holds that changes nothing; null where a folder does as well.
  private static @Nullable String content(Path path) {
    return switch (String.valueOf(path.getFileName())) {
      case "commondir" -> ".\n";
      case "config", "config.worktree" -> "";
      default -> null;
    };
  }

  /// Listed before it is made: a kill in between leaves a name too many, not a folder too many.
  private static void make(FileChannel list, Path path) throws IOException {
    if (Files.exists(path, NOFOLLOW_LINKS)) {
      return;
    }
    append(list, path.toString());
    var content = content(path);
    try {
      if (content == null) {
        Files.createDirectory(path);
      } else {
        makeFile(path, content);
      }
    } catch (FileAlreadyExistsException madeByAnother) {
      // Just as good.
    } catch (NoSuchFileException gone) {
      // A worktree that has ended meanwhile needs no guard.
    }
  }

  /// There at once with all it holds: git would not do with less.
  private static void makeFile(Path path, String content) throws IOException {
    var whole = Files.createTempFile(path.resolveSibling(""), ".mimo-", ".tmp");
    try {
      Files.writeString(whole, content);
      Files.move(whole, path);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
