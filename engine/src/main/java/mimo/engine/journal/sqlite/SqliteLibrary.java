package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native code, which its jar carries for every platform and the driver would otherwise
/// unpack at each start.
public final class SqliteLibrary {

  private SqliteLibrary() {}

  /// Unpacks the library of this platform into `folder`, which is created; the driver takes it from
  /// there where the system property `org.sqlite.lib.path` names the folder.
  public static Path unpack(Path folder) throws IOException {
    var name = LibraryLoaderUtil.getNativeLibName();
    var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (var packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new IOException("SQLite has no library for this platform: " + resource);
      }
      Files.createDirectories(folder);
      var whole = folder.resolve(name);
      // Moved into place: a mimo that starts meanwhile must not load half of it.
      var fresh = Files.createTempFile(folder, name, ".new");
      Files.copy(packed, fresh, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Loads the library now, for whoever will need it soon and has time. What goes wrong is told to
  /// whoever opens the store.
  public static void warm() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      // The driver declares no narrower type; its next caller meets the same failure.
      return;
    }
  }
}
