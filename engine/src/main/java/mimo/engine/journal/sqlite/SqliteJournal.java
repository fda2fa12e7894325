package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Keeping;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import mimo.engine.journal.StreamTip;
import org.jspecify.annotations.Nullable;

/// The journal in `mimocode.db`. A process opens a store once: its locks are per process (S95).
public final class SqliteJournal implements Journal {

  private final ReentrantLock reading = new ReentrantLock();
  private final StoreFiles files;
  private final StoreAccess access;
  private final GroupCommit writer;
  private final Leases leases;
  private final Keeping keeping;
  private @Nullable Connection reader;
  private long connections;
  private boolean closed;

  /// @param folder holds the database and its locks; created, for its owner only, at first write
  public SqliteJournal(Path folder) {
    this(folder, new Connections(Schema.CURRENT));
  }

  SqliteJournal(Path folder, StoreAccess access) {
    this(folder, access, new StoreFiles(folder).trust(), InstantSource.system());
  }

  /// @param trust what says who lives
  SqliteJournal(Path folder, StoreAccess access, LockTrust trust, InstantSource clock) {
    this.files = new StoreFiles(folder);
    this.access = access;
    this.writer = new GroupCommit(files, access);
    this.leases = new Leases(new RunLocks(files.locks()), writer, this::row, trust, clock);
    this.keeping = new StoreKeeping(files, access, leases);
  }

  @Override
  public Lease acquire(StreamId stream) {
    files.create();
    return leases.acquire(stream);
  }

  @Override
  public Lease takeOver(StreamId stream) {
    files.create();
    return leases.takeOver(stream);
  }

  private LeaseRow row(StreamId stream) {
    return read(LeaseRow.NONE, open -> new StreamReader(open).lease(stream));
  }

  @Override
  public void append(
      Lease lease, StreamId stream, List<JournalRecord> records, AppendListener listener) {
    writer.submit(new Append(ours(lease), stream, List.copyOf(records), listener));
  }

  private static SqliteLease ours(Lease lease) {
    if (!(lease instanceof SqliteLease ours)) {
      throw new IllegalArgumentException("lease of " + lease.stream() + " is another journal's");
    }
    return ours;
  }

  @Override
  public List<JournalRecord> read(StreamId stream, long from, int atMost) {
    return read(List.of(), open -> new StreamReader(open).read(stream, from, atMost));
  }

  @Override
  public Optional<StreamOutline> outline(StreamId stream) {
    return read(Optional.empty(), open -> new StreamReader(open).outline(stream));
  }

  @Override
  public List<StreamId> streams(String kind) {
    return read(List.of(), open -> new StreamReader(open).streams(kind));
  }

  @Override
  public List<StreamTip> endingWith(String kind, String type) {
    return read(List.of(), open -> new StreamTips(open).endingWith(kind, type));
  }

  @Override
  public long revision() {
    return read(0L, this::revision);
  }

  /// SQLite tells each connection by a number of its own whether others have written; it reads a
  /// few bytes of memory that all processes share.
  private long revision(Connection open) throws SQLException {
    try (var statement = open.createStatement();
        var rows = statement.executeQuery("PRAGMA data_version")) {
      rows.next();
      return connections << Integer.SIZE | rows.getInt(1);
    }
  }

  @Override
  public boolean owned(StreamId stream) {
    return files.exists() && leases.owned(stream);
  }

  @Override
  public long post(StreamId stream, String body) {
    var work = new WaitedWork<Long>(table -> table.requests().post(stream, body));
    writer.submit(work);
    long id = work.await("asking " + stream);
    if (id == 0) {
      throw new IllegalArgumentException(stream + " does not exist, so nobody can be asked");
    }
    return id;
  }

  @Override
  public List<Posted> postedAfter(long id) {
    return read(List.of(), open -> new RequestTable(open).after(id));
  }

  @Override
  public List<Posted> posted(StreamId stream) {
    return read(List.of(), open -> new RequestTable(open).of(stream));
  }

  @Override
  public void answer(Lease lease, long id, String outcome) {
    var ours = ours(lease);
    var work =
        new WaitedWork<Optional<EngineException>>(table -> {
          var refused = table.refusal(ours);
          if (refused == null) {
            table.requests().answer(id, outcome);
          }
          return Optional.ofNullable(refused);
        });
    writer.submit(work);
    work.await("answering request " + id)
        .ifPresent(refused -> {
          throw refused;
        });
  }

  @Override
  public Optional<String> answered(long id) {
    return read(Optional.empty(), open -> new RequestTable(open).outcome(id));
  }

  /// Says once, and now, that the owners of this process live.
  void beatOnce() {
    leases.beatOnce();
  }

  @Override
  public void pin(StreamId stream) {
    keeping.pin(stream);
  }

  @Override
  public void unpin(StreamId stream) {
    keeping.unpin(stream);
  }

  @Override
  public Set<StreamId> pinned() {
    return read(Set.of(), StoreKeeping::pinned);
  }

  @Override
  public void rewrite(List<StreamId> streams, Rewriting rewriting) {
    keeping.rewrite(streams, rewriting);
  }

  @Override
  public void erase(List<StreamId> streams, Runnable permit) {
    keeping.erase(streams, permit);
  }

  @Override
  public boolean compact() {
    return keeping.compact();
  }

  @Override
  public long bytes() {
    return keeping.bytes();
  }

  /// How many commits this process made.
  long commits() {
    return writer.commits();
  }

  private interface Reading<T> {
    T from(Connection open) throws SQLException;
  }

  private <T> T read(T nothing, Reading<T> reading) {
    this.reading.lock();
    try {
      if (closed) {
        throw new StoreFailure("store_failed", "the store was closed by this process", null);
      }
      var open = reader();
      return open == null ? nothing : reading.from(open);
    } catch (SQLException e) {
      disconnect();
      throw StoreFailures.of(e, files.database());
    } finally {
      this.reading.unlock();
    }
  }

  /// The reader's connection, or null while there is nothing to read.
  private @Nullable Connection reader() throws SQLException {
    if (reader == null && files.exists()) {
      reader = opened();
      connections++;
    }
    return reader;
  }

  private @Nullable Connection opened() throws SQLException {
    return switch (age()) {
      case EMPTY -> null;
      case OLDER -> {
        access.writer(files.database()).close();
        yield access.reader(files.database());
      }
      case CURRENT -> access.reader(files.database());
    };
  }

  private Schema.Age age() throws SQLException {
    try (var look = access.reader(files.database())) {
      return access.age(look, files.database());
    }
  }

  private void disconnect() {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (SQLException e) {
      // It has only read; nothing can be lost.
      return;
    } finally {
      reader = null;
    }
  }

  @Override
  public void close() {
    leases.close();
    writer.close();
    reading.lock();
    try {
      closed = true;
      disconnect();
    } finally {
      reading.unlock();
    }
  }
}
