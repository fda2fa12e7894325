package mimo.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.engine.BudgetLimit;
import mimo.engine.EngineLimits;
import mimo.engine.GateAnswer;
import mimo.engine.ParkReason;
import mimo.engine.RunId;
import mimo.engine.RunRequest;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.Test;

/// The entries of waiting, of stopping and of people, and what older runs lack, as they are stored.
final class WaitEntriesTest {

  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final String SECRET = "hunter2-hunter2";

  private final JournalCodec codec =
      new JournalCodec(
          new SecretRedactor(new LiveValues(List.of(SECRET)), "00ff"), new ManualClock());

  private static List<JournalEntry> everyEntry(String text) {
    var json = "[\"" + text + "\"]";
    return List.of(
        new JournalEntry.TimerSet(1, AT),
        new JournalEntry.TimerFired(1, AT, AT.plusMillis(7)),
        new JournalEntry.GateOpened(2, text, json, json, AT),
        new JournalEntry.GateOpened(2, text, json, null, null),
        new JournalEntry.GateAnswered(2, new GateAnswer(json, text, text), AT),
        new JournalEntry.RunWaited(AT, AT.plusSeconds(9)),
        new JournalEntry.RunParked(ParkReason.USAGE_LIMIT, text, text, AT, AT),
        new JournalEntry.RunParked(ParkReason.PROVIDER, text, text, null, AT),
        new JournalEntry.RunPaused(text, text, AT),
        new JournalEntry.ControlApplied(12_345_678_901L, "stop-agent", 2, text, AT));
  }

  @Test
  void readsEveryEntryBackAsItWasWritten() {
    for (var entry : everyEntry("plain €")) {
      assertEquals(entry, JournalCodec.decode(codec.encode(entry).record()));
    }
    var scrubbed = new JournalEntry.Scrubbed("ab".repeat(32), "cd".repeat(32));
    assertEquals(scrubbed, JournalCodec.decode(codec.encode(scrubbed).record()));
  }

  @Test
  void storesNoPlantedValueInAnyOfThemM10() {
    for (var entry : everyEntry(SECRET)) {
      var encoded = codec.encode(entry);

      assertFalse(encoded.record().toString().contains(SECRET), encoded.record().toString());
      assertEquals(encoded.stored(), JournalCodec.decode(encoded.record()));
    }
  }

  @Test
  void keepsTheTimeAtWhichAnEntryWasFirstWritten() {
    var entry = new JournalEntry.LogWritten("later");

    var record = codec.encode(new WrittenEntry(entry, AT)).record();

    assertEquals(new WrittenEntry(entry, AT), JournalCodec.decodeWritten(record));
  }

  @Test
  void readsEntriesOfBeforeTheirTimesWereWrittenAndMakesNoneUp() {
    var record = codec.encode(new WrittenEntry(new JournalEntry.LogWritten("old"), null)).record();

    assertFalse(record.body().contains("\"t\":"), record.body());
    assertNull(JournalCodec.decodeWritten(record).at());
  }

  @Test
  void givesRunsOfBeforeThereWereDeadlinesTheUsualOneL102() {
    var started =
        new JournalEntry.RunStarted(
            new RunRequest(
                "w", List.of(), "1", "2", new BudgetLimit.Unlimited("usd"), Duration.ofHours(1)),
            "5eed",
            "00ff",
            "0.1.0",
            1,
            0,
            AT);
    var body = codec.encode(started).record().body().replace("\"deadlineMs\":3600000,", "");

    var read =
        (JournalEntry.RunStarted)
            JournalCodec.decode(new JournalRecord(JournalEntry.RunStarted.TYPE, body, Map.of()));

    assertEquals(EngineLimits.DEADLINE, read.request().deadline());
  }

  @Test
  void givesEachBeginningOfAStepASessionOfItsOwnD46() {
    var run = new RunId("00112233aabb");

    assertEquals("00112233aabb-1-4", StreamId.session(run, 1, 4, 0).name());
    assertEquals("00112233aabb-1-4-2", StreamId.session(run, 1, 4, 2).name());
  }

  @Test
  void refusesASessionsEntryWhoseTypeIsNoWord() {
    for (var type : List.of("", "Turn", "a turn", "turn-1", "t".repeat(41))) {
      assertThrows(IllegalArgumentException.class, () -> new SessionEntry(type, "{}", AT), type);
    }
  }

  @Test
  void seesHalfOfAPairAtTheVeryEnd() {
    assertFalse(WellFormed.is("a\ud83d"));
    assertEquals("\"\\ud83d\"", WellFormed.json("\"\ud83d\""));
  }
}
