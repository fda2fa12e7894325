package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What counts as time of work, and what came while nobody worked (L102).
final class WorkedTimeTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static WrittenEntry at(long second, JournalEntry entry) {
    return new WrittenEntry(entry, NOON.plusSeconds(second));
  }

  /// A run that began at noon, and then this.
  private static Duration worked(WrittenEntry... entries) {
    var all = new ArrayList<WrittenEntry>();
    all.add(at(0, new JournalEntry.RunStarted(TestBench.request(), "", "", "1", 1, 0, NOON)));
    all.addAll(List.of(entries));
    return WorkedTime.of(all);
  }

  @Test
  void theEndOfAWaitIsNoWorkL102() {
    var answer = new GateAnswer("1", "ada", "cli");
    for (var end :
        List.of(
            new JournalEntry.TimerFired(1, NOON, NOON.plusSeconds(900)),
            new JournalEntry.GateAnswered(1, answer, NOON.plusSeconds(900)),
            new JournalEntry.StepFailed(1, Gate.EXPIRED, "Nobody answered.", Map.of(), "{}"),
            new JournalEntry.StepFailed(1, "stopped", "By ada.", Map.of(), "{}"),
            new JournalEntry.ControlApplied(1, "stop-agent", 1, "ada", NOON))) {

      assertEquals(
          Duration.ofSeconds(5),
          worked(at(5, new JournalEntry.LogWritten("asks")), at(900, end)),
          end.type());
    }
  }

  @Test
  void theEndOfWorkIsWorkL102() {
    for (var end :
        List.of(
            new JournalEntry.StepCompleted(1, "1", Map.of(), "{}"),
            new JournalEntry.StepFailed(1, "internal", "No.", Map.of(), "{}"),
            new JournalEntry.StepSpent(1, Map.of("requests", 1L)),
            new JournalEntry.PhaseEntered("next"))) {

      assertEquals(Duration.ofSeconds(901), worked(at(901, end)), end.type());
    }
  }

  @Test
  void aClockThatWasPutBackTakesNothingAwayL102() {
    assertEquals(
        Duration.ofSeconds(61),
        worked(
            at(61, new JournalEntry.LogWritten("before")),
            at(20, new JournalEntry.LogWritten("after"))));
  }

  @Test
  void aRestThatBeganBeforeTheProcessTakesNothingAwayL102() {
    assertEquals(
        Duration.ofSeconds(10),
        worked(
            at(900, new JournalEntry.RunResumed(NOON.plusSeconds(900), 0)),
            at(950, new JournalEntry.RunWaited(NOON.plusSeconds(890), NOON.plusSeconds(950))),
            at(960, new JournalEntry.LogWritten("at work"))));
  }
}
