package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.cli.command.Launch;
import mimo.cli.command.SandboxSwitch;
import mimo.cli.command.Setting;
import mimo.cli.error.ExitCode;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.Histories;
import mimo.cli.testing.OneBuiltin;
import mimo.cli.testing.ScriptedBackground;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedInterrupts;
import mimo.cli.testing.ScriptedRuns;
import mimo.cli.testing.TestStreams;
import mimo.engine.RunResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MimoCommandTest {

  private static final String SCRIPT = "export const meta = {};\nreturn 1;\n";

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private TestStreams streams = new TestStreams();
  private Channel out = Channel.PIPE;
  private ScriptedInterrupts interrupts = ScriptedInterrupts.NEVER;
  private final ScriptedInspection inspection = new ScriptedInspection();
  private ScriptedBackground background = new ScriptedBackground();
  private ScriptedRuns runs = ending(Histories.completedResult());

  @BeforeEach
  void writeScript() throws IOException {
    Files.writeString(folder.resolve("review.js"), SCRIPT);
  }

  @Nested
  class Help {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "--help",
          "run --help",
          "sessions --help",
          "sessions list --help",
          "sessions show --help",
          "sessions export --help",
          "sessions import --help",
          "sessions fork --help",
          "sessions remove --help",
          "sessions revert --help",
          "stats --help",
          "compose --help",
          "runs --help",
          "runs list --help",
          "runs show --help",
          "runs watch --help",
          "runs logs --help",
          "runs pause --help",
          "runs cancel --help",
          "runs stop-agent --help",
          "runs retry-agent --help",
          "runs resume -h",
          "runs answer --help",
          "daemon --help",
          "daemon start --help",
          "daemon run --help",
          "workflows --help",
          "models --help",
          "config --help",
          "config path --help",
          "config schema --help",
          "permission --help",
          "permission why --help",
          "mcp --help",
          "trust --help",
          "trust grant --help",
          "doctor --help",
          "completion --help"
        })
    void isWorthReading(String words) {
      assertEquals(ExitCode.OK, run(words.split(" ", -1)));

      var name = words.replace("--help", "").replace("-h", "").strip().replace(' ', '-');
      Golden.assertMatches("help" + (name.isEmpty() ? "" : "-" + name) + ".txt", streams.out());
      assertEquals("", streams.err());
    }

    @Test
    void isShownToWhoeverSaysNothing() {
      assertEquals(ExitCode.USAGE, run());

      assertTrue(streams.out().startsWith("Split work among agents"), streams.out());
    }
  }

  @Nested
  class Usage {

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '"',
        value = {
          "compsoe a.js ~ there is no command 'compsoe'; did you mean 'compose'?",
          "--versoin ~ there is no option '--versoin'; did you mean '--version'?",
          "--version x ~ --version takes nothing behind it",
          "compose review.js --modle x ~ mimo compose does not take '--modle'; did you mean"
              + " '--model'?",
          "compose ~ mimo compose: Missing required parameter: 'FILE|NAME'",
          "compose review.js --model ~ mimo compose: Missing required parameter for option"
              + " '--model' (MODEL)",
          "compose review.js --concurrency 0 ~ --concurrency is a whole number from 1 to 10000;"
              + " found '0'",
          "compose review.js --concurrency many ~ --concurrency is a whole number from 1 to 10000;"
              + " found 'many'",
          "compose review.js --max-agents 100001 ~ --max-agents is a whole number from 1 to"
              + " 100000; found '100001'",
          "compose review.js --budget lots ~ --budget is tokens such as 200k, or money such as"
              + " 1.5usd; found 'lots'",
          "compose review.js --dialect java ~ --dialect is one of claude, mimocode, odw; found"
              + " 'java'",
          "compose review.js --format yaml ~ --format is text, json or stream-json; found 'yaml'",
          "compose review.js --strict --allow-losses ~ --strict and --allow-losses contradict",
          "runs ~ mimo runs needs one of list, show, watch, logs, resume, pause, cancel,"
              + " stop-agent, retry-agent, answer, fork, diff, export, import, pin, unpin, rm, gc",
          "run --modle x ~ mimo run does not take '--modle'; did you mean '--model'?",
          "-p --modle x ~ mimo run does not take '--modle'; did you mean '--model'?",
          "sessions ~ mimo sessions needs one of list, show, export, import, fork, revert, remove",
          "runs lsit ~ mimo runs does not take 'lsit'; did you mean 'list'?",
          "runs show ~ mimo runs show: Missing required parameter: 'RUN'",
        })
    void saysWhatIsWrongAndWhatWasProbablyMeant(String words, String message) {
      assertEquals(ExitCode.USAGE, run(words.strip().split(" ", -1)));

      assertEquals(
          "MIMO-100 usage: "
              + message.strip()
              + "\n→ run the command with --help to see what it takes.\n",
          streams.err());
      assertEquals("", streams.out());
    }

    @Test
    void answersInJsonWhereJsonIsWanted() {
      run("compose", "review.js", "--json", "--modle", "x");

      assertEquals(
          "{\"v\":1,\"run\":null,\"status\":\"failed\",\"result\":null,\"losses\":[],\"usage\":{},"
              + "\"error\":{\"number\":\"MIMO-100\",\"name\":\"usage\",\"message\":\"mimo compose"
              + " does not take '--modle'; did you mean '--model'?\",\"remedy\":\"run the command"
              + " with --help to see what it takes.\"}}\n",
          streams.out());
    }
  }

  @Nested
  class Compose {

    @Test
    void startsTheScriptWithWhatWasSaid() {
      run(
          "compose",
          "review.js",
          "path=src",
          "depth=2",
          "note=a=b",
          "empty=",
          "--model",
          "openai/gpt-5",
          "--concurrency=8",
          "--budget",
          "1.5usd",
          "--max-agents",
          "20",
          "--dialect",
          "odw",
          "--deadline",
          "90m",
          "--strict",
          "--max-items",
          "5000",
          "--output",
          "out.md");

      var script = new Script("review.js", folder.resolve("review.js").toString(), SCRIPT);
      assertEquals(
          List.of(
              new Launch(
                  script,
                  "{\"path\":\"src\",\"depth\":\"2\",\"note\":\"a=b\",\"empty\":\"\"}",
                  "openai/gpt-5",
                  "1.5usd",
                  new Launch.Size(8, 20, 5000),
                  "odw",
                  Duration.ofMinutes(90),
                  Launch.Models.KNOWN,
                  "out.md")),
          runs.launches());
    }

    @Test
    void takesArgumentsAsJsonUnchanged() {
      run("compose", "review.js", "--args", "{ \"n\": 1.10, \"s\": \"2\", \"l\": [true] }");

      assertEquals("{\"n\":1.10,\"s\":\"2\",\"l\":[true]}", runs.launches().getFirst().arguments());
    }

    @Test
    void findsABuiltinByItsName() {
      run("compose", "repo-map");

      assertEquals(OneBuiltin.SCRIPT, runs.launches().getFirst().script());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "review.js pathsrc | MIMO-617 args_invalid: 'pathsrc' is no argument; an argument is"
              + " name=value, its name of letters, digits and _ $ -",
          "review.js 1a=x | MIMO-617 args_invalid: '1a=x' is no argument; an argument is"
              + " name=value, its name of letters, digits and _ $ -",
          "review.js a=1 a=2 | MIMO-617 args_invalid: the argument 'a' is given twice",
          "review.js a=1 --args {} | MIMO-617 args_invalid: give the arguments by --args or as"
              + " name=value, not both; found --args and 'a=1'",
          "review.js --args {} --args | MIMO-100 usage: mimo compose: Missing required parameter"
              + " for option '--args' (JSON)",
          "repo-mpa | MIMO-619 workflow_unknown: no workflow is called 'repo-mpa'; did you mean"
              + " 'repo-map'?",
          "review.js --answers x.json | MIMO-100 usage: --answers goes with --dry-run",
          "reviw.js | MIMO-600 script_missing: there is no file FOLDER/reviw.js",
          "./ | MIMO-600 script_missing: FOLDER is no file",
        })
    void refusesWhatItCannotStart(String words, String message) {
      assertEquals(ExitCode.USAGE, run(("compose " + words.strip()).split(" ", -1)));

      var found = streams.err().lines().findFirst().orElse("").replace(folder + "/.", "" + folder);
      assertEquals(message.strip(), found.replace(folder.toString(), "FOLDER"));
      assertEquals(List.of(), runs.launches());
    }

    @Test
    void refusesArgumentsThatAreNoJson() {
      assertEquals(ExitCode.USAGE, run("compose", "review.js", "--args", "{\"a\": }"));
      assertTrue(
          streams.err().startsWith("MIMO-617 args_invalid: --args is not JSON: "), streams.err());
      assertTrue(streams.err().contains("line 1, column "), streams.err());

      streams = new TestStreams();
      assertEquals(ExitCode.USAGE, run("compose", "review.js", "--args", "{} {}"));
      assertTrue(streams.err().contains("something follows the value"), streams.err());

      streams = new TestStreams();
      assertEquals(ExitCode.USAGE, run("compose", "review.js", "--args", "{"));
      assertTrue(
          streams
              .err()
              .startsWith(
                  "MIMO-617 args_invalid: --args is not JSON: Unexpected end-of-input: expected"
                      + " close marker for Object, at line 1, column 2\n"),
          streams.err());
    }

    @Test
    void refusesAScriptThatIsNoText() throws IOException {
      Files.write(folder.resolve("binary.js"), new byte[] {(byte) 0xc3, 0x28});

      assertEquals(ExitCode.FAILURE, run("compose", "binary.js"));

      assertTrue(streams.err().contains("binary.js is not UTF-8 text"), streams.err());
    }

    @Test
    void showsProgressOnStderrAndOnlyTheResultOnStdout() {
      run("compose", "review.js");

      Golden.assertMatches("compose-out.txt", streams.out());
      Golden.assertMatches("compose-err.txt", streams.err());
    }

    @Test
    void isQuietWhenAsked() {
      run("compose", "review.js", "--quiet", "--allow-losses");

      Golden.assertMatches("compose-quiet-err.txt", streams.err());
    }

    @Test
    void streamsEventsAndEndsWithTheResult() {
      run("compose", "review.js", "--format", "stream-json", "--quiet");

      var lines = streams.out().lines().toList();
      assertEquals(Histories.completedWithLosses().size() + 1, lines.size());
      assertTrue(lines.getFirst().contains("\"type\":\"run_started\""), lines.getFirst());
      assertTrue(lines.getLast().contains("\"type\":\"result\""), lines.getLast());
    }
  }

  @Nested
  class ExitCodes {

    @ParameterizedTest
    @CsvSource({
      "PIPE, '', LOSSES",
      "PIPE, --strict, LOSSES",
      "PIPE, --allow-losses, OK",
      "TERMINAL, '', OK",
      "TERMINAL, --strict, LOSSES",
      "TERMINAL, --allow-losses, OK"
    })
    void countLossesWhereNobodyLooks(Channel stdout, String option, ExitCode expected) {
      out = stdout;

      var words = ("compose review.js " + option).strip().split(" ", -1);

      assertEquals(expected, run(words));
    }

    @ParameterizedTest
    @CsvSource({
      "all_agents_lost, FAILURE",
      "script_error, FAILURE",
      "budget_exhausted, BUDGET",
      "args_mismatch, USAGE",
      "usage_limit, PARKED"
    })
    void followTheErrorTable(String code, ExitCode expected) {
      runs = ending(new RunResult.Failed(ScriptedRuns.RUN, code, "why", null, List.of(), Map.of()));

      assertEquals(expected, run("compose", "review.js", "--allow-losses"));
    }

    @Test
    void callACancelledRunCancelledD50() {
      var message = "The run was cancelled by ada.";
      runs =
          ending(
              new RunResult.Failed(
                  ScriptedRuns.RUN, "cancelled", message, null, List.of(), Map.of()));

      assertEquals(ExitCode.FAILURE, run("compose", "review.js", "--json"));

      assertTrue(streams.out().contains("\"status\":\"cancelled\""), streams.out());
      assertTrue(
          streams
              .err()
              .contains("→ mimo runs resume " + ScriptedRuns.RUN + " --continue goes on all"),
          streams.err());
    }

    @Test
    void tellAResultThatItsFileCannotTakeAndShowIt() {
      var file = folder.resolve("review.js").resolve("RESULT.md");
      runs =
          ending(new RunResult.Completed(ScriptedRuns.RUN, "\"all is well\"", List.of(), Map.of()))
              .into(file);

      assertEquals(ExitCode.FAILURE, run("compose", "review.js"));

      assertEquals("all is well\n", streams.out());
      assertTrue(
          streams.err().contains("MIMO-625 output_failed: cannot write the result to " + file),
          streams.err());
      assertTrue(
          streams.err().contains("\n→ see the result: mimo runs show " + ScriptedRuns.RUN + "\n"),
          streams.err());
    }

    @Test
    void tellAStandardOutputThatTakesNothing() {
      var full =
          new OutputStream() {
            @Override
            public void write(int single) throws IOException {
              throw new IOException("No space left on device");
            }
          };
      var usual = streams.terminal(Channel.PIPE, Channel.PIPE);
      var terminal =
          new Terminal(
              new PrintStream(full, false, StandardCharsets.UTF_8),
              Channel.PIPE,
              usual.err(),
              Channel.PIPE);

      assertEquals(
          ExitCode.FAILURE, new MimoCommand(setting(terminal)).run(List.of("workflows", "list")));

      assertTrue(
          streams.err().startsWith("MIMO-625 output_failed: standard output cannot be written"),
          streams.err());
    }

    @Test
    void tellAnInterruptAndHowToGoOn() {
      runs = new ScriptedRuns(List.of(), Histories.interrupted(), null);
      interrupts = ScriptedInterrupts.AT_ONCE;

      assertEquals(ExitCode.INTERRUPTED, run("compose", "review.js"));

      assertTrue(streams.err().contains("→ mimo runs resume 7f3a00000001\n"), streams.err());
      assertEquals("", streams.out());
    }
  }

  @Nested
  class Defects {

    @Test
    void areToldWithThePlaceWhereTheyHappened() {
      var terminal = streams.terminal(out, Channel.PIPE);
      var trust = Admissions.real(folder, terminal);
      var setting =
          new Setting(
              terminal,
              environment,
              InstantSource.system(),
              () -> WindowSize.USUAL,
              interrupts,
              new Scripts(folder, folder.resolve("own"), new OneBuiltin(), trust),
              trust,
              new SandboxSwitch(),
              () -> {
                throw new IllegalStateException("no store");
              },
              () -> inspection,
              () -> background,
              Commands.noSession(),
              Commands.noServers(),
              Commands.noMemory());

      assertEquals(ExitCode.FAILURE, new MimoCommand(setting).run(List.of("runs", "list")));

      var told = "MIMO-900 internal: java.lang.IllegalStateException: no store (at mimo.cli.";
      assertTrue(streams.err().startsWith(told), streams.err());
    }
  }

  private static ScriptedRuns ending(@Nullable RunResult result) {
    return new ScriptedRuns(List.of(), Histories.completedWithLosses(), result);
  }

  private ExitCode run(String... words) {
    var setting = setting(streams.terminal(out, Channel.PIPE));
    return new MimoCommand(setting).run(List.of(words));
  }

  private Setting setting(Terminal terminal) {
    var trust = Admissions.real(folder, terminal);
    return new Setting(
        terminal,
        environment,
        InstantSource.fixed(Instant.parse("2026-11-22T17:10:43.120Z")),
        () -> WindowSize.USUAL,
        interrupts,
        new Scripts(folder, folder.resolve("own"), new OneBuiltin(), trust),
        trust,
        new SandboxSwitch(),
        () -> runs,
        () -> inspection,
        () -> background,
        Commands.noSession(),
        Commands.noServers(),
        Commands.noMemory());
  }
}
