package mimo.cli.command.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.provider.Price;
import mimo.agent.session.SessionAbout;
import mimo.agent.session.SessionAbout.Child;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.TalkStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `mimo run --goal` (G1, G2, A67). Here an agent is sent back once.
@Timeout(60)
final class GoalRunTest {

  private static final String UNMET =
      "{\"ok\":false,\"impossible\":false,\"reason\":\"no test was run\",\"evidence\":[]}";
  private static final String MET =
      "{\"ok\":true,\"impossible\":false,\"reason\":\"the check says so\","
          + "\"evidence\":[\"exit code 0\"]}";

  private @TempDir Path home;
  private TalkStage stage;

  @BeforeEach
  void setStage() throws IOException {
    stage = new TalkStage(home);
    Files.writeString(stage.folder().resolve("out.txt"), "all green");
  }

  private ExitCode run(String... more) throws InterruptedException {
    var words = new ArrayList<>(List.of("mend", "it", "--goal", "the tests pass"));
    words.addAll(List.of(more));
    return stage.run(words.toArray(String[]::new));
  }

  private String session() throws InterruptedException {
    stage.command(SessionsList::new);
    return stage.out().substring(0, 12);
  }

  private void assertHas(String expected, String text) {
    assertTrue(text.contains(expected), text);
  }

  @Test
  void checksAndJudgeAgreeAndTheExitIsNoughtG7() throws Exception {
    stage.model.says("mended");
    stage.judge.says(MET);

    assertEquals(ExitCode.OK, run("--check", "out.txt says green"));

    assertEquals("mended\n", stage.out());
    assertHas("met: the check says so", stage.err());
  }

  @Test
  void aGoalThatIsNotMetIsExitFourAndSaysWhyG7() throws Exception {
    stage.model.says("mended").says("mended, really");

    assertEquals(ExitCode.GOAL, run("--check", "out.txt says blue"));

    assertEquals("", stage.out());
    assertHas("goal_not_met", stage.err());
    assertHas("the check 'out.txt says blue' failed:\nall green\n(exit code 1)", stage.err());
    assertEquals(List.of(), stage.judge.requests(), "no judge is paid");
  }

  @Test
  void aGoalNobodyCouldJudgeIsExitFourAndTheStateIsInTheOutputG6() throws Exception {
    stage.model.says("mended");
    stage.judge.says("sure").says("of course").says("it is met");

    assertEquals(ExitCode.GOAL, run("--json"));

    assertHas("\"state\":\"unverified\"", stage.out());
    assertHas("\"exit\":4", stage.out());
  }

  @Test
  void aRefusedCallGoesBeforeAGoalThatIsNotMetA68() throws Exception {
    stage.model.calls("a", "read", "{\"file_path\":\".env\"}").says("I may not.").says("Still.");
    stage.judge.says(UNMET).says(UNMET);

    assertEquals(ExitCode.DENIED, run());
  }

  @Test
  void checksWithoutAGoalAreAMistakeG1() throws Exception {
    assertEquals(ExitCode.USAGE, stage.run("mend", "it", "--check", "true"));

    assertHas("--check and --allow-test-changes go with --goal", stage.err());
  }

  @Test
  void testsMayChangeOnlyWhereTheUserSaysSoG9() throws Exception {
    Files.createDirectories(stage.folder().resolve("tests"));
    stage.withTools("write", "read");
    for (var said : List.of(List.<String>of(), List.of("--allow-test-changes"))) {
      Files.writeString(stage.folder().resolve("tests/out.txt"), "never green");
      stage
          .model
          .calls("a", "read", "{\"file_path\":\"tests/out.txt\"}")
          .calls("b", "write", "{\"file_path\":\"tests/out.txt\",\"content\":\"weak\"}")
          .says("mended");
      stage.judge.says(MET.replace("exit code 0", "never green"));
      if (said.isEmpty()) {
        stage.model.says("mended");
        stage.judge.says(MET.replace("exit code 0", "never green"));
      }

      var exit = run(said.toArray(String[]::new));

      assertEquals(said.isEmpty() ? ExitCode.GOAL : ExitCode.OK, exit, stage.err());
      assertEquals("weak", Files.readString(stage.folder().resolve("tests/out.txt")));
    }
  }

  @Test
  void aSecretInACheckIsRefusedBeforeAnythingIsAskedA61() throws Exception {
    assertEquals(ExitCode.USAGE, run("--check", "login " + TalkStage.SECRET));

    assertHas("a check holds a secret, which is not written down", stage.err());
    assertEquals(List.of(), stage.model.requests());
  }

  @Test
  void aGoalFromBeforeIsJudgedOnlyByWhomACostIsKnownOfA70() throws Exception {
    stage.model.says("mended").says("mended");
    stage.judge.says(UNMET).says(UNMET);
    run();

    stage.judgedAt(null);

    assertEquals(ExitCode.USAGE, stage.run("go on", "--continue", "--max-cost", "1"));
    assertHas(
        "--max-cost is given, but nobody said what the judge scripted/judge costs", stage.err());
    stage.judgedAt(Price.FREE);
  }

  @Test
  void inAnotherFolderTheGoalIsClearedAndTheUserToldD69() throws Exception {
    stage.model.says("mended").says("mended");
    run("--check", "out.txt says blue");
    var id = session();
    stage.in("other").model.says("hello there");

    assertEquals(ExitCode.OK, stage.run("go on", "--session", id, "--fork"));

    assertHas("The goal of this session was set for another folder", stage.err());
    assertEquals("hello there\n", stage.out());
  }

  @Test
  void aGoalCanBeShownAndClearedFromOutsideG1() throws Exception {
    stage.model.says("mended").says("mended");
    run("--check", "out.txt says blue");
    var id = session();

    assertEquals(ExitCode.OK, stage.command(GoalCommand::new, "show"));
    assertEquals(
        """
        Goal: the tests pass
        not met: the check 'out.txt says blue' failed: all green (exit code 1) (checked, sent back\
         1 of 1)
        check: out.txt says blue
        """,
        stage.out().replace("\n(exit", " (exit").replace("failed:\n", "failed: "));
    stage.command(GoalCommand::new, "show", "--json");
    assertHas("\"state\":\"not_met\"", stage.out());
    stage.command(GoalCommand::new, "clear", id);
    assertEquals("The goal of session " + id + " is cleared.\n", stage.out());
    stage.command(GoalCommand::new, "clear", id, "--json");
    assertEquals("{\"v\":1,\"session\":\"" + id + "\",\"cleared\":false}\n", stage.out());
  }

  @Test
  void whereNoSessionWasHadYetTheWayToOneIsToldG1() {
    var none =
        assertThrows(
            CommandException.class, () -> stage.command(GoalCommand::new, "show", "--json"));

    assertEquals("session_none", none.failure().code());
    assertTrue(
        ErrorTable.load().find("session_none").remedyForSession(null).startsWith("mimo run \"…\""));
  }

  @Test
  void theGoalOfTheSessionUsedLastIsNeverThatOfASubagentG1() throws Exception {
    stage.model.says("mended").says("mended");
    run("--check", "out.txt says blue");
    var id = session();
    stage.clock.advance(Duration.ofMinutes(1));
    var about = new SessionAbout(stage.guard().root().toString(), "look");
    try (var sessions = stage.sessions();
        var own =
            sessions.create(
                about.with(new Child(id, "A1", "explore", "scripted/model", true)).json())) {
      own.keep();
    }

    stage.command(GoalCommand::new, "show", "--json");

    assertHas("\"session\":\"" + id + "\"", stage.out());
  }

  @Test
  void aGoalThatWasClearedIsShownAsClearedG7() throws Exception {
    stage.model.says("mended").says("mended");
    run("--check", "out.txt says blue");
    var id = session();

    stage.command(GoalCommand::new, "clear", id, "--json");
    assertEquals(
        "{\"v\":1,\"session\":\"" + id + "\",\"cleared\":true,\"state\":\"cleared\"}\n",
        stage.out());

    stage.command(GoalCommand::new, "show", id);
    assertEquals(
        "Goal: the tests pass\ncleared: it is set no longer\ncheck: out.txt says blue\n",
        stage.out());
    stage.command(GoalCommand::new, "show", id, "--json");
    assertHas("\"state\":\"cleared\",\"reason\":\"it is set no longer\"", stage.out());
    stage.command(SessionsShow::new, id);
    assertHas("Goal: the tests pass\ncleared: it is set no longer", stage.out());
  }

  @Test
  void theFirstTurnAfterAGoalWasClearedSaysSoOnceAndEndsAsWithoutOneG7() throws Exception {
    stage.model.says("mended").says("mended").says("free again").says("and again");
    run("--check", "out.txt says blue");
    stage.command(GoalCommand::new, "clear");

    assertEquals(ExitCode.OK, stage.run("go on", "--continue", "--format", "stream-json"));
    assertHas("\"type\":\"goal_end\",\"status\":\"ok\",\"state\":\"cleared\"", stage.out());
    assertHas("\"goal\":{\"state\":\"cleared\",\"reason\":\"it is set no longer\"", stage.out());
    assertHas("\"exit\":0", stage.out());

    assertEquals(ExitCode.OK, stage.run("go on", "--continue", "--json"));
    assertFalse(stage.out().contains("cleared"), stage.out());
    assertEquals(List.of(), stage.judge.requests());
  }

  @Test
  void aTurnThatEndedUnmetGoesOnToItsEndOnceTheGoalIsClearedG7() throws Exception {
    stage.model.says("mended").says("mended, as I said");
    run("--check", "out.txt says blue");
    stage.command(GoalCommand::new, "clear");

    assertEquals(ExitCode.OK, stage.run("--continue"));

    assertEquals("mended, as I said\n", stage.out());
    assertHas("goal    cleared: it is set no longer\n", stage.err());
    assertEquals(2, stage.model.requests().size());
  }

  @Test
  void aTurnThatNoJudgeCouldTellOfIsJudgedAnewByContinueG6() throws Exception {
    stage.model.says("mended");
    stage.judge.says("sure").says("of course").says("it is met");
    assertEquals(ExitCode.GOAL, run("--check", "out.txt says green"));

    stage.judge.says(MET);

    assertEquals(ExitCode.OK, stage.run("--continue"));
    assertEquals("mended\n", stage.out());
    assertHas(
        "notice  no judge could tell last time: checks and judge are asked anew", stage.err());
    assertHas("met: the check says so", stage.err());
    assertEquals(1, stage.model.requests().size());
  }
}
