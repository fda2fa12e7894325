package mimo.engine.journal.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.engine.EngineException;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// The writer's side of the tables. Confined to the writer's thread.
final class EntryTable {

  private static final String INSERT_ENTRY =
      "INSERT INTO entry (stream, number, type, body, blobs, crc, hash) VALUES (?,?,?,?,?,?,?)";
  private static final String INSERT_BLOB =
      "INSERT OR IGNORE INTO blob (digest, bytes) VALUES (?,?)";
  private static final String TOKEN = "SELECT token FROM lease WHERE stream = ?";
  private static final String INSERT_STREAM =
      "INSERT OR IGNORE INTO stream (kind, name) VALUES (?,?)";
  private static final String CREATE_STREAM = INSERT_STREAM + " RETURNING id";
  private static final String STREAM = "SELECT id FROM stream WHERE kind = ? AND name = ?";

  /// The first token is drawn: the row of a stream that was removed may be given to another one,
  /// and who still holds the old one must not pass for its owner (D42). Half of the range is left
  /// for raising it.
  private static final String RAISE_TOKEN =
      """
      INSERT INTO lease (stream, token, pid, started, boot, host, lock, beat)
      VALUES (?, random() & 4611686018427387903, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (stream) DO UPDATE SET token = token + 1, pid = excluded.pid,
        started = excluded.started, boot = excluded.boot, host = excluded.host,
        lock = excluded.lock, beat = excluded.beat
      RETURNING token
      """;

  private static final String BEAT = "UPDATE lease SET beat = ? WHERE stream = ? AND token = ?";
  private static final String SET_ASIDE =
      """
      INSERT INTO torn_entry (stream, number, type, body)
      SELECT stream, number, type, body FROM entry WHERE stream = ? AND number > ?
      """;
  private static final String TRUNCATE = "DELETE FROM entry WHERE stream = ? AND number > ?";

  private final Connection connection;
  private final PreparedStatement insertEntry;
  private final PreparedStatement insertBlob;
  private final PreparedStatement token;
  private final PreparedStatement createStream;
  private final Set<SqliteLease> checked = new HashSet<>();

  EntryTable(Connection connection) throws SQLException {
    this.connection = connection;
    this.insertEntry = connection.prepareStatement(INSERT_ENTRY);
    this.insertBlob = connection.prepareStatement(INSERT_BLOB);
    this.token = connection.prepareStatement(TOKEN);
    this.createStream = connection.prepareStatement(CREATE_STREAM);
  }

  /// Refuses a lease that is broken, or that another process took over, in the transaction that
  /// would write (D42). One that was refused stays so.
  ///
  /// @return the refusal, or null if the lease holds
  @Nullable EngineException refusal(SqliteLease lease) throws SQLException {
    if (lease.broken() == null && checked.add(lease)) {
      var fenced = fenced(lease);
      if (fenced != null) {
        lease.breakOff(fenced);
      }
    }
    return lease.broken();
  }

  private @Nullable LeaseRefused fenced(SqliteLease lease) throws SQLException {
    token.setLong(1, lease.row());
    try (var rows = token.executeQuery()) {
      var current = rows.next() ? rows.getLong(1) : 0;
      return current == lease.token()
          ? null
          : new LeaseRefused(
              "fenced",
              lease.stream()
                  + ": another process has taken it over (lease "
                  + current
                  + ", this process has "
                  + lease.token()
                  + ")");
    }
  }

  /// Begins a transaction. The driver's own mode would begin the next one right after a commit, and
  /// keep all other processes out while there is nothing to write.
  void begin() throws SQLException {
    execute("BEGIN IMMEDIATE");
  }

  /// Writes what was appended, in the transaction that is going on.
  void flush() throws SQLException {
    insertEntry.executeBatch();
  }

  /// Makes durable what was appended.
  void commit() throws SQLException {
    insertEntry.executeBatch();
    execute("COMMIT");
    checked.clear();
  }

  private void execute(String command) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /// The end of a stream that the lease is the right to. One that it has not written to yet is
  /// made, or its end is mended.
  Tail tail(SqliteLease lease, StreamId stream) throws SQLException {
    var known = lease.tail(stream);
    if (known != null) {
      return known;
    }
    var created = created(stream);
    var tail = created == null ? mended(stream) : created;
    lease.keep(stream, tail);
    return tail;
  }

  private @Nullable Tail created(StreamId stream) throws SQLException {
    createStream.setString(1, stream.kind());
    createStream.setString(2, stream.name());
    try (var rows = createStream.executeQuery()) {
      return rows.next() ? new Tail(rows.getLong(1), StreamEnd.none(stream)) : null;
    }
  }

  private Tail mended(StreamId stream) throws SQLException {
    // Earlier appends of this transaction count.
    insertEntry.executeBatch();
    var row = row(stream);
    var end = new StreamReader(connection).end(stream, row);
    setAside(row, end.number());
    return new Tail(row, end);
  }

  void append(Tail tail, List<JournalRecord> records) throws SQLException {
    for (var record : records) {
      for (var blob : record.blobs().entrySet()) {
        insertBlob.setString(1, blob.getKey());
        insertBlob.setBytes(2, blob.getValue().getBytes(StandardCharsets.UTF_8));
        insertBlob.executeUpdate();
      }
      var seal = tail.seal(record.type(), record.body());
      insertEntry.setLong(1, tail.row());
      insertEntry.setLong(2, tail.number());
      insertEntry.setString(3, record.type());
      insertEntry.setString(4, record.body());
      insertEntry.setString(5, String.join(" ", record.blobs().keySet()));
      insertEntry.setLong(6, seal.crc());
      insertEntry.setBytes(7, seal.hash());
      insertEntry.addBatch();
    }
  }

  /// The requests to the owners of streams, in the same transaction.
  RequestTable requests() {
    return new RequestTable(connection);
  }

  /// What the store says about who owns a stream.
  LeaseRow lease(StreamId stream) throws SQLException {
    return new StreamReader(connection).lease(stream);
  }

  /// The owner of a stream says that it lives, or with null that it does not want it any more; who
  /// is not the owner any more says nothing.
  void beat(SqliteLease lease, @Nullable Instant at) throws SQLException {
    try (var update = connection.prepareStatement(BEAT)) {
      if (at == null) {
        update.setNull(1, Types.INTEGER);
      } else {
        update.setLong(1, at.toEpochMilli());
      }
      update.setLong(2, lease.row());
      update.setLong(3, lease.token());
      update.executeUpdate();
    }
  }

  /// Takes the lease of a stream: mends its end, then raises its fencing number.
  SqliteLease.Grant take(StreamId stream, Claim claim) throws SQLException {
    // Earlier appends of this transaction count: those of the stream's last owner among them.
    insertEntry.executeBatch();
    checked.clear();
    var row = row(stream);
    var end = new StreamReader(connection).end(stream, row);
    var setAside = setAside(row, end.number());
    return new SqliteLease.Grant(row, raiseToken(row, claim), end, setAside);
  }

  private long row(StreamId stream) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT_STREAM);
        var select = connection.prepareStatement(STREAM)) {
      insert.setString(1, stream.kind());
      insert.setString(2, stream.name());
      insert.executeUpdate();
      select.setString(1, stream.kind());
      select.setString(2, stream.name());
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private int setAside(long row, long last) throws SQLException {
    try (var keep = connection.prepareStatement(SET_ASIDE);
        var truncate = connection.prepareStatement(TRUNCATE)) {
      keep.setLong(1, row);
      keep.setLong(2, last);
      keep.executeUpdate();
      truncate.setLong(1, row);
      truncate.setLong(2, last);
      return truncate.executeUpdate();
    }
  }

  private long raiseToken(long row, Claim claim) throws SQLException {
    var owner = claim.owner();
    try (var raise = connection.prepareStatement(RAISE_TOKEN)) {
      raise.setLong(1, row);
      raise.setLong(2, owner.pid());
      raise.setString(3, owner.startedAt());
      raise.setString(4, owner.bootId());
      raise.setString(5, owner.host());
      raise.setLong(6, claim.lock());
      if (claim.trust() == LockTrust.HEARTBEATS) {
        raise.setLong(7, claim.at().toEpochMilli());
      } else {
        raise.setNull(7, Types.INTEGER);
      }
      try (var rows = raise.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
