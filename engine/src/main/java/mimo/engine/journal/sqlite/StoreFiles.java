package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
      throw new StoreFailure(
          Files.exists(folder) && !Files.isWritable(folder) ? "store_readonly" : "store_failed",
          "the store at " + folder + " cannot be created: " + e,
          e);
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
