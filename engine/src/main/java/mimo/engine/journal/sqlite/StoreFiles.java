package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mimo.engine.EngineException.StoreFailure;

/// Where the store lives. Nothing is created before the first write, and then for its owner only.
final class StoreFiles {

  private static final String DATABASE = "mimocode.db";
  private static final String LOCKS = "locks";

  /// File systems on which SQLite's shared memory or POSIX locks cannot be trusted (D12).
  private static final Set<String> REMOTE =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "afs",
          "afpfs",
          "webdav",
          "davfs",
          "ncpfs",
          "9p",
          "ceph",
          "lustre",
          "gpfs",
          "beegfs",
          "glusterfs",
          "ocfs2",
          "gfs2");

  private final Path folder;

  StoreFiles(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path database() {
    return folder.resolve(DATABASE);
  }

  Path locks() {
    return folder.resolve(LOCKS);
  }

  boolean exists() {
    return Files.exists(database());
  }

  /// How much the database and what belongs to it take. Asks the folder and opens nothing, for
  /// closing a file of SQLite's drops its locks (S94).
  long bytes() {
    long bytes = 0;
    for (var suffix : List.of("", "-wal", "-shm")) {
      var file = folder.resolve(DATABASE + suffix);
      try {
        bytes += Files.exists(file) ? Files.size(file) : 0;
      } catch (IOException e) {
        throw StoreFailures.of(e, file.toString());
      }
    }
    return bytes;
  }

  /// Creates what is missing. The database is created empty, before SQLite ever opens it, so that
  /// it is private from its first byte.
  void create() {
    try {
      refuseRemote(fileSystemType(), folder);
      Files.createDirectories(folder, privately("rwx------"));
      Files.createDirectories(locks(), privately("rwx------"));
      if (!exists()) {
        Files.createFile(database(), privately("rw-------"));
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was faster, which is as good.
      return;
    } catch (IOException e) {
      throw StoreFailures.of(e, "the store at " + folder + " cannot be created");
    }
  }

  /// An empty file, private from its first byte, where perhaps another one was.
  static void createAnew(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, privately("rw-------"));
  }

  /// Gives a file that is complete its name, once all of it is on the disk. It is none that SQLite
  /// has open.
  static void publish(Path file, Path name) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Whether locks can be trusted where the store lies. What cannot be asked is like the usual.
  LockTrust trust() {
    try {
      return LockTrust.of(fileSystemType());
    } catch (IOException e) {
      return LockTrust.LOCKS;
    }
  }

  private String fileSystemType() throws IOException {
    return Files.getFileStore(nearestFolder()).type();
  }

  /// The store's folder, or the nearest one above it that is there.
  Path nearestFolder() {
    var existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  static void refuseRemote(String type, Path folder) {
    var name = type.toLowerCase(Locale.ROOT);
    if (REMOTE.contains(name) || name.startsWith("fuse.ssh") || name.startsWith("fuse.rclone")) {
      throw new StoreFailure(
          "store_location",
          "the store at "
              + folder
              + " lies on a network file system ("
              + type
              + "), where a power cut or a second machine can damage it; choose a local folder",
          null);
    }
  }

  private static FileAttribute<?>[] privately(String permissions) {
    var posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
