package mimo.engine.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.engine.BudgetLimit;
import mimo.engine.EngineException.ArchiveRefused;
import mimo.engine.RunId;
import mimo.engine.RunRequest;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.archive.ArchivedRun.ArchivedStream;
import mimo.engine.journal.Digests;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.Redactor;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.Test;

/// Files whose last line vouches for them and that hold no run all the same (D60): somebody wrote
/// them, and none of it is believed.
final class ArchiveReaderTest {

  private static final RunId RUN = new RunId("00112233aabb");
  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final String LARGE = "\"" + "x".repeat(9_000) + "\"";
  private static final JournalCodec CODEC = new JournalCodec(Redactor.NONE, new ManualClock());
  private static final JournalRecord STARTED =
      record(
          new JournalEntry.RunStarted(
              new RunRequest("w", List.of(), "1", "2", new BudgetLimit.Unlimited("usd")),
              "5eed",
              "00ff",
              "0.1.0",
              1,
              0,
              AT));
  private static final JournalRecord COMPLETED =
      record(new JournalEntry.StepCompleted(1, LARGE, Map.of(), "{}"));

  private static final ArchivedRun SOUND =
      run(
          new ArchivedStream(
              StreamId.session(RUN, 0, 1, 0),
              List.of(CODEC.sessions().encode(new SessionEntry("turn", "{}", AT)).record())),
          own(STARTED, COMPLETED));

  private static JournalRecord record(JournalEntry entry) {
    return CODEC.encode(entry).record();
  }

  private static ArchivedStream own(JournalRecord... records) {
    return new ArchivedStream(StreamId.run(RUN), List.of(records));
  }

  private static ArchivedRun run(ArchivedStream... streams) {
    return new ArchivedRun(
        RUN, List.of(streams), List.of(new ArchivedScript("/w/a.js", "00", "text\n")));
  }

  private static String written(ArchivedRun run) {
    try {
      var text = new StringWriter();
      ArchiveWriter.write(run, text);
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArchivedRun read(String text) throws IOException {
    return ArchiveReader.read(new BufferedReader(new StringReader(text)));
  }

  /// The lines of a sound archive without the last: 0 its head, 1 a script, 2 to 4 a session, 5 the
  /// run's stream, 6 its start, 7 a large value, 8 the step it is of, 9 the stream's end.
  private static List<String> lines() {
    var lines = new ArrayList<>(written(SOUND).lines().toList());
    lines.removeLast();
    return lines;
  }

  private static List<String> without(int line) {
    var lines = lines();
    lines.remove(line);
    return lines;
  }

  private static List<String> with(int line, String text) {
    var lines = lines();
    lines.set(line, text);
    return lines;
  }

  private static List<String> changed(int line, String pattern, String by) {
    return with(line, lines().get(line).replaceFirst(pattern, by));
  }

  /// With a last line that fits.
  private static String sealed(List<String> lines) {
    var text = String.join("\n", lines) + "\n";
    return text + "{\"end\":\"" + Digests.hex(text) + "\"}\n";
  }

  private static void assertRefused(String message, String text) {
    var refused = assertThrows(ArchiveRefused.class, () -> read(text), message);

    assertEquals("archive_invalid", refused.code());
    assertEquals(message, refused.getMessage());
  }

  @Test
  void readsBackWhatWasWrittenD60() throws IOException {
    var read = read(sealed(lines()));

    assertEquals(SOUND, read);
    assertEquals(written(SOUND), written(read));
  }

  @Test
  void refusesAFileThatIsNoExportedRun() {
    assertRefused("line 1: the file ends too early", "");
    assertRefused("line 1: it is no JSON object", "[\"mimorun\"]\n");
    assertRefused("line 1: it is no JSON object", "\n");
    assertRefused("line 1: this is no exported run", "{\"name\":\"package\",\"version\":1}\n");
    assertRefused("line 11: it has no 'run'", sealed(with(0, "{\"mimorun\":1}")));
  }

  @Test
  void refusesAFileThatHasNoEndOrGoesOnBehindIt() {
    var sound = written(SOUND);

    assertRefused("line 11: the file ends too early", String.join("\n", lines()) + "\n");
    assertRefused("line 11: the file goes on after its end", sound + "{}\n");
    assertRefused("line 10: a stream has no end", sealed(without(9)));
  }

  @Test
  void refusesEntriesThatStandWhereTheyDoNotBelong() {
    assertRefused("line 6: entry 1 is out of order", sealed(without(5)));
    assertRefused("line 8: entry 2 is out of order", sealed(without(6)));
    assertRefused("line 5: a stream begins inside another", sealed(without(4)));
    var twice = lines();
    twice.add(lines().get(9));
    assertRefused("line 11: the entries before it are damaged", sealed(twice));
  }

  @Test
  void refusesAStreamThatItsLastLineDoesNotFit() {
    assertRefused(
        "line 10: the entries before it are damaged",
        sealed(changed(9, "\"entries\":2", "\"entries\":3")));
    assertRefused(
        "line 10: the entries before it are damaged",
        sealed(changed(9, "\"head\":\"[0-9a-f]{4}", "\"head\":\"beef")));
  }

  @Test
  void refusesValuesThatAreDamagedOrMissing() {
    var digest = Digests.hex(LARGE);

    assertRefused("line 8: a value is damaged", sealed(changed(7, "xxx", "xyx")));
    assertRefused("line 8: the value " + digest + " is missing", sealed(without(7)));
  }

  @Test
  void refusesEntriesThatSayNothingOrSomethingElse() {
    assertRefused("line 7: the entry has no body", sealed(changed(6, ",\"body\":.*", "}")));
    assertRefused(
        "line 7: the entry is of another type",
        sealed(changed(6, "\"type\":\"run_started\"", "\"type\":\"run_ended\"")));
    assertRefused(
        "line 4: the entry is of another type",
        sealed(changed(3, "\"type\":\"turn\"", "\"type\":\"tool\"")));
  }

  @Test
  void refusesARunThatIsNotThere() {
    var missing = "the last stream of an archive is that of run " + RUN;

    assertRefused("line 3: " + missing, sealed(lines().subList(0, 2)));
    assertRefused("line 6: " + missing, sealed(lines().subList(0, 5)));
    assertRefused("line 4: a run has no beginning", written(run(own())));
    assertRefused("line 6: a run has no beginning", written(run(own(COMPLETED))));
  }

  @Test
  void namesTheVersionItDoesNotRead() {
    var refused =
        assertThrows(
            ArchiveRefused.class, () -> read(sealed(with(0, "{\"mimorun\":2,\"run\":\"x\"}"))));

    assertEquals("archive_newer", refused.code());
    assertEquals("it has version 2, this mimo reads versions up to 1", refused.getMessage());
  }
}
