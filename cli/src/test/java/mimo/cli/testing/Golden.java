package mimo.cli.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Visible output as files in `src/test/resources/golden`. Run with `-Dgolden.update=true` to write
/// them anew, and read the difference before committing it.
public final class Golden {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "golden");

  private static final boolean UPDATES = Boolean.getBoolean("golden.update");

  private Golden() {}

  /// The text of a golden file; empty while one that is being written is not there yet.
  public static String read(String name) {
    var file = FOLDER.resolve(name);
    try {
      return UPDATES && Files.notExists(file) ? "" : Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("golden file " + file, e);
    }
  }

  /// Fails unless `actual` is the text of the golden file.
  public static void assertMatches(String name, String actual) {
    var file = FOLDER.resolve(name);
    try {
      if (UPDATES) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, actual);
      }
      assertEquals(Files.readString(file), actual, name);
    } catch (IOException e) {
      throw new UncheckedIOException("golden file " + file, e);
    }
  }
}
