package mimo.cli.command.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedBackground;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.ParkReason;
import mimo.engine.ParkedRun;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `mimo daemon`, and the daemon that starts by itself (D51, D52).
final class DaemonCommandTest {

  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final RunId RUN = ScriptedRuns.RUN;

  private final ScriptedRuns runs = new ScriptedRuns(List.of(), List.of(), null);
  private final ScriptedBackground background = new ScriptedBackground();
  private final Commands mimo =
      new Commands(new ScriptedInspection()).over(runs).beside(background).at(NOW);

  @Test
  void startsOneAndNeverASecondOne() {
    mimo.run("daemon", "start", "--idle", "10m");
    mimo.run("daemon", "start");

    assertEquals(List.of("start for PT10M"), background.told());
    assertEquals(
        """
        the daemon (process 4711) has begun
        log: /state/daemon.log
        the daemon (process 4711) is there already
        log: /state/daemon.log
        """,
        mimo.out());
  }

  @Test
  void startsNoneWhereSomebodyWatchesD41() {
    runs.watchedBy("process 7 on host");

    var exit = mimo.run("daemon", "start");

    assertEquals(ExitCode.OK, exit);
    assertEquals("process 7 on host is there already\n", mimo.out());
    assertEquals(List.of(), background.told());
  }

  @Test
  void stopsTheOneThatRunsOrNone() {
    background.withDaemon();

    mimo.run("daemon", "stop");
    mimo.run("daemon", "stop");

    assertEquals(List.of("stop 4711"), background.told());
    assertEquals("the daemon (process 4711) has ended\nno daemon runs\n", mimo.out());
  }

  @Test
  void showsWhetherItRunsAndWhatItWaitsFor() {
    background.withDaemon();
    var gate = new ParkedRun(RUN, 3, ParkReason.GATE, null);
    var timer = new ParkedRun(new RunId("aaaaaaaaaaaa"), 3, ParkReason.TIMER, NOW);
    runs.parked(() -> List.of(timer, gate));

    mimo.run("daemon", "status");
    mimo.run("daemon", "status", "--json");

    assertEquals(
        """
        the daemon runs: process 4711, since 2026-11-22T09:00:00Z
        log: /state/daemon.log
        2 runs parked, the next until 2026-11-23T09:00:00Z
        {"v":1,"running":true,"pid":4711,"since":"2026-11-22T09:00:00Z",\
        "log":"/state/daemon.log","parked":2,"next":"2026-11-23T09:00:00Z"}
        """,
        mimo.out());
  }

  @Test
  void showsThatNoneRuns() {
    mimo.run("daemon", "status");
    mimo.run("daemon", "status", "--json");

    assertEquals(
        "no daemon runs\n0 runs parked\n{\"v\":1,\"running\":false,\"parked\":0}\n", mimo.out());
  }

  @Test
  void isTheDaemonUntilASignalAndSaysSoToOthers() {
    var exit = mimo.interrupted().run("daemon", "run");

    assertEquals(ExitCode.OK, exit, "a supervisor takes anything else for a failure");
    assertEquals(List.of("announced", "taken back"), background.told());
    assertEquals(
        """
        2026-11-23T09:00:00Z watches; ends after 1 h 0 min with nothing parked
        2026-11-23T09:00:00Z ends: it was asked to
        """,
        mimo.err());
  }

  @Test
  void endsOnceNothingWasParkedForTheTimeItMayBeIdle() {
    var looks = new int[1];
    // An hour passes with each look at the clock.
    mimo.at(() -> NOW.plus(Duration.ofHours(looks[0]++)));

    var exit = mimo.run("daemon", "run", "--idle", "2h");

    assertEquals(ExitCode.OK, exit);
    assertTrue(mimo.err().endsWith(" ends: nothing was parked for 2 h 0 min\n"), mimo.err());
  }

  @Test
  void isNotTheDaemonWhereSomebodyWatchesD41() {
    runs.watchedBy("process 7 on host");

    var exit = mimo.run("daemon", "run");

    assertEquals(ExitCode.OK, exit);
    assertEquals(List.of(), background.told());
    assertEquals("2026-11-23T09:00:00Z process 7 on host watches these runs already\n", mimo.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "daemon ~ mimo daemon needs one of start, status, stop, run",
        "daemon run --idle soon ~ --idle is a time such as 90m, 12h or 2d, at most 366 days; found"
            + " 'soon'"
      })
  void refusesWhatItCannotUnderstand(String words, String told) {
    var exit = mimo.run(words.split(" ", -1));

    assertEquals(ExitCode.USAGE, exit);
    assertTrue(mimo.err().startsWith("MIMO-100 usage: " + told + "\n"), mimo.err());
  }

  private String told(ScriptedBackground those, ParkReason reason, String... words) {
    var parked = new RunResult.Parked(RUN, reason, "waits_for_time", "It waits.", null, Map.of());
    var commands =
        new Commands(new ScriptedInspection())
            .over(new ScriptedRuns(List.of(), List.of(), parked))
            .beside(those);
    commands.run(words);
    return commands.err();
  }

  private String[] resume() {
    return new String[] {"runs", "resume", "7f3a"};
  }

  @Test
  void startsByItselfOnceARunParksIfTheUserWantsThatD52() {
    var wanted = new ScriptedBackground().onDemand();

    var first = told(wanted, ParkReason.TIMER, resume());
    var second = told(wanted, ParkReason.GATE, resume());

    assertEquals(List.of("start for PT1H"), wanted.told());
    assertTrue(
        first.endsWith("→ the daemon (process 4711) goes on with it when its time has come\n"),
        first);
    assertTrue(
        second.endsWith("→ the daemon (process 4711) goes on with it once it is answered\n"),
        second);
  }

  @Test
  void saysThatNobodyGoesOnWhereItCannotBeStarted() {
    var err = told(new ScriptedBackground().onDemand().luckless(), ParkReason.TIMER, resume());

    assertTrue(err.endsWith("→ nobody will go on with it: no process is left\n"), err);
  }

  @Test
  void staysAwayUnlessTheUserWantsItButSaysThatItIsThere() {
    var unwanted = new ScriptedBackground();

    var without = told(unwanted, ParkReason.TIMER, resume());
    var with = told(new ScriptedBackground().withDaemon(), ParkReason.TIMER, resume());
    var mend = told(new ScriptedBackground().onDemand(), ParkReason.PROVIDER, resume());

    assertEquals(List.of(), unwanted.told());
    assertTrue(without.contains("mimo runs resume --due"), without);
    assertTrue(!without.contains("daemon") && !mend.contains("daemon"), without + mend);
    assertTrue(with.contains("→ the daemon (process 4711) goes on with it"), with);
  }
}
