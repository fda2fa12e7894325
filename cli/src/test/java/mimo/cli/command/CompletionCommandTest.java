package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mimo.cli.command.ModelList.Capacity;
import mimo.cli.command.ModelList.KeyState;
import mimo.cli.command.ModelList.Line;
import mimo.cli.command.ModelList.Where;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts are run by the shells they are for.
final class CompletionCommandTest {

  /// Fills in what bash does before it calls a completion; the last word is the one to complete.
  private static final String ASK_BASH =
      """
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _mimo
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path folder;

  private final Commands mimo =
      new Commands(
          new ScriptedInspection()
              .models(
                  new ModelList(
                      Stream.of("openai/gpt-5-mini", "offline", "lab/$(touch hacked)")
                          .map(name ->
                              new Line(
                                  name,
                                  Capacity.UNKNOWN,
                                  null,
                                  new KeyState(KeyState.Kind.NOT_NEEDED, List.of()),
                                  Where.NOWHERE))
                          .toList(),
                      null,
                      "",
                      new TreeMap<>())));

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "mimo|'' ~ run compose runs sessions memory checkpoint goal daemon test workflows skills"
            + " commands hooks models auth config permission mcp trust stats doctor completion",
        "mimo|co ~ compose commands config completion",
        "mimo|commands|'' ~ list show",
        "mimo|checkpoint|show|--section|ne ~ next-action",
        "mimo|--v ~ --version",
        "mimo|runs|'' ~ list show watch logs resume pause cancel stop-agent retry-agent"
            + " answer fork diff export import pin unpin rm gc",
        "mimo|run|--agent|p ~ plan",
        "mimo|run|--output-schema|rea ~ readme+of+this.js",
        "mimo|sessions|'' ~ list show export import fork revert remove",
        "mimo|runs|re ~ resume retry-agent",
        "mimo|runs|list|-- ~ --help --status --limit --format --json",
        "mimo|runs|list|--format|'' ~ text json stream-json",
        "mimo|runs|list|--format|st ~ stream-json",
        "mimo|runs|list|--format|= ~ text json stream-json",
        "mimo|runs|list|--format|=|js ~ json",
        "mimo|compose|x.js|--model|o ~ openai/gpt-5-mini offline",
        "mimo|compose|--budget|'' ~ ''",
        "mimo|compose|re ~ repo-map readme+of+this.js",
        "mimo|compose|--output|rea ~ readme+of+this.js",
        "mimo|config|'' ~ path schema budget checkpoint concurrency context daemon deadline goal"
            + " hooks max mcp memory model model_aliases model_groups permission provider sandbox"
            + " small_model subagents",
        "mimo|auth|'' ~ login list logout",
        "mimo|auth|login|xi ~ xiaomi",
        "mimo|completion|'' ~ bash zsh fish",
        "mimo|workflows|show|'' ~ repo-map",
        "mimo|--model|'' ~ openai/gpt-5-mini offline",
      })
  void offersInBashWhatMayStandThere(String line, String offered) throws Exception {
    Files.createFile(folder.resolve("readme of this.js"));
    var script = script("bash");
    var command = new ArrayList<>(List.of("bash", "--norc", "-c", ASK_BASH, "ask", script));
    Arrays.stream(line.strip().split("\\|", -1))
        .map(word -> word.replace("''", ""))
        .forEach(command::add);

    var answer = answer(command);

    var wanted =
        Arrays.stream(offered.strip().split(" ", -1))
            .map(word -> word.replace('+', ' ').replace("''", ""))
            .toList();
    assertEquals(wanted, answer.lines().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void isAScriptTheShellTakes(String shell) throws Exception {
    assumeTrue(installed(shell), shell + " is not installed on this machine");

    assertEquals("", answer(List.of(shell, "-n", script(shell))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "mimo co ~ completion compose config",
        "mimo runs res ~ resume",
        "mimo compose --format st ~ stream-json",
      })
  void offersInFishWhatMayStandThere(String line, String offered) throws Exception {
    assumeTrue(installed("fish"), "fish is not installed on this machine");

    var answer =
        answer(
            List.of(
                "fish",
                "--no-config",
                "-c",
                "source $argv[1]; complete -C $argv[2]",
                script("fish"),
                line.strip()));

    assertEquals(
        List.of(offered.strip().split(" ", -1)),
        answer.lines().map(each -> each.replaceFirst("\\t.*", "")).sorted().toList());
  }

  @Test
  void knowsNoOtherShell() {
    assertEquals(ExitCode.USAGE, mimo.run("completion", "fsh"));

    assertEquals(
        """
        MIMO-100 usage: SHELL is one of bash, zsh, fish; found 'fsh'; did you mean 'fish'?
        → run the command with --help to see what it takes.
        """,
        mimo.err());
  }

  private String script(String shell) throws IOException {
    assertEquals(ExitCode.OK, mimo.run("completion", shell));
    return Files.writeString(folder.resolve("completion"), mimo.out()).toString();
  }

  /// What the command prints, errors and all.
  private String answer(List<String> command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), command + " ends");
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean installed(String shell) {
    return Stream.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
        .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell)));
  }
}
