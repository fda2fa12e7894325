package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many processes on one store (DP4, T23).
final class SharedStoreProofTest {

  private static final System.Logger LOG = System.getLogger(SharedStoreProofTest.class.getName());
  private static final int PROCESSES = 8;

  @TempDir private Path folder = Path.of("unset");

  @Test
  void losesNothingOfWhatEightProcessesWriteAtOnceDP4() throws Exception {
    int writes = Proof.rounds(500, 20_000);
    long begin = System.nanoTime();
    var processes = new ArrayList<Process>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(StoreWriter.start(folder, "w" + i, writes));
    }
    for (var process : processes) {
      assertEquals("done\n", output(process));
      assertEquals(0, process.waitFor());
    }

    int lost = 0;
    try (var journal = new SqliteJournal(folder)) {
      for (int i = 0; i < PROCESSES; i++) {
        var name = "w" + i;
        var written = all(journal, StoreWriter.own(name));
        var expected =
            IntStream.rangeClosed(1, writes).mapToObj(n -> StoreWriter.record(name, n)).toList();
        lost += expected.size() - written.size();
        assertEquals(expected, written, name);
      }
      var shared = all(journal, StoreWriter.SHARED);
      lost += PROCESSES * (writes / StoreWriter.SHARED_EVERY) - shared.size();
      assertEquals(shared.size(), new TreeSet<>(bodies(shared)).size(), "nothing came twice");
    }
    var pages = StoreCheckup.of(folder, Duration.ofMinutes(1)).database().orElseThrow().pages();
    LOG.log(
        Level.INFO,
        "DP4: {0} processes, {1} writes each, {2} lost, pages {3}, {4} s",
        PROCESSES,
        writes,
        lost,
        pages,
        Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    assertEquals(0, lost);
    assertEquals(new StoreCheckup.Pages.Sound(), pages);
    assertEquals(Optional.empty(), StoreCheckup.of(folder, Duration.ZERO).remote());
    assertTrue(writes >= 500);
  }

  private static List<String> bodies(List<JournalRecord> records) {
    return records.stream().map(JournalRecord::body).toList();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static List<JournalRecord> all(Journal journal, StreamId stream) {
    var all = new ArrayList<JournalRecord>();
    List<JournalRecord> page;
    do {
      page = journal.read(stream, all.size() + 1L, 1_000);
      all.addAll(page);
    } while (page.size() == 1_000);
    return all;
  }
}
