package mimo.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cache of files without their types (L122).
final class ErasedFolderTest {

  private static final String TEXT = "const a         = 'ü😀';\n";

  @TempDir Path root;

  private ErasedFolder folder;

  @BeforeEach
  void opensAFolderThatIsNotThereYet() {
    folder =
        new ErasedFolder(
            root.resolve("cache/erased"), () -> "1.0", text -> !text.contains("hunter2"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.folder())) {
      return files.sorted().toList();
    }
  }

  @Test
  void findsWhatWasKept() throws IOException {
    assertNull(folder.find("k"));

    folder.keep("k", TEXT);

    assertEquals(TEXT, folder.find("k"));
    assertNull(folder.find("other"));
    assertEquals("rwx------", permissions(folder.folder()));
    assertEquals("rw-------", permissions(files().getFirst()));
  }

  @Test
  void aSecretIsNotKept() { // DP14
    folder.keep("k", "const key = 'hunter2';");

    assertNull(folder.find("k"));
    assertFalse(Files.exists(folder.folder()));
  }

  @Test
  void everyDamageIsFoundOut() throws IOException {
    folder.keep("k", TEXT);
    var file = files().getFirst();
    var whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      var damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertNull(folder.find("k"), "byte " + at + " differs");
      Files.write(file, Arrays.copyOf(whole, at));
      assertNull(folder.find("k"), at + " bytes are left");
    }
    Files.write(file, whole);
    assertEquals(TEXT, folder.find("k"));
  }

  @Test
  void anEntryUnderAnotherNameIsNothing() throws IOException {
    folder.keep("k", TEXT);
    var first = files().getFirst();
    folder.keep("l", "const b = 1;\n");
    var second = files().stream().filter(file -> !file.equals(first)).findFirst().orElseThrow();

    Files.copy(first, second, StandardCopyOption.REPLACE_EXISTING);

    assertNull(folder.find("l"));
  }

  @Test
  void anotherVersionOfMimoStartsAnew() {
    folder.keep("k", TEXT);

    assertNull(new ErasedFolder(folder.folder(), () -> "1.1", _ -> true).find("k"));
  }

  @Test
  void aDamagedEntryIsReplaced() throws IOException {
    folder.keep("k", TEXT);
    Files.writeString(files().getFirst(), "");

    folder.keep("k", TEXT);

    assertEquals(TEXT, folder.find("k"));
    assertEquals(1, files().size());
  }

  @Test
  void whatWasKeptFirstMakesRoom() throws IOException {
    Files.createDirectories(folder.folder());
    var leftBehind = Files.writeString(folder.folder().resolve("new-1.tmp"), "half");
    Files.setLastModifiedTime(leftBehind, FileTime.fromMillis(0));
    for (int i = 0; i < 64; i++) {
      folder.keep("k" + i, TEXT);
      for (var file : files()) {
        // Older by the second: file systems tell times apart no better.
        var time = Files.getLastModifiedTime(file).toMillis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(time - 1000));
      }
    }

    assertEquals(64, files().size());
    assertTrue(Files.notExists(leftBehind));
    folder.keep("last", TEXT);
    assertEquals(64, files().size());
    assertNull(folder.find("k0"));
    assertEquals(TEXT, folder.find("k1"));
  }

  @Test
  void whatIsTooLongForAScriptIsNotKept() throws IOException {
    folder.keep("k", " ".repeat(600 * 1024));

    assertTrue(Files.notExists(folder.folder()));
  }

  @Test
  void aFolderThatCannotBeMadeIsNoError() throws IOException {
    Files.writeString(root.resolve("cache"), "a file");

    folder.keep("k", TEXT);

    assertNull(folder.find("k"));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
