package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLibraryTest {

  @Test
  void unpacksTheLibraryOfThisPlatformAndReplacesAnOlderOne(@TempDir Path folder)
      throws IOException {
    var unpacked = folder.resolve("native");

    var first = SqliteLibrary.unpack(unpacked);
    Files.writeString(first, "an older one");
    var second = SqliteLibrary.unpack(unpacked);

    assertEquals(first, second);
    assertTrue(Files.size(second) > 500_000, second + " is the whole library");
    try (var files = Files.list(unpacked)) {
      assertEquals(List.of(second), files.toList());
    }
  }
}
