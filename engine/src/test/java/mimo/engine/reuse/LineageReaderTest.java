package mimo.engine.reuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.engine.Engine;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The past of a run, part of which may be another run's, as somebody may have damaged it (D38).
final class LineageReaderTest {

  private static final RunId RUN = new RunId("7f3a90b1c2d4");
  private static final RunId SOURCE = new RunId("0123456789ab");
  private static final JournalCodec CODEC =
      new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"), new ManualClock());
  private static final JournalEntry ASKED = new StepScheduled(1, TestBench.agent("a"), 0);

  private final Map<StreamId, List<JournalRecord>> store = new HashMap<>();

  private static RunStarted started(int generation, @Nullable RunOrigin origin) {
    return new RunStarted(
        TestBench.request(),
        "5eed",
        "00",
        Engine.VERSION,
        1,
        generation,
        ManualClock.START,
        origin);
  }

  private static RunOrigin forked(RunId source, long records, int generation) {
    var step = new StepRef(generation, 1);
    return new RunOrigin.Forked(source, records, step, RunOrigin.Later.REUSED, ManualClock.START);
  }

  private void given(RunId run, JournalEntry... entries) {
    given(run, List.of(entries));
  }

  private void given(RunId run, List<JournalEntry> entries) {
    store.put(
        StreamId.run(run), entries.stream().map(entry -> CODEC.encode(entry).record()).toList());
  }

  private RunLineage read() {
    return new LineageReader(this::records).read(RUN);
  }

  private List<JournalRecord> records(StreamId stream, long from, int atMost) {
    return store.getOrDefault(stream, List.of()).stream().skip(from - 1).limit(atMost).toList();
  }

  private String refused() {
    var failure = assertThrows(StoreFailure.class, this::read);
    assertEquals("store_corrupt", failure.code());
    return String.valueOf(failure.getMessage());
  }

  @Test
  void aRunThatIsAForkOfItselfIsNotReadForEver() {
    given(RUN, started(1, forked(RUN, 1, 0)));

    assertEquals(
        "run 7f3a90b1c2d4 is a fork of forks, more than " + EngineLimits.FORK_DEPTH + " deep",
        refused());
  }

  @Test
  void aRunThatBecomesAForkLaterOnIsRefusedBeforeItsSourcesAreReadD38() {
    given(RUN, started(0, null), started(1, forked(RUN, 2, 0)), started(2, forked(RUN, 2, 1)));

    assertEquals(
        "run 7f3a90b1c2d4 becomes a fork at entry 2; only the first entry can say so", refused());
  }

  @Test
  void aForkOfLessThanNothingIsRefused() {
    given(SOURCE, started(0, null), ASKED);
    given(RUN, started(1, forked(SOURCE, -1, 0)));

    assertEquals("run 0123456789ab begins with nothing, not run_started", refused());
  }

  @Test
  void aForkOfAGenerationThatItsSourceHasNotIsRefused() {
    given(SOURCE, started(0, null), ASKED);
    given(RUN, started(4, forked(SOURCE, 2, 3)));

    assertEquals(
        "run 7f3a90b1c2d4 is a fork of generation 3 of run 0123456789ab, which has come to 0",
        refused());
  }

  @Test
  void aRecordThatDoesNotBeginWithARunIsRefused() {
    given(RUN, new LogWritten("hello"));
    assertEquals("run 7f3a90b1c2d4 begins with log_written, not run_started", refused());

    given(RUN, List.of());
    assertEquals("run 7f3a90b1c2d4 begins with nothing, not run_started", refused());

    given(SOURCE, started(0, null), ASKED);
    given(RUN, started(1, forked(SOURCE, 0, 0)));
    assertEquals("run 0123456789ab begins with nothing, not run_started", refused());
  }

  @Test
  void aForkKnowsItsSourceAsItWasThenEvenWhereAPageEndsD39() {
    var entries = new ArrayList<JournalEntry>(List.of(started(0, null)));
    entries.addAll(Collections.nCopies(EngineLimits.READ_PAGE - 2, new LogWritten("busy")));
    entries.add(ASKED);
    entries.add(new StepScheduled(2, TestBench.agent("later"), 0));
    given(SOURCE, entries);
    given(RUN, started(1, forked(SOURCE, EngineLimits.READ_PAGE, 0)));

    var lineage = read();

    assertEquals(
        List.of(EngineLimits.READ_PAGE, EngineLimits.READ_PAGE - 1),
        lineage.generations().stream().map(each -> each.entries().size()).toList());
    assertEquals(List.of(SOURCE), lineage.sources());
    assertEquals(1, lineage.records(), "the fork's own record is its beginning");
  }

  @Test
  void aRunWithoutAGenerationIsNone() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> new RunLineage(RUN, List.of()));

    assertEquals("run 7f3a90b1c2d4 must have at least one generation", refused.getMessage());
  }
}
