package mimo.engine.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mimo.engine.BudgetLimit;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.StepRef;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.Scrubbed;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redactor;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.JournalContract.Acknowledgements;
import mimo.engine.testing.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a copy of a run holds, wherever a secret of it stands (D60).
final class RunArchiveTest {

  private static final RunId RUN = new RunId("00112233aabb");
  private static final RunId FORK = new RunId("445566778899");
  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final String SECRET = "q7Rt2xLm9Zw4";
  private static final String SAYS_IT = "{\"password\":\"" + SECRET + "\"}";

  private final ManualClock clock = new ManualClock();
  private final JournalCodec codec = new JournalCodec(Redactor.NONE, clock);
  private final InMemoryJournal journal = new InMemoryJournal();

  private RunArchive archive(InMemoryJournal store) {
    return new RunArchive(
        store,
        key -> new SecretRedactor(new LiveValues(List.of()), key, Rules.ALL),
        clock,
        new Random(3));
  }

  private static JournalEntry started(@Nullable RunOrigin origin) {
    var request = new RunRequest("w", List.of(), "1", "2", new BudgetLimit.Unlimited("usd"));
    return new JournalEntry.RunStarted(request, "5eed", "00ff", "0.1.0", 1, 0, AT, origin);
  }

  private static RunOrigin forkedOff(RunId source, int records) {
    return new RunOrigin.Forked(source, records, new StepRef(0, 2), RunOrigin.Later.REUSED, AT);
  }

  private void write(RunId run, StreamId stream, List<JournalRecord> records) {
    var heard = new Acknowledgements();
    try (var lease = journal.acquire(StreamId.run(run))) {
      journal.append(lease, stream, records, heard);
      assertEquals(Optional.empty(), heard.next());
    }
  }

  private void write(RunId run, JournalEntry... entries) {
    var records = List.of(entries).stream().map(entry -> codec.encode(entry).record()).toList();
    write(run, StreamId.run(run), records);
  }

  private static JournalEntry last(ArchivedRun run) {
    return JournalCodec.decode(run.streams().getLast().records().getLast());
  }

  @Test
  void cleansWhatTheBodyOfAStepWroteDownD60() {
    write(RUN, started(null));
    var session = StreamId.session(RUN, 0, 1, 0);
    var said = codec.sessions().encode(new SessionEntry("turn", SAYS_IT, AT)).record();
    write(RUN, session, List.of(said));

    var taken = archive(journal).take(RUN, List.of());

    assertFalse(taken.toString().contains(SECRET), taken.toString());
    assertInstanceOf(Scrubbed.class, last(taken), "a copy that was cleaned says so");
    assertEquals(List.of(said), journal.read(session, 1, 10), "the store keeps what it has");
  }

  @Test
  void leavesASessionWithoutSecretsAsItIsD60() {
    write(RUN, started(null));
    var session = StreamId.session(RUN, 0, 1, 0);
    var said = codec.sessions().encode(new SessionEntry("turn", "{\"text\":1}", AT)).record();
    write(RUN, session, List.of(said));

    var taken = archive(journal).take(RUN, List.of());

    assertEquals(List.of(said), taken.read(session, 1, 10));
    assertInstanceOf(JournalEntry.RunStarted.class, last(taken));
  }

  @Test
  void cleansWhatAForkSharesWithItsSourceD60() {
    write(
        RUN,
        started(null),
        new JournalEntry.StepCompleted(1, SAYS_IT, Map.of(), "{}"),
        new JournalEntry.LogWritten("none of the fork's"));
    write(FORK, started(forkedOff(RUN, 2)));

    var taken = archive(journal).take(FORK, List.of());

    assertFalse(taken.toString().contains(SECRET), taken.toString());
    assertEquals(2, taken.read(StreamId.run(RUN), 1, 10).size());
    assertInstanceOf(Scrubbed.class, last(taken));
  }

  @Test
  void cleansWhatTheSourceOfItsSourceSharesD60() {
    var grandchild = new RunId("ccccccccdddd");
    write(RUN, started(null), new JournalEntry.LogWritten("password = '" + SECRET + "'"));
    write(FORK, started(forkedOff(RUN, 2)), new JournalEntry.LogWritten("two"));
    write(grandchild, started(forkedOff(FORK, 2)));

    var taken = archive(journal).take(grandchild, List.of());

    assertFalse(taken.toString().contains(SECRET), taken.toString());
    assertInstanceOf(Scrubbed.class, last(taken));
  }

  @Test
  void takesAForkOfAForkWithAllThatItSharesAndNoMoreD60() {
    var grandchild = new RunId("ccccccccdddd");
    write(RUN, started(null), new JournalEntry.LogWritten("one"));
    write(FORK, started(forkedOff(RUN, 2)), new JournalEntry.LogWritten("two"));
    write(grandchild, started(forkedOff(FORK, 2)), new JournalEntry.LogWritten("three"));

    var taken = archive(journal).take(grandchild, List.of());

    assertEquals(
        List.of(StreamId.run(RUN), StreamId.run(FORK), StreamId.run(grandchild)),
        taken.streams().stream().map(ArchivedRun.ArchivedStream::id).toList());
    try (var other = new InMemoryJournal()) {
      assertEquals(grandchild, archive(other).store(taken, UnaryOperator.identity()));
      assertEquals(taken, archive(other).take(grandchild, List.of()));
    }
  }

  @Test
  void refusesAForkWhoseSourceIsGone() {
    write(FORK, started(forkedOff(RUN, 2)));

    var refused = assertThrows(ResumeRefused.class, () -> archive(journal).take(FORK, List.of()));

    assertEquals("run_unknown", refused.code());
    assertEquals("run '" + RUN + "', which it was forked off, is gone", refused.getMessage());
  }

  @Test
  void takesMoreEntriesThanAreReadAtOnce() {
    var records = new ArrayList<JournalRecord>();
    records.add(codec.encode(started(null)).record());
    for (int i = 1; i <= EngineLimits.READ_PAGE; i++) {
      records.add(codec.encode(new JournalEntry.LogWritten("line " + i)).record());
    }
    write(RUN, StreamId.run(RUN), records);

    var taken = archive(journal).take(RUN, List.of());

    assertEquals(records, taken.streams().getLast().records());
  }

  @Test
  void cleansTheProgramThatGoesWithItD60() {
    write(RUN, started(null));

    var taken =
        archive(journal)
            .take(RUN, List.of(new ArchivedScript("/w/a.js", "00", "password = '" + SECRET + "'")));

    var text = taken.text("/w/a.js").orElseThrow();
    assertTrue(text.matches("password = '\\[REDACTED:[a-z-]+:[0-9a-f]{4}]'"), text);
    assertEquals(Optional.empty(), taken.text("/w/b.js"));
  }

  @Test
  void anImportThatWasCutOffIsRepeatedWithoutItsSessionsTwiceD60() {
    write(RUN, started(null));
    var said = codec.sessions().encode(new SessionEntry("turn", "{\"text\":1}", AT)).record();
    write(RUN, StreamId.session(RUN, 0, 1, 0), List.of(said));
    var taken = archive(journal).take(RUN, List.of());
    var disk = new InMemoryJournal.Disk();
    try (var failing = new InMemoryJournal(disk, 2)) {
      assertThrows(
          StoreFailure.class, () -> archive(failing).store(taken, UnaryOperator.identity()));
    }
    assertEquals(List.of(said), disk.records(StreamId.session(RUN, 0, 1, 0)));

    try (var again = new InMemoryJournal(disk, Integer.MAX_VALUE)) {
      var here = archive(again).store(taken, UnaryOperator.identity());

      assertEquals(List.of(said), again.read(StreamId.session(here, 0, 1, 0), 1, 10));
      assertEquals(1, again.read(StreamId.run(here), 1, 10).size());
    }
  }

  @Test
  void refusesARunWhosePastMakesNoSenseBeforeAnythingIsStoredD60() {
    var again = started(forkedOff(RUN, 2));
    var records =
        List.of(started(null), again, again).stream()
            .map(entry -> codec.encode(entry).record())
            .toList();
    var hostile =
        new ArchivedRun(
            RUN, List.of(new ArchivedRun.ArchivedStream(StreamId.run(RUN), records)), List.of());

    var refused =
        assertThrows(
            StoreFailure.class, () -> archive(journal).store(hostile, UnaryOperator.identity()));

    assertEquals("store_corrupt", refused.code());
    assertEquals(List.of(), journal.streams(StreamId.RUN));
  }

  @Test
  void putsNoPartOfARunIntoAStoreThatFailsD60() {
    write(RUN, started(null), new JournalEntry.LogWritten("one"));
    var taken = archive(journal).take(RUN, List.of());
    var disk = new InMemoryJournal.Disk();

    try (var failing = new InMemoryJournal(disk, 2)) {
      var refused =
          assertThrows(
              StoreFailure.class, () -> archive(failing).store(taken, UnaryOperator.identity()));

      assertEquals("store_failed", refused.code());
    }
    assertEquals(List.of(), disk.records(StreamId.run(RUN)));
  }

  @Test
  void whoTakesARunInChangesItsOptionsWhereverTheyAreL7() {
    var theirs = new RunSettings("{\"a\":2}", new BudgetLimit.Unlimited("usd"), Duration.ofDays(1));
    write(RUN, started(null), new JournalEntry.LogWritten("one"));
    write(
        FORK,
        started(forkedOff(RUN, 2)),
        new JournalEntry.OptionsChanged(theirs, theirs, AT),
        new JournalEntry.LogWritten("two"));
    var taken = archive(journal).take(FORK, List.of());

    try (var other = new InMemoryJournal()) {
      var _ = archive(other).store(taken, _ -> "ours");

      assertEquals(List.of("ours"), options(other, RUN));
      assertEquals(List.of("ours", "ours", "ours"), options(other, FORK));
      assertEquals(journal.read(StreamId.run(FORK), 3, 10), other.read(StreamId.run(FORK), 3, 10));
    }
  }

  @Test
  void aRunOfThisStoreKeepsItsOptionsWhenAForkOfItComesBackL7() {
    write(RUN, started(null));
    write(FORK, started(forkedOff(RUN, 1)));
    var taken = archive(journal).take(FORK, List.of());

    var here = archive(journal).store(taken, _ -> "ours");

    assertEquals(List.of("ours"), options(journal, here));
    assertEquals(3, journal.streams(StreamId.RUN).size(), "what it was forked off is not doubled");
  }

  private static List<String> options(InMemoryJournal store, RunId run) {
    return store.read(StreamId.run(run), 1, 10).stream()
        .map(JournalCodec::decode)
        .flatMap(entry ->
            switch (entry) {
              case JournalEntry.RunStarted started -> Stream.of(started.request().options());
              case JournalEntry.OptionsChanged(var before, var now, _) ->
                  Stream.of(before.options(), now.options());
              default -> Stream.empty();
            })
        .toList();
  }
}
