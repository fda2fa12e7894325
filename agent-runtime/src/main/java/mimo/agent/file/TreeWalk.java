package mimo.agent.file;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.engine.CancellationToken;

/// One walk over the files below a folder, in the order of their names, through opened folders
/// only. Confined to its thread.
///
/// Folders behind links are not entered; a link to a plain file inside counts as that file. `.git`
/// is never entered, nor is what is closed to the guard.
public final class TreeWalk {

  private static final String GIT = ".git";
  private static final Path GITIGNORE = Path.of(".gitignore");

  /// Which files a walk leaves out.
  public enum Leaving {
    /// Nothing but `.git`.
    NOTHING,
    /// What `.gitignore` files name, too.
    IGNORED
  }

  /// How a walk ended.
  public enum Ending {
    DONE,
    /// The visitor had enough.
    STOPPED,
    /// More entries or deeper folders than the limits allow; what lies beyond was not seen.
    LIMIT
  }

  /// Whether to go on.
  public enum Next {
    GO_ON,
    STOP
  }

  /// Sees each file.
  public interface Visitor {
    Next visit(FoundFile file) throws IOException, InterruptedException;
  }

  /// A file met on a walk; it can be opened until the visit is over.
  ///
  /// @param below its path below the folder where the walk began
  public record FoundFile(String below, Opening opening) {
    public SeekableByteChannel open() throws IOException {
      return opening.open();
    }
  }

  /// Opens one file.
  @FunctionalInterface
  public interface Opening {
    SeekableByteChannel open() throws IOException;
  }

  private final PathGuard guard;
  private final Leaving leaving;
  private final CancellationToken cancellation;
  private int seen;
  private boolean limited;

  public TreeWalk(PathGuard guard, Leaving leaving, CancellationToken cancellation) {
    this.guard = guard;
    this.leaving = leaving;
    this.cancellation = cancellation;
  }

  /// Walks the files below `start`.
  ///
  /// @throws InterruptedException if cancelled
  public Ending walk(Location.Inside start, Visitor visitor)
      throws IOException, InterruptedException {
    var rules = IgnoreRules.none();
    var parts = new ArrayList<String>();
    for (var part : start.real()) {
      if (!part.toString().isEmpty()) {
        rules = rulesOf(String.join("/", parts), rules);
        parts.add(part.toString());
      }
    }
    try (var folder = guard.openFolder(start)) {
      var next = enter(new Folder(folder, String.join("/", parts), "", 0), rules, visitor);
      return next == Next.STOP ? Ending.STOPPED : limited ? Ending.LIMIT : Ending.DONE;
    }
  }

  /// @param inWorkspace its path from the workspace
  /// @param below its path from where the walk began
  private record Folder(
      SecureDirectoryStream<Path> opened, String inWorkspace, String below, int depth) {
    String inWorkspace(Path name) {
      return inWorkspace.isEmpty() ? name.toString() : inWorkspace + "/" + name;
    }

    String below(Path name) {
      return below.isEmpty() ? name.toString() : below + "/" + name;
    }
  }

  private Next enter(Folder folder, IgnoreRules above, Visitor visitor)
      throws IOException, InterruptedException {
    var rules = rulesIn(folder, above);
    for (var name : names(folder.opened())) {
      if (cancellation.isCancelled() || Thread.interrupted()) {
        throw new InterruptedException("the walk was cancelled");
      }
      if (++seen > AgentLimits.WALK_ENTRIES) {
        limited = true;
        return Next.GO_ON;
      }
      if (!name.toString().equals(GIT) && meet(folder, name, rules, visitor) == Next.STOP) {
        return Next.STOP;
      }
    }
    return Next.GO_ON;
  }

  private Next meet(Folder folder, Path name, IgnoreRules rules, Visitor visitor)
      throws IOException, InterruptedException {
    try {
      var attributes = PathGuard.attributes(folder.opened(), name);
      if (attributes.isDirectory()) {
        return meetFolder(folder, name, rules, visitor);
      }
      boolean file = attributes.isRegularFile() || attributes.isSymbolicLink();
      if (!file || rules.ignores(folder.inWorkspace(name), Location.Kind.FILE)) {
        return Next.GO_ON;
      }
      if (attributes.isRegularFile()) {
        var opened = folder.opened();
        return visitor.visit(new FoundFile(folder.below(name), () -> PathGuard.open(opened, name)));
      }
      return meetLink(folder, name, visitor);
    } catch (FileSystemException | PathRefusedException unreachable) {
      // Files come and go while we look; what is gone, closed or no longer plain is not there.
      return Next.GO_ON;
    }
  }

  private Next meetFolder(Folder folder, Path name, IgnoreRules rules, Visitor visitor)
      throws IOException, InterruptedException {
    var path = folder.inWorkspace(name);
    if (guard.isClosed(path) || rules.ignores(path, Location.Kind.FOLDER)) {
      return Next.GO_ON;
    }
    if (folder.depth() == AgentLimits.WALK_DEPTH) {
      limited = true;
      return Next.GO_ON;
    }
    SecureDirectoryStream<Path> opened;
    try {
      opened = folder.opened().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException unreadable) {
      return Next.GO_ON;
    }
    try (opened) {
      var inner = new Folder(opened, path, folder.below(name), folder.depth() + 1);
      return enter(inner, rules, visitor);
    }
  }

  private Next meetLink(Folder folder, Path name, Visitor visitor)
      throws IOException, InterruptedException {
    if (guard.locate(folder.inWorkspace(name)) instanceof Location.Inside target
        && target.kind() == Location.Kind.FILE) {
      return visitor.visit(new FoundFile(folder.below(name), () -> guard.open(target)));
    }
    return Next.GO_ON;
  }

  private static List<Path> names(SecureDirectoryStream<Path> folder) {
    var names = new ArrayList<Path>();
    for (var entry : folder) {
      names.add(entry.getFileName());
    }
    names.sort(Comparator.comparing(Path::toString));
    return names;
  }

  private IgnoreRules rulesOf(String path, IgnoreRules above) throws IOException {
    if (guard.locate(path.isEmpty() ? "." : path) instanceof Location.Inside inside) {
      try (var opened = guard.openFolder(inside)) {
        return rulesIn(new Folder(opened, path, "", 0), above);
      }
    }
    return above;
  }

  private IgnoreRules rulesIn(Folder folder, IgnoreRules above) throws IOException {
    return switch (leaving) {
      case NOTHING -> above;
      case IGNORED -> {
        try (var channel = PathGuard.open(folder.opened(), GITIGNORE);
            var stream = Channels.newInputStream(channel)) {
          var bytes = stream.readNBytes(AgentLimits.GITIGNORE_BYTES);
          yield above.with(folder.inWorkspace(), new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException | PathRefusedException none) {
          yield above;
        }
      }
    };
  }
}
