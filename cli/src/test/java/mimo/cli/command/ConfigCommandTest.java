package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.ConfigSchema;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {

  @TempDir private Path home;

  private final ScriptedInspection inspection = new ScriptedInspection();
  private final Commands mimo = new Commands(inspection);

  @BeforeEach
  void configure() throws IOException {
    var folder = Files.createDirectories(home.resolve(".config/mimocode"));
    Files.writeString(
        folder.resolve("mimocode.jsonc"),
        """
        {
          "model": "openai/gpt-5",
          "theme": "dark",
          "concurrency": 4,
          "provider": {
            "lab": {
              "options": { "baseURL": "https://lab.example/v1", "apiKey": "hunter2" },
              "models": { "big/one": { "limit": { "context": 128000 } } }
            }
          }
        }
        """);
    Files.createDirectories(home.resolve(".mimocode"));
    Files.writeString(
        home.resolve(".mimocode/mimocode.json"),
        "{\"model\": \"openai/gpt-5-mini\", \"provider\": {\"lab\": {\"options\":"
            + " {\"apiKey\": \"theirs\"}}}}");
    inspection
        .home(home, Map.of("MIMOCODE_CONFIG_CONTENT", "{\"concurrency\": 8}"))
        .given(
            List.of(
                ConfigEntry.builtIn("concurrency", 16),
                ConfigEntry.keyFrom("openai", "OPENAI_API_KEY")));
  }

  @Test
  void showsEveryValueWithItsSourceAndWhatLost() {
    assertEquals(ExitCode.OK, mimo.run("config"));

    Golden.assertMatches("config.txt", withoutHome(mimo.out()));
    Golden.assertMatches("config-err.txt", withoutHome(mimo.err()));
  }

  @Test
  void showsTheSameAsJson() {
    assertEquals(ExitCode.OK, mimo.run("config", "--json"));

    Golden.assertMatches("config.json", withoutHome(mimo.out()));
    assertEquals("", mimo.err());
  }

  @Test
  void answersOneKeyWithItsValueAlone() {
    assertEquals(ExitCode.OK, mimo.run("config", "concurrency"));

    assertEquals("8\n", mimo.out());
    assertEquals(
        "mimo: text MIMOCODE_CONFIG_CONTENT:1; not user file"
            + " HOME/.config/mimocode/mimocode.jsonc:4; not built in\n",
        withoutHome(mimo.err()));
  }

  @Test
  void answersAnObjectWithWhatItHolds() {
    assertEquals(ExitCode.OK, mimo.run("config", "provider.lab.models.big/one"));
    assertEquals(ExitCode.OK, mimo.run("config", "provider.lab.options", "--format=stream-json"));

    assertEquals(
        """
        provider.lab.models."big/one".limit.context = 128000  user file %1$s:8
        {"key":"provider.lab.options.apiKey","value":"(set)","source":"user","file":"%1$s",\
        "line":7,"variables":[],"overrides":[]}
        {"key":"provider.lab.options.baseURL","value":"https://lab.example/v1","source":"user",\
        "file":"%1$s","line":7,"variables":[],"overrides":[]}
        """
            .formatted("HOME/.config/mimocode/mimocode.jsonc"),
        withoutHome(mimo.out()));
  }

  @Test
  void neverShowsASecret() {
    mimo.run("config");
    mimo.run("config", "--json");
    mimo.run("config", "provider.lab.options.apiKey");

    var all = mimo.out() + mimo.err();
    assertFalse(all.contains("hunter2") || all.contains("theirs"), all);
  }

  @Test
  void saysThatNothingSetsAKey() {
    assertEquals(ExitCode.FAILURE, mimo.run("config", "model_aliases"));

    assertEquals(
        """
        MIMO-107 config_key_unset: nothing sets 'model_aliases'
        → mimo config shows the keys that are set, mimo config schema all there are.
        """,
        mimo.err());
  }

  @Test
  void namesTheNearestOfKeysThereAre() {
    assertEquals(ExitCode.USAGE, mimo.run("config", "modle.x"));

    assertEquals(
        """
        MIMO-100 usage: the configuration has no key 'modle'; did you mean 'model'?
        → run the command with --help to see what it takes.
        """,
        mimo.err());
  }

  @Test
  void showsTheUsersFileAndAllOthers() {
    assertEquals(ExitCode.OK, mimo.run("config", "path"));
    assertEquals(ExitCode.OK, mimo.run("config", "path", "--json"));

    assertEquals(
        """
        HOME/.config/mimocode/mimocode.jsonc
        {"v":1,"user":"HOME/.config/mimocode/mimocode.jsonc","files":[{"source":"user",\
        "file":"HOME/.config/mimocode/mimocode.jsonc"},{"source":"repository",\
        "file":"HOME/.mimocode/mimocode.json"}]}
        """,
        withoutHome(mimo.out()));
  }

  @Test
  void printsTheSchema() {
    assertEquals(ExitCode.OK, mimo.run("config", "schema"));

    assertEquals(ConfigSchema.text(), mimo.out());
    assertTrue(mimo.out().startsWith("{\n  \"$schema\": "), mimo.out());
  }

  private String withoutHome(String text) {
    return text.replace(home.toString(), "HOME");
  }
}
