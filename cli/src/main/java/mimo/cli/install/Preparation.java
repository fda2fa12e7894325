package mimo.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.engine.journal.sqlite.SqliteLibrary;

/// The program the launcher runs once after a build: it makes what later starts use.
///
/// It tells by its exit code whether everything was made. What was not made costs time only.
public final class Preparation {

  private Preparation() {}

  /// @param words where the caches go, the file that is to name them, then the flags of every start
  public static void main(String[] words) throws IOException, InterruptedException {
    if (words.length < 2) {
      throw new IllegalArgumentException("started by the launcher, with CACHES POINTER FLAG...");
    }
    var caches = new CacheFolders(Path.of(words[0]));
    var flags = List.of(words).subList(2, words.length);
    var installation = Path.of(System.getProperty("mimo.dist"));
    SqliteLibrary.unpack(Path.of(System.getProperty("org.sqlite.lib.path")));

    var key = new CacheKey(installation, flags).compute();
    if (!caches.hold(key)) {
      var fresh = caches.begin(installation);
      new Training(flags, fresh).record();
      caches.finish(fresh, key);
    }
    // The launcher compares the first line with the JDK it has found, and looks up the second.
    Files.writeString(
        Path.of(words[1]), System.getProperty("java.runtime.version") + "\n" + key + "\n");
    caches.removeOthersOf(installation, key);
  }
}
