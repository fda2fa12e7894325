package mimo.engine.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.engine.journal.Keeping;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.RunLocks.LockFile;

/// Keeps and removes the streams of one SQLite store, each time with a connection of its own: this
/// is rare, and must not share a transaction with the writer. Thread-safe.
final class StoreKeeping implements Keeping {

  private static final String PIN = "UPDATE stream SET pinned = ? WHERE kind = ? AND name = ?";
  private static final String PINNED = "SELECT kind, name FROM stream WHERE pinned = 1";
  private static final String STREAMS = "SELECT kind, name FROM stream";

  private final StoreFiles files;
  private final StoreAccess access;
  private final Leases leases;

  StoreKeeping(StoreFiles files, StoreAccess access, Leases leases) {
    this.files = files;
    this.access = access;
    this.leases = leases;
  }

  private interface Change {
    void to(Connection connection) throws SQLException;
  }

  private void change(Change change) {
    if (!files.exists()) {
      return;
    }
    try (var connection = access.writer(files.database())) {
      change.to(connection);
    } catch (SQLException e) {
      throw StoreFailures.of(e, files.database());
    }
  }

  @Override
  public void pin(StreamId stream) {
    change(connection -> pin(connection, stream, 1));
  }

  @Override
  public void unpin(StreamId stream) {
    change(connection -> pin(connection, stream, 0));
  }

  private static void pin(Connection connection, StreamId stream, int pinned) throws SQLException {
    try (var update = connection.prepareStatement(PIN)) {
      update.setInt(1, pinned);
      update.setString(2, stream.kind());
      update.setString(3, stream.name());
      update.executeUpdate();
    }
  }

  @Override
  public Set<StreamId> pinned() {
    var pinned = new HashSet<StreamId>();
    change(connection -> pinned.addAll(pinned(connection)));
    return pinned;
  }

  static Set<StreamId> pinned(Connection connection) throws SQLException {
    return Set.copyOf(streams(connection, PINNED));
  }

  private static List<StreamId> streams(Connection connection, String query) throws SQLException {
    var streams = new ArrayList<StreamId>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        streams.add(new StreamId(rows.getString(1), rows.getString(2)));
      }
    }
    return streams;
  }

  /// Nobody can take a run up while it is removed: its lock is held, which its sessions share.
  @Override
  public void erase(List<StreamId> streams, Runnable permit) {
    var all = List.copyOf(streams);
    holding(all, connection -> new Eraser(connection).erase(all, permit));
  }

  @Override
  public void rewrite(List<StreamId> streams, Rewriting rewriting) {
    var all = List.copyOf(streams);
    holding(all, connection -> new Eraser(connection).rewrite(all, rewriting));
  }

  private void holding(List<StreamId> streams, Change change) {
    var held = new ArrayList<LockFile>();
    try {
      for (var stream : owned(streams)) {
        if (files.exists()) {
          held.add(leases.hold(stream));
        }
      }
      change(change);
    } finally {
      held.forEach(leases::letGo);
    }
  }

  private static List<StreamId> owned(List<StreamId> streams) {
    return streams.stream().filter(StreamId::isOwned).toList();
  }

  @Override
  public boolean compact() {
    var done = new boolean[1];
    change(connection -> {
      done[0] = owned(streams(connection, STREAMS)).stream().noneMatch(leases::owned);
      if (done[0]) {
        new Eraser(connection).compact();
      }
    });
    return done[0];
  }

  @Override
  public long bytes() {
    return files.bytes();
  }
}
