package mimo.cli.command.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import mimo.agent.ConversationBudget;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.cli.command.SandboxSwitch;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Golden;
import mimo.cli.testing.ScriptedInterrupts;
import mimo.cli.testing.TalkStage;
import mimo.cli.trust.Trust;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `mimo run` (A65 to A70).
@Timeout(60)
final class RunCommandTest {

  private static final String NUMBER = "{\"type\":\"integer\"}";

  private @TempDir Path home;
  private TalkStage stage;

  @BeforeEach
  void setStage() throws IOException {
    stage = new TalkStage(home);
    Files.writeString(stage.folder().resolve("a.txt"), "first line\n");
  }

  private String lastAsked() {
    var messages = stage.model.requests().getLast().messages();
    return messages.getLast() instanceof Message.User(var text) ? text : messages.toString();
  }

  private String session() throws InterruptedException {
    stage.command(SessionsList::new);
    return stage.out().substring(0, 12);
  }

  @Test
  void stdoutHoldsTheAnswerAloneA67() throws Exception {
    stage
        .model
        .replies(
            Finish.TOOL_CALLS,
            new Content.Text("Let me look. "),
            new Content.ToolCall("a", "read", "{\"file_path\":\"a.txt\"}"))
        .calls("b", "read", "{\"file_path\":\"b.txt\"}")
        .says("It says: first line.");

    assertEquals(ExitCode.OK, stage.run("what", "is in a.txt?"));

    assertEquals("It says: first line.\n", stage.out());
    Golden.assertMatches("run-err.txt", stage.err().replaceAll("\\d+ ms", "N ms"));
    assertEquals("what is in a.txt?", ((Message.User) firstMessage()).text());
  }

  private Message firstMessage() {
    return stage.model.requests().getFirst().messages().getFirst();
  }

  @Test
  void aTerminalShowsTheWordsAsTheyComeAndHarmless() throws Exception {
    stage.model.streams("one\u001b[31m ", "\ud83d", "\ude00 two");

    stage.watched().run("speak");

    assertEquals("one␛[31m \ud83d\ude00 two\n", stage.out());
  }

  @Test
  void whatBrokeOffIsMarkedOnATerminal() throws Exception {
    stage.model.breaksAfter("half").says("whole");

    stage.watched().run("speak");

    assertEquals("half\nwhole\n", stage.out());
    assertTrue(stage.err().contains("notice  the reply broke off"), stage.err());
  }

  @Test
  void oneObjectAndOneEventALineA65() throws Exception {
    stage.priced(new Price(1_000_000, 2_000_000, 0));
    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}").streams("It ", "says.");
    stage.run("look", "--json");
    Golden.assertMatches("run.json", stage.out());

    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}").streams("It ", "says.");
    stage.run("look", "--format", "stream-json", "--quiet");

    Golden.assertMatches("run.jsonl", stage.out().replaceAll("\"ms\":\\d+", "\"ms\":0"));
    assertEquals("", stage.err());
  }

  @Test
  void anAnswerWithAShapeIsOneJsonValueOrNothingA66() throws Exception {
    stage.model.says("prose").calls("a", "answer", "{\"value\":7}");
    assertEquals(ExitCode.OK, stage.run("count", "--output-schema", NUMBER));
    assertEquals("7\n", stage.out());

    Files.writeString(stage.folder().resolve("schema.json"), NUMBER);
    stage.model.says("no").says("never").says("not at all");
    assertEquals(ExitCode.FAILURE, stage.run("count", "--output-schema", "schema.json"));
    assertEquals("", stage.out());
    assertTrue(stage.err().contains("MIMO-615 schema_exhausted"), stage.err());

    stage.model.calls("a", "answer", "{\"value\":8}");
    stage.run("count", "--json", "--output-schema", NUMBER);
    assertTrue(stage.out().contains("\"text\":null,\"result\":8,"), stage.out());
  }

  @Test
  void goesOnWithTheSessionUsedLast() throws Exception {
    stage.model.says("one").says("two").says("three").says("four");
    stage.run("first");
    var id = session();
    stage.clock.advance(Duration.ofMinutes(1));
    stage.run("other");
    stage.clock.advance(Duration.ofMinutes(1));

    stage.run("--session", id.substring(0, 4), "second");
    stage.clock.advance(Duration.ofMinutes(1));
    stage.run("--continue", "third");

    assertEquals("four\n", stage.out());
    var asked =
        stage.model.requests().getLast().messages().stream()
            .filter(Message.User.class::isInstance)
            .toList();
    assertEquals(
        List.of(new Message.User("first"), new Message.User("second"), new Message.User("third")),
        asked);
  }

  @Test
  void aForkLeavesTheSessionAsItIsA15() throws Exception {
    stage.model.says("one").says("two").says("three");
    stage.run("first");
    var id = session();

    stage.run("--session", id, "--fork", "second");
    stage.run("--session", id, "third");

    assertFalse(stage.model.requests().getLast().messages().toString().contains("second"));
  }

  @Test
  void standardInputAndFilesGoWithThePrompt() throws Exception {
    stage.model.says("ok");

    stage.piped("from a pipe\n").run("look", "--file", "a.txt");

    assertEquals(
        "look\n\nfrom a pipe\n\n\n<attached name=\"a.txt\">\nfirst line\n\n</attached>",
        lastAsked());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../secret.txt|MIMO-401 path_escape",
        "/etc/passwd|MIMO-401 path_escape",
        "b.txt|MIMO-316 file_unreadable: 'b.txt' is not there",
        ".|MIMO-316 file_unreadable: '.' is a folder",
        "binary|MIMO-316 file_unreadable: 'binary' is not UTF-8 text",
        "large|MIMO-316 file_unreadable: 'large' has more than 262144 bytes",
      })
  void whatCannotBeGivenAlongIsToldBeforeAnythingIsAskedS26(String path, String message)
      throws Exception {
    Files.write(stage.folder().resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    Files.write(stage.folder().resolve("large"), new byte[300_000]);

    assertEquals(ExitCode.FAILURE, stage.run("look", "--file", path));

    assertTrue(stage.err().startsWith(message), stage.err());
    assertEquals(List.of(), stage.model.requests());
    assertFalse(Files.exists(stage.store()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "provider_access|1",
        "provider_credit|1",
        "model_unknown|1",
        "usage_limit|75",
        "provider_error|1",
        "context_overflow|1",
        "cassette_exhausted|1",
      })
  void anEndWithoutAnAnswerHasItsExitCodeA67(String code, int exit) throws Exception {
    stage.model.fails(code, "because");

    assertEquals(exit, stage.run("try").number());

    assertEquals("", stage.out());
    assertTrue(stage.err().contains(code + ": because"), stage.err());
    assertFalse(stage.err().contains("runs resume"), stage.err());
  }

  @Test
  void whatNobodyAllowedInTheLastStepWithToolsIsAnExitOfItsOwnA68() throws Exception {
    stage.model.calls("a", "read", "{\"file_path\":\".env\"}").says("I may not.");

    assertEquals(ExitCode.DENIED, stage.run("try", "--json"));

    assertTrue(stage.out().contains("\"text\":\"I may not.\""), stage.out());
    assertTrue(stage.out().contains("\"exit\":6"), stage.out());
  }

  @Test
  void whatWasRefusedBeforeTheLastStepWithToolsIsNoneA68() throws Exception {
    stage
        .model
        .calls("a", "read", "{\"file_path\":\".env\"}")
        .calls("b", "read", "{\"file_path\":\"a.txt\"}")
        .says("Here it is.");

    assertEquals(ExitCode.OK, stage.run("try"));
  }

  @Test
  void everyRefusalCountsForTheStrictA67() throws Exception {
    stage
        .model
        .calls("a", "read", "{\"file_path\":\".env\"}")
        .calls("b", "read", "{\"file_path\":\"a.txt\"}")
        .says("Here it is.");

    assertEquals(ExitCode.DENIED, stage.run("try", "--strict"));
  }

  @Test
  void aRefusalGoesBeforeAFailureAndNotBeforeALimitA68() throws Exception {
    stage.model.calls("a", "read", "{\"file_path\":\".env\"}").fails("provider_error", "because");
    assertEquals(ExitCode.DENIED, stage.run("try"));

    stage.model.calls("a", "read", "{\"file_path\":\".env\"}").fails("usage_limit", "because");
    assertEquals(ExitCode.PARKED, stage.run("try"));
  }

  @Test
  void trustsTheRepositoryForThisProcessIfToldSoA57() throws Exception {
    var script = stage.folder().resolve(".mimocode/workflows/x.js");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "x");
    var trust = new AtomicReference<Trust>();
    Function<Setting, Subcommand> run =
        setting -> {
          trust.set(setting.trust());
          return new RunCommand(setting, InputStream.nullInputStream());
        };

    stage.model.says("one").says("two");
    stage.command(run, "try");
    assertFalse(trust.get().admitted(stage.folder()).test(script, "x"));
    stage.command(run, "try", "--trust");
    assertTrue(trust.get().admitted(stage.folder()).test(script, "x"));
  }

  @Test
  void switchesTheSandboxOffForThisProcessIfToldSoA61() throws Exception {
    var sandbox = new AtomicReference<SandboxSwitch>();
    Function<Setting, Subcommand> run =
        setting -> {
          sandbox.set(setting.sandbox());
          return new RunCommand(setting, InputStream.nullInputStream());
        };

    stage.model.says("one").says("two").says("three");
    stage.command(run, "try");
    assertFalse(sandbox.get().isOff());
    stage.command(run, "--", "--no-sandbox");
    assertFalse(sandbox.get().isOff());
    stage.command(run, "try", "--no-sandbox");
    assertTrue(sandbox.get().isOff());
  }

  @Test
  void turnsAndMoneyUsedUpAreAnExitOfTheirOwnA7() throws Exception {
    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}");
    assertEquals(ExitCode.BUDGET, stage.run("try", "--max-turns", "1"));

    stage.priced(new Price(1_000_000, 1_000_000, 0));
    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}");
    assertEquals(ExitCode.BUDGET, stage.run("try", "--max-cost", "0.00005"));
    assertTrue(stage.err().contains("what is left does not pay for another request"), stage.err());
    assertEquals(1, stage.model.requests().size(), "and none was sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-requests 1", "--max-tokens 10"})
  void aBudgetThatIsUsedUpIsExitFiveAndMoreOfItGoesOnLG1(String words) throws Exception {
    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}");
    var budget = words.split(" ", -1);

    assertEquals(ExitCode.BUDGET, stage.run("try", budget[0], budget[1], "--json"));

    assertTrue(stage.out().contains("\"name\":\"budget\""), stage.out());
    assertTrue(stage.out().contains("\"exit\":5"), stage.out());
    assertEquals(1, stage.model.requests().size());
    stage.model.says("done");
    assertEquals(ExitCode.OK, stage.run("--continue", budget[0], budget[1] + "0"));
    assertEquals("done\n", stage.out());
  }

  @Test
  void aConfiguredBudgetHoldsUnlessTheCommandSaysAnotherLG1() throws Exception {
    var one =
        new ConversationBudget(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(1), null);
    stage.spending(one).model.calls("a", "read", "{\"file_path\":\"a.txt\"}");

    assertEquals(ExitCode.BUDGET, stage.run("try"));
    assertTrue(stage.err().contains("the budget of requests is used up"), stage.err());

    stage.model.says("done");
    assertEquals(ExitCode.OK, stage.run("--continue", "--max-requests", "5"));
  }

  @Test
  void aModelThatIsSilentIsLeftWhenTheTimeIsOverLG1() throws Exception {
    stage.model.hangs();

    assertEquals(ExitCode.BUDGET, stage.run("try", "--timeout", "1s"));

    assertTrue(stage.err().contains("the budget of time is used up"), stage.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--quiet|say what to do: mimo run MSG",
        "--fork x|--fork goes with --continue or --session",
        "--continue --session 7f3a x|--continue and --session contradict",
        "--max-turns 201 x|--max-turns is a whole number from 1 to 200; found '201'",
        "--max-cost much x|--max-cost is an amount of US dollars such as 0.50; found 'much'",
        "--max-cost 0 x|--max-cost is an amount of US dollars such as 0.50; found '0'",
        "--max-cost 0.0 x|--max-cost is an amount of US dollars such as 0.50; found '0.0'",
        "--max-tokens few x|--max-tokens is a number of tokens such as 200k; found 'few'",
        "--max-requests 0 x|--max-requests is a whole number from 1 to 100000; found '0'",
        "--timeout 5 x|--timeout is a time such as 90m, 12h or 2d, at most 366 days; found '5'",
      })
  void badWordsAreToldA67(String words, String message) throws Exception {
    assertEquals(ExitCode.USAGE, stage.run(words.split(" ", -1)));

    assertEquals("MIMO-100 usage: " + message, stage.err().lines().findFirst().orElse(""));
  }

  @Test
  void whatCannotBeMeantIsAnErrorBeforeAnythingIsWritten() throws Exception {
    assertEquals(ExitCode.USAGE, stage.run("x", "--continue"));
    assertTrue(stage.err().startsWith("MIMO-526 session_none: there is no session in"));
    assertEquals(ExitCode.USAGE, stage.run("x", "--agent", "explor"));
    assertTrue(stage.err().contains("did you mean 'explore'?"), stage.err());
    assertEquals(ExitCode.USAGE, stage.run("x", "--model", "no/such"));
    assertEquals(ExitCode.USAGE, stage.run("x", "--output-schema", "{\"type\":7}"));
    assertEquals(ExitCode.USAGE, stage.priced(null).run("x", "--max-cost", "1"));
    assertTrue(stage.err().startsWith("MIMO-105 price_unknown"), stage.err());
    assertFalse(Files.exists(stage.store()));
  }

  @Test
  void aFailureIsAnObjectTooWhereOneIsWanted() throws Exception {
    stage.run("x", "--session", "ffff", "--json");

    Golden.assertMatches("run-failed.json", stage.out());
  }

  @Test
  void anInterruptEndsTheTurnWhichCanGoOnA70() throws Exception {
    stage.interrupted(ScriptedInterrupts.AT_ONCE).model.hangs();

    assertEquals(ExitCode.INTERRUPTED, stage.run("work"));

    assertTrue(stage.err().contains("MIMO-523 turn_interrupted"), stage.err());
    var again = new TalkStage(home);
    again.model.says("done");
    assertEquals(ExitCode.OK, again.run("--continue"));
    assertEquals("done\n", again.out());
    assertEquals(ExitCode.USAGE, again.run("--continue"));
    assertTrue(again.err().contains("there is nothing to go on with"), again.err());
  }

  @Test
  void aRefusedKeyIsMendedAndTheTurnGoesOn() throws Exception {
    stage.model.fails("provider_access", "401").says("welcome");
    stage.run("hello");
    assertTrue(stage.err().contains("→ check the key, then: mimo run --session "), stage.err());

    assertEquals(ExitCode.OK, stage.run("--session", session()));

    assertEquals("welcome\n", stage.out());
    assertEquals("hello", lastAsked());
  }

  @Test
  void aUsageLimitIsWaitedForOnlyWhenAskedA83() throws Exception {
    var until = ManualClock.START.plusSeconds(600);
    stage.model.limits(until).says("after all");
    assertEquals(ExitCode.PARKED, stage.run("work", "--json"));
    assertTrue(stage.out().contains("\"until\":\"" + until + "\""), stage.out());
    assertTrue(stage.out().contains("\"status\":\"parked\""), stage.out());
    assertTrue(stage.err().contains("→ that is at " + until), stage.err());

    stage.model.limits(until).says("in the end");
    var looks = new int[1];
    stage.at(() -> looks[0]++ < 2 ? ManualClock.START : until);
    stage.model.says("unused");
    assertEquals(ExitCode.OK, stage.run("--continue", "--wait"));
    assertEquals("after all\n", stage.out());
    assertEquals(ExitCode.OK, stage.run("work", "--wait"));
    assertEquals("in the end\n", stage.out());
    assertTrue(stage.err().contains("waits   until " + until), stage.err());
  }

  @Test
  void anotherFolderGoesOnWithACopyOnly() throws Exception {
    stage.model.says("one").says("two");
    stage.run("first");
    var id = session();
    Files.move(stage.folder(), home.resolve("elsewhere"));
    var moved = new TalkStage(home).seeded(8);
    Files.createDirectories(home.resolve("other"));
    Files.delete(moved.folder());
    Files.createSymbolicLink(home.resolve("workspace"), home.resolve("other"));

    assertEquals(ExitCode.USAGE, moved.run("--session", id, "second"));
    assertTrue(moved.err().startsWith("MIMO-525 session_elsewhere"), moved.err());
    moved.model.says("copied");
    assertEquals(ExitCode.OK, moved.run("--session", id, "--fork", "second"));
    moved.model.says("third");
    assertEquals(ExitCode.OK, moved.run("--continue", "third"));
  }

  @Test
  void aSecretOfThePromptTheToolsOrTheAnswerIsInNoStoredByteS62() throws Exception {
    var secret = TalkStage.SECRET;
    Files.writeString(stage.folder().resolve("a.txt"), secret);
    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}").says("it is " + secret);

    stage.run("what is " + secret + "?");

    assertFalse(stage.model.requests().toString().contains(secret));
    try (var files = Files.walk(home.resolve("data"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(secret), file.toString());
      }
    }
  }
}
