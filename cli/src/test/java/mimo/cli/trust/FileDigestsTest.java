package mimo.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDigestsTest {

  @TempDir Path home;
  private Instant now = Instant.now().plus(Duration.ofHours(1));
  private final FileDigests digests = new FileDigests(() -> now);

  private static String digest(String text) {
    return Digests.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAFileAgainOnlyOnceSomethingBecameOfIt() throws IOException {
    var file = Files.writeString(home.resolve("a"), "one");
    var time = Files.getLastModifiedTime(file);

    var first = digests.of(file);
    assertEquals(digest("one"), first);
    assertSame(first, digests.of(file));

    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    assertEquals(digest("two"), digests.of(file));
    Files.move(
        Files.writeString(home.resolve("b"), "six"), file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(digest("six"), digests.of(file));
  }

  @Test
  void whatHasJustChangedIsReadEachTime() throws IOException {
    var file = Files.writeString(home.resolve("a"), "one");
    now = Instant.now();

    assertNotSame(digests.of(file), digests.of(file));
  }
}
