package mimo.cli.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.provider.Origin;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A19: stored keys are their owner's alone.
class AuthFileTest {

  private static final StoredKey KEY =
      new StoredKey("sk-1", Origin.of(URI.create("https://api.openai.com/v1")));

  private @TempDir Path home;
  private AuthFile file;

  @BeforeEach
  void place() {
    file = new AuthFile(Folders.of(Map.of("MIMOCODE_HOME", home.toString()), home));
  }

  @Test
  void isNotMadeByReading() {
    assertEquals(Map.of(), file.keys());
    assertFalse(file.remove("openai"));

    assertFalse(Files.exists(home.resolve("data")));
  }

  @Test
  void keepsKeysForTheOwnerAlone() throws IOException {
    file.store("openai", KEY);
    file.store("groq", new StoredKey("gsk", null));

    assertEquals(Map.of("openai", KEY, "groq", new StoredKey("gsk", null)), file.keys());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
    assertEquals(
        """
        {
          "groq": {
            "type": "api",
            "key": "gsk"
          },
          "openai": {
            "type": "api",
            "key": "sk-1",
            "origin": "https://api.openai.com"
          }
        }
        """,
        Files.readString(file.path()));
    try (var files = Files.list(home.resolve("data"))) {
      assertEquals(1, files.count(), "nothing is left of the writing");
    }
  }

  @Test
  void removesOneAndLeavesTheOthersAsTheyWere() throws IOException {
    write(
        "{\"copilot\":{\"type\":\"oauth\",\"refresh\":\"r\",\"expires\":0},"
            + "\"openai\":{\"type\":\"api\",\"key\":\"sk-1\"}}");

    assertTrue(file.remove("openai"));

    assertEquals(
        """
        {
          "copilot": {
            "type": "oauth",
            "refresh": "r",
            "expires": 0
          }
        }
        """,
        Files.readString(file.path()));
    assertEquals(Map.of(), file.keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw-rw-rw-"})
  void isRefusedWhereOthersMayReadIt(String permissions) throws IOException {
    file.store("openai", KEY);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));

    var refusal = assertThrows(CommandException.class, file::keys);

    assertEquals("auth_insecure", refusal.failure().code());
    assertEquals(
        file.path()
            + " holds keys and is "
            + permissions
            + "; it must be a file for its owner alone",
        refusal.failure().message());
  }

  @Test
  void isRefusedWhereItIsALink() throws IOException {
    file.store("openai", KEY);
    var elsewhere = home.resolve("elsewhere.json");
    Files.move(file.path(), elsewhere);
    Files.createSymbolicLink(file.path(), elsewhere);

    var refusal = assertThrows(CommandException.class, file::keys);

    assertEquals("auth_insecure", refusal.failure().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"sk-1\"", "{\"openai\":"})
  void isRefusedWhereItCannotBeUnderstood(String text) throws IOException {
    write(text);

    var refusal = assertThrows(CommandException.class, file::keys);

    assertEquals("auth_invalid", refusal.failure().code());
    assertFalse(refusal.failure().message().contains("sk-1"), refusal.failure().message());
  }

  @Test
  void anEntryThatMakesNoSenseSpoilsNoOther() throws IOException {
    write(
        """
        {"version": 2, "xai": "sk-1", "groq": {"type": "api", "key": "sk-2", "origin": "sk-3 !"},
         "mistral": {"type": "api", "key": "sk-4", "origin": "nowhere"}, "gone": ["sk-5"],
         "openai": {"type": "api", "key": "sk-1", "origin": "https://api.openai.com"}}
        """);

    assertEquals(
        new StoredKeys(
            new TreeMap<>(Map.of("openai", KEY)),
            new TreeMap<>(
                Map.of(
                    "groq",
                    "its origin is no address like https://host",
                    "mistral",
                    "its origin is no address like https://host",
                    "xai",
                    "it is a text, not an object with type, key and origin"))),
        file.read());
  }

  @Test
  void removesWhatMakesNoSenseAndKeepsTheRest() throws IOException {
    write(
        """
        {"version": 2, "xai": "sk-1", "groq": {"type": "api", "key": "k", "origin": "nowhere"}}
        """);

    assertTrue(file.remove("groq"));
    assertTrue(file.remove("xai"));
    file.store("openai", new StoredKey("sk-1", null));

    assertEquals(
        """
        {
          "openai": {
            "type": "api",
            "key": "sk-1"
          },
          "version": 2
        }
        """,
        Files.readString(file.path()));
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.path().getParent());
    Files.writeString(file.path(), text);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-------"));
  }
}
