package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A54: the answer comes from the code that decides, and names file and line.
final class PermissionCommandTest {

  @TempDir Path temporary;
  private Path home;
  private Commands mimo;

  @BeforeEach
  void configured() throws IOException {
    home = temporary.toRealPath();
    write(
        home.resolve(".config/mimocode/mimocode.jsonc"),
        """
        {
          "permission": {
            "bash": {
              "*": "ask",
              "git status": "allow",
              "git push *": "deny"
            },
            "webfetch": "deny"
          }
        }
        """);
    write(
        home.resolve(".mimocode/mimocode.json"),
        "{ \"permission\": { \"bash\": { \"ls\": \"allow\", \"git *\": \"ask\" } } }");
    mimo = new Commands(new ScriptedInspection().home(home, Map.of()));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String why(String... call) {
    var words = new String[call.length + 2];
    words[0] = "permission";
    words[1] = "why";
    System.arraycopy(call, 0, words, 2, call.length);
    assertEquals(ExitCode.OK, mimo.run(words), mimo.err());
    return mimo.out().replace(home.toString(), "~");
  }

  @Test
  void namesTheDecidingRuleAndThoseThatLose() {
    assertEquals(
        """
        deny  bash "git push *" = deny (user, ~/.config/mimocode/mimocode.jsonc:6)
              not  bash = ask (user, ~/.config/mimocode/mimocode.jsonc:4)
              not  bash = ask (built in)
              not  bash "git *" = ask (repository, ~/.mimocode/mimocode.json:1)
        """,
        why("git push origin main"));
  }

  @Test
  void aRepositoryDoesNotRelax() {
    assertEquals(
        """
        ask  bash = ask (user, ~/.config/mimocode/mimocode.jsonc:4)
              not  bash = ask (built in)
              not  bash "ls" = allow (repository, ~/.mimocode/mimocode.json:1)
              "always" would allow  bash "ls"
        """,
        why("ls"));
  }

  @Test
  void tellsTheSameAsJson() {
    assertEquals(
        "{\"v\":1,\"decision\":\"deny\",\"reason\":\"webfetch = deny (user,"
            + " ~/.config/mimocode/mimocode.jsonc:8)\",\"rule\":{\"permission\":\"webfetch\","
            + "\"pattern\":\"*\",\"decision\":\"deny\",\"layer\":\"user\","
            + "\"place\":\"~/.config/mimocode/mimocode.jsonc:8\"},\"losing\":[{\"permission\":"
            + "\"webfetch\",\"pattern\":\"*\",\"decision\":\"ask\",\"layer\":\"built in\"}],"
            + "\"always\":[]}\n",
        why("--json", "webfetch https://docs.rs/"));
  }

  @Test
  void knowsAgentsThatOnlyLook() {
    assertEquals("allow  edit = allow (built in)\n", why("write notes.md"));
    assertTrue(why("--agent", "plan", "write notes.md").contains("deny  this agent only looks"));
  }

  @Test
  void readsCallsAsJson() {
    assertTrue(
        why("{\"tool\": \"edit\", \"input\": {\"file_path\": \"AGENTS.md\"}}")
            .startsWith("ask  'AGENTS.md' is protected"));
    assertTrue(
        why("{\"tool\": \"bash\", \"input\": {\"command\": \"git status\"}}")
            .contains("ask  bash \"git *\" = ask (repository"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"tool\": 1}", "{\"tool\": \"read\", \"input\": {}}", "{\"x"})
  void saysWhatIsNoCall(String call) {
    assertEquals(ExitCode.USAGE, mimo.run("permission", "why", call));

    assertTrue(mimo.err().contains("call_invalid"), mimo.err());
  }

  @Test
  void saysWhichAgentsThereAre() {
    assertEquals(ExitCode.USAGE, mimo.run("permission", "why", "--agent", "plam", "ls"));

    assertTrue(mimo.err().contains("did you mean 'plan'?"), mimo.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"permission\": null}",
        "{\"permission\": \"Allow\"}",
        "{\"permission\": []}",
        "{\"permission\": {\"bsh\": \"allow\"}}",
        "{\"permission\": {\"bash\": null}}",
        "{\"permission\": {\"bash\": {\"ls\": true}}}",
        "{\"permission\": {\"bash\": {\"\": \"allow\"}}}",
        "{\"permission\": {\"bash\": {\"ls\": {}}}}",
        "{\"permision\": \"allow\"}"
      })
  void aSettingThatMeansNothingRefusesTheStart(String text) throws IOException { // S61
    write(home.resolve(".config/mimocode/mimocode.jsonc"), text);

    assertEquals(ExitCode.USAGE, mimo.run("permission", "why", "ls"));
    assertTrue(mimo.err().contains("config_invalid"), mimo.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"permission\": {}}", "{\"permission\": {\"bash\": {}}}"})
  void anEmptySettingGrantsNothing(String text) throws IOException { // S61
    write(home.resolve(".config/mimocode/mimocode.jsonc"), text);

    assertTrue(why("ls").startsWith("ask  "));
  }
}
