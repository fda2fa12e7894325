package mimo.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folders below `<cache>/aot`, one for each key. Several installations of mimo share them, so
/// each folder says whose it is.
///
/// @param all the folder that holds them
record CacheFolders(Path all) {

  private static final String OWNER = "installation";

  boolean hold(String key) {
    return Files.isRegularFile(all.resolve(key).resolve(OWNER));
  }

  /// A fresh folder, to be filled; nobody uses it yet.
  Path begin(Path installation) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(all, owner);
    var fresh = Files.createTempDirectory(all, "new-");
    Files.writeString(fresh.resolve(OWNER), installation + "\n");
    return fresh;
  }

  /// Makes a filled folder the one of `key`; what the recordings played on goes.
  void finish(Path fresh, String key) throws IOException {
    try (Stream<Path> files = Files.list(fresh)) {
      for (var stage : files.filter(Files::isDirectory).toList()) {
        delete(stage);
      }
    }
    var whole = all.resolve(key);
    delete(whole);
    Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removes what nobody will use again: the other folders of `installation`, those of
  /// installations that are gone, and what a preparation that was killed left behind. A mimo that
  /// is running keeps what it has open.
  void removeOthersOf(Path installation, String key) throws IOException {
    for (var folder : folders()) {
      var owner = owner(folder);
      boolean ours = owner.equals(installation);
      if (!folder.endsWith(key) && (ours || !Files.isDirectory(owner))) {
        delete(folder);
      }
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(all)) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  /// Whose folder it is; one that does not say belongs to nobody.
  private static Path owner(Path folder) throws IOException {
    var owner = folder.resolve(OWNER);
    return Files.isRegularFile(owner)
        ? Path.of(Files.readString(owner).strip())
        : folder.resolve("nobody");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
