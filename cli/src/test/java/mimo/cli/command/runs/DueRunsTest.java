package mimo.cli.command.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import mimo.cli.command.Background.Apart;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Histories;
import mimo.cli.testing.ScriptedBackground;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.ParkReason;
import mimo.engine.ParkedRun;
import mimo.engine.RunId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `mimo runs resume --due`, once and with `--watch` (D51, D52).
final class DueRunsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final RunId FIRST = new RunId("aaaaaaaaaaaa");
  private static final RunId SECOND = new RunId("bbbbbbbbbbbb");
  private static final RunId THIRD = new RunId("cccccccccccc");

  private final ScriptedRuns runs =
      new ScriptedRuns(List.of(), List.of(), Histories.completedResult());
  private final Commands mimo = new Commands(new ScriptedInspection()).over(runs).at(NOW);

  private static ParkedRun parked(RunId id, long entry, @Nullable Instant until) {
    return new ParkedRun(id, entry, ParkReason.TIMER, until);
  }

  private static ParkedRun due(RunId id) {
    return parked(id, 7, NOW);
  }

  /// A process that has ended already.
  private static final Apart ENDED =
      new Apart() {
        @Override
        public boolean isAlive() {
          return false;
        }

        @Override
        public void stop() {
          throw new AssertionError("it has ended");
        }

        @Override
        public boolean endsWithin(Duration time) {
          return true;
        }
      };

  /// Each look shows the next of these, and the last for ever.
  private static ScriptedRuns looking(ScriptedRuns runs, List<List<ParkedRun>> looks) {
    var next = new ArrayList<>(looks);
    return runs.parked(() -> next.size() > 1 ? next.removeFirst() : next.getFirst());
  }

  @Test
  void takesUpWhatIsDueInDueOrderAndNothingElseD51() {
    var provider = new ParkedRun(THIRD, 7, ParkReason.PROVIDER, NOW);
    looking(
        runs,
        List.of(
            List.of(
                parked(SECOND, 7, NOW.minusSeconds(60)),
                parked(FIRST, 7, NOW),
                provider,
                parked(new RunId("dddddddddddd"), 7, NOW.plusMillis(1)),
                parked(new RunId("eeeeeeeeeeee"), 7, null))));

    var exit = mimo.run("runs", "resume", "--due", "--allow-losses");

    assertEquals(ExitCode.OK, exit, mimo.err());
    assertEquals(List.of(SECOND, FIRST), runs.resumed());
  }

  @Test
  void printsOneArrayForProgramsD55() {
    looking(
        runs.refusing(FIRST, "script_changed", "it was edited"),
        List.of(List.of(due(FIRST), due(SECOND))));

    mimo.run("runs", "resume", "--due", "--json", "--allow-losses");

    var lines = mimo.out().lines().toList();
    assertEquals(1, lines.size(), mimo.out());
    assertTrue(
        lines
            .getFirst()
            .startsWith(
                "[{\"v\":1,\"run\":\"aaaaaaaaaaaa\",\"status\":\"refused\","
                    + "\"result\":null,\"losses\":[],"
                    + "\"usage\":{},\"error\":{\"number\":\"MIMO-644\","
                    + "\"name\":\"script_changed\","),
        mimo.out());
    assertTrue(lines.getFirst().contains("},{\"v\":1,\"run\":\"7f3a00000001\""), mimo.out());
    assertTrue(lines.getFirst().endsWith("}]"), mimo.out());
  }

  @Test
  void printsAnEmptyArrayWhereNothingIsDue() {
    looking(runs, List.of(List.of()));

    mimo.run("runs", "resume", "--due", "--json");

    assertEquals("[]\n", mimo.out());
  }

  @Test
  void leavesARefusedRunAloneAndGoesOnWithTheOthers() {
    looking(
        runs.refusing(FIRST, "script_changed", "it was edited"),
        List.of(List.of(due(FIRST), due(SECOND))));

    var exit = mimo.run("runs", "resume", "--due", "--allow-losses");

    assertEquals(List.of(FIRST, SECOND), runs.resumed());
    assertEquals(ExitCode.FAILURE, exit);
    assertTrue(
        mimo.err()
            .startsWith(
                """
                run aaaaaaaaaaaa is due and cannot go on:
                MIMO-644 script_changed: it was edited
                → restore the script, or go on with it as it is: \
                mimo runs resume aaaaaaaaaaaa --continue
                """),
        mimo.err());
  }

  @Test
  void watchesUntilNothingIsParkedThatGoesOnByItself() {
    var provider = new ParkedRun(THIRD, 7, ParkReason.PROVIDER, null);
    looking(
        runs,
        List.of(
            List.of(due(FIRST), due(SECOND), provider),
            List.of(due(FIRST), due(SECOND), provider),
            List.of(parked(SECOND, 9, NOW), provider),
            List.of(provider)));
    var background = new ScriptedBackground(_ -> ENDED);

    var exit = mimo.beside(background).run("runs", "resume", "--due", "--watch", "--quiet");

    assertEquals(ExitCode.OK, exit, mimo.err());
    assertEquals(
        List.of(
            "mimo runs resume aaaaaaaaaaaa --detach --quiet",
            "mimo runs resume bbbbbbbbbbbb --detach --quiet",
            "mimo runs resume bbbbbbbbbbbb --detach --quiet"),
        background.told(),
        "parked anew, it is taken up anew");
    assertTrue(mimo.err().startsWith("aaaaaaaaaaaa: works\n"), mimo.err());
  }

  @Test
  void leavesARunAloneThatWasTakenUpAndStandsAsItStood() {
    looking(runs, List.of(List.of(due(FIRST))));
    var background = new ScriptedBackground(_ -> ENDED);

    var exit = mimo.beside(background).run("runs", "resume", "--due", "--watch");

    assertEquals(ExitCode.OK, exit, mimo.err());
    assertEquals(List.of("mimo runs resume aaaaaaaaaaaa --detach"), background.told());
  }

  @Test
  void goesOnWithTheOthersWhereOneCannotBeStarted() {
    looking(runs, List.of(List.of(due(FIRST), due(SECOND))));
    var background =
        new ScriptedBackground(words -> {
          if (words.contains(FIRST.value())) {
            throw new CommandException("daemon_failed", "no process is left");
          }
          return ENDED;
        });

    mimo.beside(background).run("runs", "resume", "--due", "--watch");

    assertEquals(2, background.told().size());
    assertTrue(mimo.err().contains("aaaaaaaaaaaa: no process is left\n"), mimo.err());
  }

  /// How long after its moment the watch takes a run up that waits for this.
  private Duration lateness(ParkReason reason, Duration wait) {
    var until = Instant.now().plus(wait);
    var started = new ArrayList<Instant>();
    runs.parked(
        () -> started.isEmpty() ? List.of(new ParkedRun(FIRST, 7, reason, until)) : List.of());
    var background =
        new ScriptedBackground(_ -> {
          started.add(Instant.now());
          return ENDED;
        });
    mimo.at(InstantSource.system()).beside(background).run("runs", "resume", "--due", "--watch");
    return Duration.between(until, started.getFirst());
  }

  @Test
  void asksAProviderWithinASecondAfterItsLimitAndNeverEarlyD54() {
    var late = lateness(ParkReason.USAGE_LIMIT, Duration.ofMillis(700));

    assertFalse(late.isNegative(), late + " is early");
    assertTrue(late.compareTo(Duration.ofSeconds(1)) < 0, late + " late");
  }

  @Test
  void startsTheProcessOfARunInTimeToMeetItsMomentD51() {
    var late = lateness(ParkReason.TIMER, DueWatch.AHEAD.plusMillis(300));

    assertTrue(late.isNegative(), late + " late");
    assertTrue(late.plus(DueWatch.AHEAD).compareTo(Duration.ofSeconds(1)) < 0, late + "");
    assertFalse(late.plus(DueWatch.AHEAD).isNegative(), late + " is sooner than it needs");
  }

  @Test
  void endsAtOnceWhereSomebodyElseWatchesD41() {
    looking(runs.watchedBy("process 7 on host"), List.of(List.of(due(FIRST))));

    var exit = mimo.run("runs", "resume", "--due", "--watch");

    assertEquals(ExitCode.OK, exit);
    assertEquals(
        "process 7 on host watches these runs already, and goes on with what becomes due\n",
        mimo.err());
  }

  @Test
  void pausesWhatIsAtWorkWhenItIsStopped() {
    looking(runs, List.of(List.of(due(FIRST))));
    var done = new ArrayList<String>();
    var background =
        new ScriptedBackground(_ ->
            new Apart() {
              @Override
              public boolean isAlive() {
                return true;
              }

              @Override
              public void stop() {
                done.add("stop");
              }

              @Override
              public boolean endsWithin(Duration time) {
                done.add("wait");
                return true;
              }
            });

    var exit = mimo.interrupted().beside(background).run("runs", "resume", "--due", "--watch");

    assertEquals(ExitCode.INTERRUPTED, exit, mimo.err());
    assertEquals(List.of("stop", "wait"), done);
  }

  @Test
  void outlivesATimeInWhichTheStoreCannotBeRead() {
    var looks = new ArrayList<List<ParkedRun>>(List.of(List.of(due(FIRST))));
    runs.parked(() -> {
      if (!looks.isEmpty()) {
        return looks.removeFirst();
      }
      throw new CommandException("store_failed", "the disk is away");
    });

    var exit = mimo.interrupted().run("runs", "resume", "--due", "--watch");

    assertEquals(ExitCode.INTERRUPTED, exit, mimo.err());
    assertEquals("store_failed: the disk is away\n", mimo.err());
  }
}
