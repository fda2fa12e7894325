package mimo.agent.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of the workspace that nobody else may change until it is closed, or the place of one that
/// does not exist yet. Confined to the thread that took hold of it.
public final class HeldFile implements AutoCloseable {

  private final PathGuard guard;
  private final Location found;
  private final Path real;
  private final FileLocks.Hold hold;
  private final NewFolders folders;

  /// What told this state of the file from others when it was read; null as long as it was not.
  private @Nullable Stamp read;

  private record Stamp(@Nullable Object key, Object modified, long size) {
    static Stamp of(BasicFileAttributes attributes) {
      return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }
  }

  HeldFile(PathGuard guard, Location found, Path real, FileLocks.Hold hold, NewFolders folders) {
    this.guard = guard;
    this.found = found;
    this.real = real;
    this.hold = hold;
    this.folders = folders;
  }

  /// Where it is, absolute and free of links.
  public Path path() {
    return guard.root().resolve(real);
  }

  public boolean exists() {
    return found instanceof Location.Inside;
  }

  /// Its bytes; nothing if there are more than `most`.
  ///
  /// @throws NoSuchFileException if it does not exist, or no longer
  public Optional<byte[]> read(int most) throws IOException {
    if (!(found instanceof Location.Inside inside)) {
      throw new NoSuchFileException(real.toString());
    }
    try (var folder = guard.openFolder(parentOf(inside))) {
      read = Stamp.of(PathGuard.attributes(folder, name()));
      try (var channel = PathGuard.open(folder, name());
          var stream = Channels.newInputStream(channel)) {
        var bytes = stream.readNBytes(most + 1);
        return bytes.length > most ? Optional.empty() : Optional.of(bytes);
      }
    }
  }

  /// Gives it these bytes, all of them or none: they are on the disk under another name before they
  /// take the file's place. Mode and, if possible, owner stay; folders that are missing are made.
  ///
  /// @throws PathRefusedException if something else stands there by now
  public void replace(byte[] bytes) throws IOException, InterruptedException {
    var parent = real.getParent();
    try (var folder = folders.open(parent == null ? Path.of("") : parent)) {
      var before = attributes(folder, name());
      checkUnchanged(before);
      var scratch = Path.of(hold.scratch());
      drop(folder, scratch);
      try {
        prepare(folder, scratch, bytes, before);
        folder.move(scratch, folder, name());
      } finally {
        drop(folder, scratch);
      }
      force(folder);
    }
  }

  /// Who changes files without asking for them is noticed up to this moment.
  private void checkUnchanged(@Nullable PosixFileAttributes now) throws PathRefusedException {
    if (now == null) {
      return;
    }
    if (!now.isRegularFile()) {
      throw new PathRefusedException("'" + real + "' is no plain file");
    }
    if (!exists() || (read != null && !read.equals(Stamp.of(now)))) {
      throw new PathRefusedException("'" + real + "' changed just now; read it again");
    }
  }

  private static void prepare(
      SecureDirectoryStream<Path> folder,
      Path scratch,
      byte[] bytes,
      @Nullable PosixFileAttributes before)
      throws IOException {
    var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, NOFOLLOW_LINKS);
    // A new file is open to whom the user's mask lets in, a replaced one never to more than it was.
    try (var channel =
        before == null
            ? folder.newByteChannel(scratch, options)
            : folder.newByteChannel(scratch, options, forTheUserAlone())) {
      for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      if (before != null) {
        keepAttributes(view(folder, scratch), before);
      }
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
    }
  }

  private static void keepAttributes(PosixFileAttributeView view, PosixFileAttributes before)
      throws IOException {
    var fresh = view.readAttributes();
    try {
      if (!fresh.group().equals(before.group())) {
        view.setGroup(before.group());
      }
      if (!fresh.owner().equals(before.owner())) {
        view.setOwner(before.owner());
      }
    } catch (FileSystemException notOurs) {
      // Who may not give files away writes his own, as every editor does.
    }
    view.setPermissions(before.permissions());
  }

  private static @Nullable PosixFileAttributes attributes(
      SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try {
      return view(folder, name).readAttributes();
    } catch (NoSuchFileException nothing) {
      return null;
    }
  }

  private static PosixFileAttributeView view(SecureDirectoryStream<Path> folder, Path name) {
    return folder.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS);
  }

  static boolean stands(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    return attributes(folder, name) != null;
  }

  private static void drop(SecureDirectoryStream<Path> folder, Path scratch) throws IOException {
    try {
      folder.deleteFile(scratch);
    } catch (NoSuchFileException asItShouldBe) {
      // Only a process that was killed leaves one.
    }
  }

  /// Makes the names in a folder durable.
  static void force(SecureDirectoryStream<Path> folder) throws IOException {
    try (var itself = folder.newByteChannel(Path.of("."), Set.of(StandardOpenOption.READ))) {
      if (itself instanceof FileChannel channel) {
        channel.force(true);
      }
    }
  }

  private Path name() {
    return Objects.requireNonNull(real.getFileName());
  }

  private static Location.Inside parentOf(Location.Inside file) {
    var parent = file.real().getParent();
    return new Location.Inside(
        file.asked(), parent == null ? Path.of("") : parent, Location.Kind.FOLDER);
  }

  @Override
  public void close() throws IOException {
    hold.close();
  }

  private static FileAttribute<?> forTheUserAlone() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
