package mimo.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {

  private static final Path HOME = Path.of("/home/ada");

  @Test
  void followsTheXdgDefaults() {
    assertEquals(
        new Folders(
            HOME.resolve(".config/mimocode"),
            HOME.resolve(".local/share/mimocode"),
            HOME.resolve(".cache/mimocode"),
            HOME.resolve(".local/state/mimocode")),
        Folders.of(Map.of(), HOME));
  }

  @Test
  void followsAnAbsoluteXdgVariableAndNoOther() {
    var folders = Folders.of(Map.of("XDG_DATA_HOME", "/data", "XDG_CACHE_HOME", "relative"), HOME);

    assertEquals(Path.of("/data/mimocode"), folders.data());
    assertEquals(HOME.resolve(".cache/mimocode"), folders.cache());
  }

  @Test
  void followsAnAbsoluteHomeRatherThanTheAccount() {
    assertEquals(
        Folders.of(Map.of(), Path.of("/home/eve")), Folders.of(Map.of("HOME", "/home/eve"), HOME));
    assertEquals(Folders.of(Map.of(), HOME), Folders.of(Map.of("HOME", "eve"), HOME));
  }

  @Test
  void movesEverythingToAnAbsoluteMimocodeHome() {
    assertEquals(
        new Folders(
            Path.of("/m/config"), Path.of("/m/data"), Path.of("/m/cache"), Path.of("/m/state")),
        Folders.of(Map.of("MIMOCODE_HOME", "/m", "XDG_DATA_HOME", "/data"), HOME));
    assertEquals(Folders.of(Map.of(), HOME), Folders.of(Map.of("MIMOCODE_HOME", "m"), HOME));
  }

  @Test
  void createsTheDataFolderForItsOwnerAlone(@TempDir Path home) throws IOException {
    var folders = Folders.of(Map.of(), home);
    assertFalse(Files.exists(folders.data()));

    var data = folders.createData();

    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    assertEquals(data, folders.createData());
  }

  @Test
  void saysWhyTheDataFolderCannotBeCreated(@TempDir Path home) throws IOException {
    var file = Files.createFile(home.resolve("file"));
    var folders = Folders.of(Map.of("MIMOCODE_HOME", file.toString()), home);

    var refusal = assertThrows(CommandException.class, folders::createData);

    assertEquals("store_failed", refusal.failure().code());
    assertEquals(
        "cannot create the data folder " + file + "/data: Not a directory", refusal.getMessage());
  }

  @Test
  void saysThatAFileStandsInThePlaceOfTheDataFolder(@TempDir Path home) throws IOException {
    var data = Files.createFile(home.resolve("data"));
    var folders = Folders.of(Map.of("MIMOCODE_HOME", home.toString()), home);

    var refusal = assertThrows(CommandException.class, folders::createData);

    assertEquals(
        "cannot create the data folder " + data + ": " + data + " is there and is no folder",
        refusal.getMessage());
  }
}
