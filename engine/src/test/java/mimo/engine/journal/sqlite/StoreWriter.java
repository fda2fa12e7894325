package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.AwaitedAppend;
import mimo.engine.journal.Digests;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.TestJvm;

/// A process that writes to a store others write to as well: to a stream of its own, and now and
/// then to one that all share. It prints `done` at its end.
final class StoreWriter {

  static final StreamId SHARED = new StreamId("run", "shared");
  static final int SHARED_EVERY = 25;
  private static final int BLOB_EVERY = 10;

  private StoreWriter() {}

  /// @param arguments the store's folder, the writer's name, how many records it writes
  public static void main(String[] arguments) throws Exception {
    var name = arguments[1];
    try (var journal = new SqliteJournal(Path.of(arguments[0]));
        var lease = journal.acquire(own(name))) {
      for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
        write(journal, lease, record(name, i));
        if (i % SHARED_EVERY == 0) {
          writeShared(journal, record(name, i));
        }
      }
    }
    System.out.println("done");
  }

  static StreamId own(String name) {
    return new StreamId("run", "of-" + name);
  }

  /// What a writer writes as its n-th.
  static JournalRecord record(String name, int n) {
    var value = "value " + name + " " + n + " ".repeat(20);
    Map<String, String> blobs = n % BLOB_EVERY == 0 ? Map.of(Digests.hex(value), value) : Map.of();
    return new JournalRecord("note", "{\"by\":\"" + name + "\",\"n\":" + n + "}", blobs);
  }

  private static void writeShared(Journal journal, JournalRecord record) throws Exception {
    while (true) {
      try (var lease = journal.acquire(SHARED)) {
        write(journal, lease, record);
        return;
      } catch (LeaseRefused e) {
        // Another writer has it for a moment.
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static void write(Journal journal, Lease lease, JournalRecord record) {
    var append = new AwaitedAppend();
    journal.append(lease, List.of(record), append);
    append.await();
  }

  /// Such a process.
  static Process start(Path folder, String name, int records) throws IOException {
    return TestJvm.start(StoreWriter.class, folder.toString(), name, String.valueOf(records));
  }
}
