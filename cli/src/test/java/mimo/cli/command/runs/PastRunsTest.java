package mimo.cli.command.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.Histories;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedRuns;
import org.junit.jupiter.api.Test;

/// Runs of the past, as commands list, show and take them up.
final class PastRunsTest {

  private static Commands over(ScriptedRuns runs) {
    return new Commands(new ScriptedInspection())
        .over(runs)
        .at(Instant.parse("2026-11-22T17:10:43.120Z"));
  }

  private static ScriptedRuns completed() {
    return new ScriptedRuns(
        List.of(), Histories.completedWithLosses(), Histories.completedResult());
  }

  private static String shown(String... words) {
    var mimo = over(new ScriptedRuns(Histories.completedWithLosses(), List.of(), null));
    assertEquals(ExitCode.OK, mimo.run(words));
    return mimo.out();
  }

  @Test
  void areListed() {
    var text = over(completed());
    assertEquals(ExitCode.OK, text.run("runs", "list"));
    Golden.assertMatches("runs-list.txt", text.out());

    var json = over(completed());
    json.run("runs", "list", "--json");
    Golden.assertMatches("runs-list.json", json.out());
  }

  @Test
  void sayTheVersionOfTheirFormOnEveryLineD55() {
    var listed = shown("runs", "list", "--format", "stream-json").lines().toList();

    assertTrue(listed.size() > 1, listed.toString());
    assertEquals(
        List.of(), listed.stream().filter(line -> !line.startsWith("{\"v\":1,\"run\":")).toList());
  }

  @Test
  void areShownByAPrefixOfTheirId() {
    Golden.assertMatches("show-completed.txt", shown("runs", "show", "7f3a"));
    Golden.assertMatches("events.jsonl", shown("runs", "show", "7f3a", "--format", "stream-json"));
    Golden.assertMatches("show.json", shown("runs", "show", "7f3a", "--json"));
  }

  @Test
  void areTakenUpWithWhatTheyAlreadyDid() {
    var all = Histories.completedWithLosses();
    var mimo =
        over(
            new ScriptedRuns(
                all.subList(0, 10), all.subList(10, all.size()), Histories.completedResult()));

    assertEquals(ExitCode.OK, mimo.run("runs", "resume", "7f3a", "--allow-losses"));

    Golden.assertMatches("resume-err.txt", mimo.err());
  }

  @Test
  void tellTheirIdWhenTheyCannotBeTakenUp() {
    var mimo = over(completed().refusing("run_ended", "it ended already"));

    assertEquals(ExitCode.FAILURE, mimo.run("runs", "resume", "7f3a"));

    assertEquals(
        "MIMO-643 run_ended: it ended already\n"
            + "→ ask again only what failed or was edited: mimo runs resume 7f3a00000001"
            + " --continue\n",
        mimo.err());
  }

  @Test
  void areUnknownByAnotherPrefix() {
    var mimo = over(completed());

    assertEquals(ExitCode.USAGE, mimo.run("runs", "show", "abcd"));

    assertEquals(
        """
        MIMO-640 run_unknown: no run's id begins with 'abcd'
        → mimo runs list shows the runs there are.
        """,
        mimo.err());
  }
}
