package mimo.cli.command.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.Histories;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands about runs that other processes work on (D45).
final class SteeringTest {

  private final ScriptedRuns runs =
      new ScriptedRuns(
          Histories.completedWithLosses().subList(0, 6),
          Histories.completedWithLosses().subList(6, Histories.completedWithLosses().size()),
          null);
  private final Commands mimo = new Commands(new ScriptedInspection()).over(runs);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "pause 7f3a ~ run 7f3a00000001: paused",
        "cancel 7f3a ~ run 7f3a00000001: cancelled",
        "stop-agent 7f3a 12 ~ run 7f3a00000001: stopped",
        "retry-agent 7f3a #12 ~ run 7f3a00000001: begun anew",
        "pause 7f3a --json ~ {\"v\":1,\"run\":\"7f3a00000001\",\"request\":\"pause\",\"done\":true}"
      })
  void saysWhatBecameOfARequestD45(String words, String told) {
    var exit = mimo.run(("runs " + words).split(" ", -1));

    assertEquals(ExitCode.OK, exit, mimo.err());
    assertEquals(told + "\n", mimo.out());
  }

  @Test
  void asksForWhatTheWordsSayD45() {
    mimo.run("runs", "pause", "7f3a");
    mimo.run("runs", "cancel", "7f3a");
    mimo.run("runs", "stop-agent", "7f3a", "12");
    mimo.run("runs", "retry-agent", "7f3a", "3");

    assertEquals(
        List.of(
            new ControlRequest.Pause(),
            new ControlRequest.Cancel(),
            new ControlRequest.StopAgent(0, 12),
            new ControlRequest.RetryAgent(0, 3)),
        runs.requests());
  }

  @Test
  void saysThatARequestWaitsWhoseOwnerHasNotActedOnItD45() {
    runs.answering(new ControlOutcome.Open());

    var exit = mimo.run("runs", "pause", "7f3a");

    assertEquals(ExitCode.OK, exit);
    assertEquals("run 7f3a00000001: pause is asked for\n", mimo.out());
    assertEquals(
        "whoever works on the run has not acted on it yet; it is stored, and done then\n",
        mimo.err());
  }

  @Test
  void refusesWhatComesTooLateD46() {
    runs.answering(new ControlOutcome.Refused("delivered", "too late: mimo runs fork 7f3a --at 3"));

    var exit = mimo.run("runs", "retry-agent", "7f3a", "3");

    assertEquals(ExitCode.FAILURE, exit);
    assertEquals(
        """
        MIMO-672 delivered: too late: mimo runs fork 7f3a --at 3
        → let another run ask again from that step on, as the message says.
        """,
        mimo.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "stop-agent 7f3a twelve ~ STEP is an agent's number; found 'twelve'",
        "stop-agent 7f3a 0 ~ STEP is an agent's number; found '0'",
        "watch 7f3a --from 3 ~ --from is an event's id, such as 7f3a90b1c2d4:0:41; found '3'",
        "watch 7f3a --format stream-json --from 0a1b2c3d4e5f:0:1 ~ --from names an event of run"
            + " 0a1b2c3d4e5f, which is not watched",
        "watch 7f3a --format stream-json --from 7f3a00000001:0:999 ~ --from: run 7f3a00000001 has"
            + " no event 999; its last one is 6",
        "watch 7f3a --from 7f3a00000001:0:3 ~ --from goes with --format stream-json",
        "logs 7f3a --follow --json ~ --json prints one object at the end; --follow goes with"
            + " stream-json",
        "list --status runing ~ --status is one of running, parked, paused, interrupted, completed,"
            + " failed, cancelled, damaged; found 'runing'; did you mean 'running'?"
      })
  void refusesWhatItCannotUnderstand(String words, String told) {
    var exit = mimo.run(("runs " + words).split(" ", -1));

    assertEquals(ExitCode.USAGE, exit);
    assertTrue(mimo.err().startsWith("MIMO-100 usage: " + told + "\n"), mimo.err());
  }

  @Test
  void watchesARunOfAnotherProcessToItsEndAndEndsAsItD45() {
    var exit = mimo.run("runs", "watch", "7f3a");

    assertEquals(ExitCode.LOSSES, exit);
    Golden.assertMatches("watch-err.txt", mimo.err());
    Golden.assertMatches("watch-out.txt", mimo.out());
  }

  @Test
  void streamsTheSameEventsAsTheRunsOwnProcessD55() {
    mimo.run("runs", "watch", "7f3a", "--format", "stream-json");

    var lines = mimo.out().lines().toList();
    var events = lines.subList(0, lines.size() - 1);
    assertEquals(Golden.read("events.jsonl").lines().toList(), events);
    assertTrue(lines.getLast().startsWith("{\"v\":1,\"type\":\"result\","), lines.getLast());
  }

  @Test
  void goesOnAfterAnEventThatIsNamedByItsIdD55() {
    mimo.run("runs", "watch", "7f3a", "--format", "stream-json", "--from", "7f3a00000001:0:6");

    var all = Golden.read("events.jsonl").lines().toList();
    var lines = mimo.out().lines().toList();
    assertEquals(all.subList(6, all.size()), lines.subList(0, lines.size() - 1));
  }

  @Test
  void endsTheWatchingAndNotTheRunAtASignal() {
    var exit = mimo.interrupted().run("runs", "watch", "7f3a");

    assertEquals(ExitCode.INTERRUPTED, exit);
    assertEquals(List.of(), runs.requests());
    assertEquals("", mimo.out());
  }

  @Test
  void beginsEachLineWithItsRunWhereSeveralAreWatched() {
    mimo.run("runs", "watch", "7f3a", "0a1b", "--quiet");

    assertTrue(mimo.err().contains("run 7f3a00000001 completed"), mimo.err());
    assertTrue(mimo.err().contains("run 0a1b2c3d4e5f "), mimo.err());
  }

  @Test
  void printsOneArrayOfSeveralForProgramsD55() {
    mimo.run("runs", "watch", "7f3a", "0a1b", "--quiet", "--json");

    assertTrue(
        mimo.out()
            .matches(
                "\\[\\{\"v\":1,\"run\":\"7f3a00000001\",.*}},"
                    + "\\{\"v\":1,\"run\":\"0a1b2c3d4e5f\",.*}]\n"),
        mimo.out());
  }

  @Test
  void takesARunAwayFromItsOwnerOnlyIfToldToD43() {
    var ending = new ScriptedRuns(List.of(), List.of(), Histories.completedResult());

    new Commands(new ScriptedInspection()).over(ending).run("runs", "resume", "7f3a");
    assertEquals(List.of(), ending.stolen());
    new Commands(new ScriptedInspection()).over(ending).run("runs", "resume", "7f3a", "--steal");

    assertEquals(List.of(ScriptedRuns.RUN), ending.stolen());
  }

  @Test
  void showsTheLogOfARunAndItsPhases() {
    mimo.run("runs", "logs", "7f3a");

    Golden.assertMatches("logs.txt", mimo.out());
  }

  @Test
  void showsTheLogAsJsonToo() {
    mimo.run("runs", "logs", "7f3a", "--json");

    Golden.assertMatches("logs.json", mimo.out());
  }

  @Test
  void removesNoPinnedRunUnlessTold() {
    var exit = mimo.run("runs", "rm", "7f3a", "0a1b");

    assertEquals(ExitCode.FAILURE, exit);
    assertEquals(
        """
        MIMO-679 run_pinned: run 0a1b2c3d4e5f is pinned; nothing is removed
        → mimo runs unpin 0a1b2c3d4e5f, or remove it all the same with --force.
        """,
        mimo.err());
  }

  @Test
  void listsOnlyWhatIsAskedFor() {
    mimo.run("runs", "list", "--status", "parked");
    mimo.run("runs", "list", "--limit", "1");

    assertEquals(
        List.of("c0ffee000001", "7f3a00000001"),
        mimo.out()
            .lines()
            .filter(line -> !line.startsWith(" "))
            .map(line -> line.substring(0, 12))
            .toList());
  }
}
