package mimo.cli.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheFoldersTest {

  private @TempDir Path folder;
  private CacheFolders caches = new CacheFolders(Path.of("unset"));
  private Path ours = Path.of("unset");

  @BeforeEach
  void makeAnInstallation() throws IOException {
    caches = new CacheFolders(folder.resolve("cache/aot"));
    ours = Files.createDirectory(folder.resolve("ours"));
  }

  @Test
  void holdsAKeyOnceItsFolderIsWhole() throws IOException {
    var fresh = caches.begin(ours);
    Files.writeString(fresh.resolve("main.aot"), "cache");
    Files.createDirectories(fresh.resolve("stage-main/home"));

    assertFalse(caches.hold("k1"));
    caches.finish(fresh, "k1");

    assertTrue(caches.hold("k1"));
    assertEquals(Set.of("installation", "main.aot"), names(caches.all().resolve("k1")));
  }

  @Test
  void keepsWhatOtherInstallationsUseAndNothingElse() throws IOException {
    var theirs = Files.createDirectory(folder.resolve("theirs"));
    var gone = Files.createDirectory(folder.resolve("gone"));
    caches.finish(caches.begin(theirs), "theirs");
    caches.finish(caches.begin(gone), "gone");
    caches.finish(caches.begin(ours), "old");
    caches.finish(caches.begin(ours), "new");
    caches.begin(ours);
    Files.delete(gone);

    caches.removeOthersOf(ours, "new");

    assertEquals(Set.of("theirs", "new"), names(caches.all()));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
