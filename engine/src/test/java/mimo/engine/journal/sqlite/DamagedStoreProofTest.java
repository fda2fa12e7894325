package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.Patience;
import mimo.engine.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store whose files were damaged opens on a sound beginning or is refused by name, and never
/// says what was not written (DP5, T22).
final class DamagedStoreProofTest {

  private static final System.Logger LOG = System.getLogger(DamagedStoreProofTest.class.getName());
  private static final List<String> FILES =
      List.of("mimocode.db", "mimocode.db-wal", "mimocode.db-shm");
  private static final List<String> WRITERS = List.of("a", "b", "c");
  private static final int WRITES = 600;

  @TempDir private Path folder = Path.of("unset");

  @Test
  void opensOnASoundBeginningOrRefusesByNameDP5() throws Exception {
    var sound = killedStore();
    long seed = 20_261_123L;
    int rounds = Proof.rounds(300, 3_000);
    var outcomes = new TreeMap<String, Integer>();
    for (int round = 0; round < rounds; round++) {
      var random = new Random(seed + round);
      var store = Files.createDirectories(folder.resolve("m" + round));
      var when = "seed " + (seed + round) + ": " + damage(sound, store, random);
      outcomes.merge(look(store, when), 1, Integer::sum);
      for (var file : FILES) {
        Files.deleteIfExists(store.resolve(file));
      }
    }
    LOG.log(Level.INFO, "DP5: {0} mutations, {1}, 0 wrong", rounds, outcomes);
    assertEquals(rounds, outcomes.values().stream().mapToInt(n -> n).sum());
    assertTrue(outcomes.size() > 1, outcomes.toString());
  }

  /// The files of a store whose writers were killed: a part is in the database, a part in the log.
  private Map<String, byte[]> killedStore() throws Exception {
    var store = folder.resolve("sound");
    for (var writer : WRITERS) {
      assertEquals(0, StoreWriter.start(store, writer, WRITES / 2).waitFor());
    }
    var last = StoreWriter.start(store, "d", Integer.MAX_VALUE);
    var log = store.resolve("mimocode.db-wal");
    Patience.until(() -> Files.exists(log) && Files.size(log) >= 60_000);
    last.destroyForcibly().waitFor();
    var sound = new HashMap<String, byte[]>();
    for (var file : FILES) {
      sound.put(file, Files.readAllBytes(store.resolve(file)));
    }
    return sound;
  }

  private static String damage(Map<String, byte[]> sound, Path store, Random random)
      throws IOException {
    var victim = FILES.get(random.nextInt(FILES.size()));
    var how = "";
    for (var file : FILES) {
      var bytes = Objects.requireNonNull(sound.get(file)).clone();
      if (file.equals(victim)) {
        int kind = random.nextInt(6);
        how = victim + " kind " + kind;
        bytes = damaged(bytes, kind, random);
      }
      Files.write(store.resolve(file), bytes);
    }
    return how;
  }

  private static byte[] damaged(byte[] bytes, int kind, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(4_096));
    switch (kind) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> Arrays.fill(bytes, at, at + length, (byte) 0);
      case 2 -> {
        var noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, at, length);
      }
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        int from = random.nextInt(bytes.length - length + 1);
        System.arraycopy(bytes, from, bytes, at, length);
      }
      default -> {
        var longer = Arrays.copyOf(bytes, bytes.length + length);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 7);
        return longer;
      }
    }
    return bytes;
  }

  /// What a process finds there.
  private static String look(Path store, String when) {
    boolean refused = false;
    boolean shorter = false;
    try (var journal = new SqliteJournal(store)) {
      for (var writer : WRITERS) {
        try {
          int sound = compare(journal, writer, when);
          shorter |= sound < WRITES / 2;
        } catch (StoreFailure e) {
          refused = true;
        }
      }
      takeUp(journal, when);
      journal.streams("run");
    } catch (StoreFailure e) {
      refused = true;
    }
    return refused ? "refused" : shorter ? "opened on a beginning" : "whole";
  }

  private static int compare(SqliteJournal journal, String writer, String when) {
    var read = SharedStoreProofTest.all(journal, StoreWriter.own(writer));
    for (int i = 0; i < read.size(); i++) {
      JournalRecord expected = StoreWriter.record(writer, i + 1);
      assertEquals(expected, read.get(i), when);
    }
    return read.size();
  }

  /// The last writer's stream can be gone on with, or is refused.
  private static void takeUp(SqliteJournal journal, String when) {
    StreamId stream = StoreWriter.own("d");
    try (var lease = journal.acquire(stream)) {
      var read = SharedStoreProofTest.all(journal, stream);
      assertEquals(lease.head(), read.size(), when);
      for (int i = 0; i < read.size(); i++) {
        assertEquals(StoreWriter.record("d", i + 1), read.get(i), when);
      }
    }
  }
}
