package mimo.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.BudgetLimit;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.GateAnswer;
import mimo.engine.ParkReason;
import mimo.engine.RunEvent;
import mimo.engine.RunSettings;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// A journal that is gone through again (D6, D20).
final class ReplayCursorTest {

  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");

  private static StepScheduled scheduled(int seq) {
    return new StepScheduled(seq, TestBench.agent("s" + seq), 0);
  }

  private static StepCompleted completed(int seq, long used) {
    return new StepCompleted(seq, "1", Map.of("output_tokens", used), "{}");
  }

  private static JournalEntry spent(int seq, long amount) {
    return new JournalEntry.StepSpent(seq, Map.of("output_tokens", amount));
  }

  @Test
  void whatBefellTheRunBetweenIsNothingTheProgramDidD20() {
    var settings =
        new RunSettings("{}", new BudgetLimit.Unlimited("output_tokens"), Duration.ofHours(1));
    var cursor =
        new ReplayCursor(
            List.of(
                new JournalEntry.RunStarted(TestBench.request(), "5eed", "00ff", "1", 1, 0, AT),
                new LogWritten("first"),
                new JournalEntry.RunParked(ParkReason.PROVIDER, "no_key", "No key.", null, AT),
                new JournalEntry.RunResumed(AT, 0),
                new JournalEntry.OptionsChanged(settings, settings, AT),
                new JournalEntry.RunWaited(AT, AT),
                new JournalEntry.RunPaused("paused", "By ada.", AT),
                new JournalEntry.BudgetOpened(
                    1, 0, "part", new BudgetLimit.Total("output_tokens", 5)),
                new JournalEntry.PhaseEntered("second"),
                new JournalEntry.RunEnded(
                    RunEvent.Status.COMPLETED, "1", null, null, null, List.of(), Map.of(), AT),
                new JournalEntry.Scrubbed("ab", "cd")));

    assertEquals(3, cursor.remaining());
    cursor.advance();
    cursor.advance();
    assertEquals(Optional.of(new JournalEntry.PhaseEntered("second")), cursor.next());
    cursor.advance();
    assertTrue(cursor.caughtUp());
    assertEquals(List.of(), cursor.open());
  }

  @Test
  void handsOverWhatEndedAndWasNotHandedOverAndStartsTheRestAgainD6() {
    var cursor =
        new ReplayCursor(
            List.of(
                scheduled(1),
                scheduled(2),
                scheduled(3),
                completed(2, 4),
                completed(1, 3),
                new Delivered(List.of(1), AT, 3)));

    while (!cursor.caughtUp()) {
      cursor.advance();
    }

    assertEquals(List.of(completed(2, 4)), cursor.undelivered());
    assertEquals(List.of(scheduled(2), scheduled(3)), cursor.open());
    assertEquals(List.of(scheduled(3)), cursor.unsettled());
  }

  @Test
  void refusesAJournalThatHandsOverWhatNeverEnded() {
    var cursor = new ReplayCursor(List.of(scheduled(1), new Delivered(List.of(1), AT, 0)));

    var refused = assertThrows(StoreFailure.class, () -> cursor.settlement(1));

    assertEquals("store_corrupt", refused.code());
    assertEquals("the journal delivers step 1, which never ended", refused.getMessage());
  }

  @Test
  void sumsUpWhatAStepUsedThatWasCutOffL97() {
    var cursor =
        new ReplayCursor(
            List.of(
                scheduled(1),
                scheduled(2),
                spent(1, 5),
                spent(2, 9),
                spent(1, 2),
                completed(2, 9)));

    assertEquals(Map.of("output_tokens", 7L), cursor.spent(1));
    assertEquals(Map.of(), cursor.spent(2), "its end says what it used");
  }

  @Test
  void forgetsTheEndOfAStepThatBeganAnewAndOfNoOtherD46() {
    var cursor =
        new ReplayCursor(
            List.of(
                scheduled(1),
                scheduled(2),
                completed(1, 3),
                completed(2, 3),
                new JournalEntry.ControlApplied(1, "retry-agent", 1, "ada", AT),
                new JournalEntry.ControlApplied(2, "stop-agent", 2, "ada", AT)));

    cursor.advance();
    cursor.advance();

    assertEquals(List.of(scheduled(1)), cursor.unsettled());
    assertEquals(List.of(1, 0), List.of(cursor.restarts(1), cursor.restarts(2)));
  }

  @Test
  void theFirstEndOfAStepStands() {
    var answered = new JournalEntry.GateAnswered(1, new GateAnswer("1", "ada", "cli"), AT);
    var opened = new JournalEntry.GateOpened(1, "Go?", "{}", null, null);
    var late = new JournalEntry.GateAnswered(1, new GateAnswer("2", "bob", "cli"), AT);

    var cursor = new ReplayCursor(List.of(scheduled(1), opened, answered, late));

    assertEquals(answered, cursor.settlement(1));
    assertEquals(Optional.of(opened), cursor.waitOf(1));
    assertEquals(Optional.empty(), cursor.waitOf(2));
    assertFalse(cursor.caughtUp());
  }
}
