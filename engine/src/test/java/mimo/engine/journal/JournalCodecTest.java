package mimo.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.engine.ActivityRequest;
import mimo.engine.BudgetLimit;
import mimo.engine.ContentKey;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.Loss;
import mimo.engine.Reused;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepRef;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class JournalCodecTest {

  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final String SECRET = "hunter2-hunter2";

  private static JournalCodec codec(String... secrets) {
    return new JournalCodec(
        new SecretRedactor(new LiveValues(List.of(secrets)), "00ff"), new ManualClock());
  }

  /// One entry of each type, with `text` in every field that comes from outside.
  private static List<JournalEntry> everyEntry(String text) {
    var json = "{\"" + text + "\":[\"" + text + "\"]}";
    var position = new SourcePosition(text, 3, 7);
    var usage = Map.of(text, 5L);
    var losses = List.of(new Loss(1, text, text, text));
    return List.of(
        new JournalEntry.RunStarted(
            new RunRequest(
                text,
                List.of(new RunRequest.ScriptDigest(text, "ab".repeat(32))),
                json,
                json,
                new BudgetLimit.Total(text, 9),
                Duration.ofMinutes(90)),
            "5eed",
            "00ff",
            "0.1.0",
            1,
            0,
            AT),
        new JournalEntry.StepScheduled(
            1,
            new ActivityRequest(
                StepKind.AGENT, new ContentKey("cd".repeat(32)), text, json, text, text, position),
            2),
        new JournalEntry.StepScheduled(
            3,
            new ActivityRequest(
                    StepKind.CONTINUE, new ContentKey("cd".repeat(32)), "", json, "", "", null)
                .withBudget(2),
            0),
        new JournalEntry.StepCompleted(1, json, usage, json),
        new JournalEntry.StepCompleted(3, json, usage, json, json),
        new JournalEntry.BudgetOpened(2, 1, text, new BudgetLimit.Total(text, 7)),
        new JournalEntry.StepFailed(2, text, text, usage, json),
        new JournalEntry.StepSpent(2, usage),
        new JournalEntry.Delivered(List.of(2, 1), AT, 12),
        new JournalEntry.LogWritten(text),
        new JournalEntry.PhaseEntered(text),
        new JournalEntry.RunResumed(AT, 3),
        started(text, json, new RunOrigin.Continued(AT)),
        started(
            text,
            json,
            new RunOrigin.Forked(
                new RunId("00112233aabb"), 12, new StepRef(1, 7), RunOrigin.Later.FORGOTTEN, AT)),
        new JournalEntry.StepCompleted(
            3, json, usage, json, json, new Reused(new StepRef(1, 2), Reused.Match.MOVED)),
        new JournalEntry.OptionsChanged(
            new RunSettings(json, new BudgetLimit.Unlimited(text), Duration.ofMinutes(1)),
            new RunSettings(json, new BudgetLimit.Total(text, 9), Duration.ofMinutes(2)),
            AT),
        new JournalEntry.RunEnded(
            RunEvent.Status.COMPLETED, json, text, text, position, losses, usage, AT));
  }

  private static JournalEntry started(String text, String json, RunOrigin origin) {
    var script = new RunRequest.ScriptDigest(text, "ab".repeat(32));
    var budget = new BudgetLimit.Unlimited(text);
    var request = new RunRequest(text, List.of(script), json, json, budget);
    return new JournalEntry.RunStarted(request, "5eed", "00ff", "0.1.0", 1, 2, AT, origin);
  }

  @Test
  void readsEveryEntryBackAsItWasWritten() {
    for (var entry : everyEntry("plain €")) {
      var encoded = codec().encode(entry);

      assertEquals(entry, encoded.stored());
      assertEquals(entry, JournalCodec.decode(encoded.record()));
      assertEquals(entry.type(), encoded.record().type());
    }
  }

  @Test
  void readsBackWhatMayBeAbsent() {
    var request =
        new ActivityRequest(StepKind.FILE, new ContentKey("0".repeat(64)), "", "{}", "", "", null);
    for (var entry :
        List.of(
            new JournalEntry.StepScheduled(1, request, 0),
            new JournalEntry.RunEnded(
                RunEvent.Status.CANCELLED, null, null, null, null, List.of(), Map.of(), AT))) {
      assertEquals(entry, JournalCodec.decode(codec().encode(entry).record()));
    }
    var unlimited =
        new JournalEntry.RunStarted(
            new RunRequest("w", List.of(), "1", "2", new BudgetLimit.Unlimited("usd")),
            "",
            "",
            "",
            1,
            0,
            AT);
    assertEquals(unlimited, JournalCodec.decode(codec().encode(unlimited).record()));
  }

  @Test
  void storesNoPlantedValueInAnyFieldOfAnyEntryM10() {
    for (var entry : everyEntry(SECRET)) {
      var encoded = codec(SECRET).encode(entry);

      assertFalse(encoded.record().toString().contains(SECRET), encoded.record().toString());
      assertFalse(encoded.stored().toString().contains(SECRET), entry.type());
      assertEquals(encoded.stored(), JournalCodec.decode(encoded.record()));
    }
  }

  @Test
  void storesNoPlantedValueInAValueKeptApart() {
    var large = "\"" + "x".repeat(9_000) + " " + SECRET + "\"";

    var record =
        codec(SECRET).encode(new JournalEntry.StepCompleted(1, large, Map.of(), "{}")).record();

    assertEquals(1, record.blobs().size());
    assertFalse(record.toString().contains(SECRET));
  }

  @Test
  void keepsValuesOver8192BytesApartD14() {
    var fits = "\"" + "ü".repeat(4_095) + "\"";
    var large = "\"" + "ü".repeat(4_096) + "\"";

    var inline = codec().encode(new JournalEntry.StepCompleted(1, fits, Map.of(), "{}"));
    var apart = codec().encode(new JournalEntry.StepCompleted(1, large, Map.of(), "{}"));

    assertEquals(Map.of(), inline.record().blobs());
    assertEquals(Map.of(Digests.hex(large), large), apart.record().blobs());
    assertTrue(apart.record().body().length() < 300, apart.record().body());
    assertEquals(apart.stored(), JournalCodec.decode(apart.record()));
  }

  @Test
  void losesNoHalfOfASurrogatePair() {
    for (var text : List.of("a\ud83d", "\ude00b", "\ud83d".repeat(9_000), "ok \ud83d\ude00")) {
      var entry = new JournalEntry.LogWritten(text);

      var record = codec().encode(entry).record();

      assertEquals(entry, JournalCodec.decode(record));
      assertTrue(WellFormed.is(record.body()));
    }
  }

  @Test
  void refusesARecordThatIsNoEntry() {
    var bad =
        Map.of(
            "{", "a log_written entry cannot be read: Unexpected end-of-input",
            "{\"v\":2}",
                "a log_written entry cannot be read: it has version 2, this mimo reads version 1",
            "{\"type\":\"log_written\"}",
                "a log_written entry cannot be read: it has no whole number 'v'",
            "{\"v\":\"1\"}", "a log_written entry cannot be read: it has no whole number 'v'",
            "{\"v\":1,\"type\":\"run_parked\",\"reason\":\"lunch\"}",
                "a log_written entry cannot be read: 'lunch' is no reason to park a run",
            "{\"v\":1,\"type\":\"dance\"}",
                "a log_written entry cannot be read: its type 'dance' is unknown",
            "{\"v\":1,\"type\":\"log_written\"}",
                "a log_written entry cannot be read: it has no text 'text'",
            "{\"v\":1,\"type\":\"run_resumed\",\"at\":\"noon\"}",
                "a log_written entry cannot be read: Text 'noon' could not be parsed",
            "{\"v\":1,\"type\":\"log_written\",\"text\":{\"blob\":\"ab\"}}",
                "a log_written entry cannot be read: its value 'text' (ab) is missing");

    bad.forEach((body, message) -> {
      var record = new JournalRecord("log_written", body, Map.of());
      var refused = assertThrows(StoreFailure.class, () -> JournalCodec.decode(record));
      assertEquals("store_corrupt", refused.code());
      assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
    });
  }
}
