package mimo.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.agent.provider.Origin;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A19: `mimo auth`.
class AuthCommandTest {

  private static final StoredKey OPENAI =
      new StoredKey("sk-1", Origin.of(URI.create("https://api.openai.com")));

  private @TempDir Path home;
  private final ScriptedInspection inspection = new ScriptedInspection();
  private final List<String> echo = new ArrayList<>();
  private Commands mimo = new Commands(inspection);

  @BeforeEach
  void settle() {
    inspection.home(home, Map.of("MIMOCODE_HOME", home.toString(), "GROQ_API_KEY", "gsk-1"));
  }

  @Test
  void storesAPipedKeyForItsProvidersAddress() throws Exception {
    assertEquals(ExitCode.OK, auth("sk-1\n", "login", "openai"));

    assertEquals(Map.of("openai", OPENAI), inspection.keys().keys());
    assertEquals(
        "Stored the key of openai in "
            + inspection.keys().path()
            + "; it goes to https://api.openai.com alone.\n",
        mimo.out());
    assertEquals("", mimo.err());
    assertEquals(List.of(), echo);
  }

  @Test
  void asksAtATerminalAndHidesWhatIsTyped() throws Exception {
    mimo.typing("sk-1\n");

    assertEquals(ExitCode.OK, auth("not read", "login", "openai"));

    assertEquals(Map.of("openai", OPENAI), inspection.keys().keys());
    assertEquals("Key for openai (https://api.openai.com), typed unseen: \n", mimo.err());
    assertEquals(List.of("hidden", "shown"), echo);
    assertFalse(mimo.out().contains("sk-1"), mimo.out());
  }

  @Test
  void takesNoKeyFromTheCommandLine() {
    assertEquals(ExitCode.USAGE, mimo.run("auth", "login", "openai", "sk-1"));
    assertEquals(ExitCode.USAGE, mimo.run("auth", "login", "openai", "--key", "sk-1"));

    assertEquals(Map.of(), inspection.keys().keys());
  }

  @Test
  void knowsAProviderByItsOtherName() throws Exception {
    auth("k-1", "login", "mimo");

    assertEquals(List.of("xiaomi"), List.copyOf(inspection.keys().keys().keySet()));
  }

  @Test
  void saysWhatCountsBeforeAStoredKey() throws Exception {
    auth("gsk-2", "login", "groq");

    assertEquals(
        "Stored the key of groq in "
            + inspection.keys().path()
            + "; it goes to https://api.groq.com alone."
            + " GROQ_API_KEY is set too, and counts before it.\n",
        mimo.out());
  }

  @Test
  void refusesAProviderNobodyKnows() {
    var refusal = assertThrows(CommandException.class, () -> auth("k", "login", "opena"));

    assertEquals("auth_unknown", refusal.failure().code());
    assertEquals(
        "there is no provider 'opena'; did you mean 'openai'?", refusal.failure().message());
  }

  @Test
  void refusesNothingAndWhatNoHeaderCarries() {
    assertEquals(
        "auth_key_missing",
        assertThrows(CommandException.class, () -> auth(" \n", "login", "groq")).failure().code());
    var blank = assertThrows(CommandException.class, () -> auth("sk 1", "login", "groq"));
    assertEquals("provider_config", blank.failure().code());
    assertFalse(blank.failure().message().contains("sk 1"), blank.failure().message());
  }

  @Test
  void listsWhatHoldsEachKeyAndShowsNone() throws IOException {
    inspection.keys().store("openai", OPENAI);
    inspection.keys().store("groq", new StoredKey("gsk-2", null));
    inspection
        .keys()
        .store("xai", new StoredKey("x-1", Origin.of(URI.create("https://proxy.example"))));
    inspection.keys().store("gone", new StoredKey("g-1", null));

    assertEquals(ExitCode.OK, mimo.run("auth", "list"));

    assertEquals(
        """
        openai        https://api.openai.com  from auth.json
        groq          https://api.groq.com  from GROQ_API_KEY
        groq          its usual address  from auth.json  (not used: GROQ_API_KEY counts before it)
        xai           https://proxy.example  from auth.json  (not used: the provider is at \
        https://api.x.ai)
        gone          its usual address  from auth.json  (not used: no provider of that name is \
        configured)
        """,
        mimo.out());
  }

  @Test
  void listsAndRemovesAnEntryThatMakesNoSense() throws IOException {
    inspection.keys().store("xai", new StoredKey("x-1", null));
    var file = inspection.keys().path();
    Files.writeString(
        file, Files.readString(file).replace("\"x-1\"", "\"x-1\", \"origin\": \"nowhere\""));

    assertEquals(ExitCode.OK, mimo.run("auth", "list"));
    assertEquals(ExitCode.OK, mimo.run("auth", "logout", "xai"));

    assertEquals(
        """
        groq          https://api.groq.com  from GROQ_API_KEY
        xai           nowhere  from auth.json  (not used: its origin is no address like \
        https://host)
        Removed the key of xai.
        """,
        mimo.out());
    assertEquals("{}\n", Files.readString(file));
  }

  @Test
  void listsAsJsonToo() {
    assertEquals(ExitCode.OK, mimo.run("auth", "list", "--json"));

    assertEquals(
        "{\"v\":1,\"keys\":[{\"provider\":\"groq\",\"origin\":\"https://api.groq.com\","
            + "\"key_from\":\"GROQ_API_KEY\",\"used\":true}]}\n",
        mimo.out());
  }

  @Test
  void removesAKeyAndSaysWhereThereIsNone() {
    inspection.keys().store("openai", OPENAI);

    assertEquals(ExitCode.OK, mimo.run("auth", "logout", "openai"));
    assertEquals("Removed the key of openai.\n", mimo.out());
    assertEquals(Map.of(), inspection.keys().keys());
    assertEquals(ExitCode.USAGE, mimo.run("auth", "logout", "openai"));
  }

  @Test
  void refusesAFileThatOthersMayRead() throws IOException {
    inspection.keys().store("openai", OPENAI);
    Files.setPosixFilePermissions(
        inspection.keys().path(),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

    assertEquals(ExitCode.USAGE, mimo.run("auth", "list"));
  }

  private ExitCode auth(String piped, String... words) throws InterruptedException {
    return mimo.run(
        setting ->
            new AuthCommand(
                setting,
                new ByteArrayInputStream(piped.getBytes(UTF_8)),
                () -> {
                  echo.add("hidden");
                  return () -> echo.add("shown");
                }),
        words);
  }
}
