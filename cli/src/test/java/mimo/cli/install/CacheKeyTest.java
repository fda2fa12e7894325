package mimo.cli.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheKeyTest {

  private @TempDir Path dist;

  @Test
  void isTheSameForTheSameJarsAndAnotherForAnyOtherByteTimeOrFlag() throws IOException {
    var jar = dist.resolve("lib/a.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "one");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
    Files.writeString(dist.resolve("libraries.txt"), "no jar");
    var keys = new HashSet<String>();

    var first = key("-Xa");
    keys.add(first);
    Files.writeString(dist.resolve("libraries.txt"), "no jar either");
    assertEquals(first, key("-Xa"));

    assertTrue(keys.add(key("-Xb")));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000));
    assertTrue(keys.add(key("-Xa")));
    Files.writeString(jar, "two");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000));
    assertTrue(keys.add(key("-Xa")));
    Files.copy(jar, dist.resolve("lib/b.jar"));
    assertTrue(keys.add(key("-Xa")));
    assertNotEquals(first, key("-Xa"));
  }

  private String key(String flag) throws IOException {
    return new CacheKey(dist, List.of(flag)).compute();
  }
}
