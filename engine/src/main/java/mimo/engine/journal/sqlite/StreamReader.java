package mimo.engine.journal.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.journal.Digests;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import org.jspecify.annotations.Nullable;

/// Reads streams and trusts nothing it reads: every entry is checked against its seal, every large
/// value against its digest (D14, D15).
///
/// Damaged entries at the end are a write that was torn; they are as if never written. A damaged
/// entry before a sound one is another matter: the stream is refused.
final class StreamReader {

  private static final String ROW = "SELECT id FROM stream WHERE kind = ? AND name = ?";
  private static final String PAGE =
      """
      SELECT number, type, body, blobs, crc, hash FROM entry
      WHERE stream = ? AND number >= ? ORDER BY number LIMIT ?
      """;
  private static final String HASH = "SELECT hash FROM entry WHERE stream = ? AND number = ?";
  private static final String BLOB = "SELECT bytes FROM blob WHERE digest = ?";
  private static final String STREAMS =
      """
      SELECT name FROM stream WHERE kind = ?
      AND EXISTS (SELECT 1 FROM entry WHERE entry.stream = stream.id) ORDER BY id DESC
      """;
  private static final String COUNTS =
      "SELECT type, COUNT(*) FROM entry WHERE stream = ? GROUP BY type";
  private static final String ENDS = "SELECT MIN(number), MAX(number) FROM entry WHERE stream = ?";
  private static final String LEASE =
      "SELECT token, lock, beat, boot, pid, host FROM lease WHERE stream = ?";
  private static final int PAGE_SIZE = EngineLimits.READ_PAGE;

  private final Connection connection;

  StreamReader(Connection connection) {
    this.connection = connection;
  }

  private record Row(
      long number, String type, String body, String blobs, long crc, StreamEnd stored) {

    static Row of(ResultSet rows) throws SQLException {
      var number = rows.getLong(1);
      return new Row(
          number,
          String.valueOf(rows.getString(2)),
          String.valueOf(rows.getString(3)),
          String.valueOf(rows.getString(4)),
          rows.getLong(5),
          new StreamEnd(number, bytes(rows, 6)));
    }

    boolean follows(StreamEnd before) {
      var seal = Seal.of(before.hash(), number, type, body);
      return number == before.number() + 1 && seal.crc() == crc && seal.isHash(stored.hash());
    }

    boolean isWhole() {
      return Seal.crc(number, type, body) == crc;
    }
  }

  /// The bytes of a column that is never empty, unless the page it lies on was damaged: then no
  /// hash fits what this gives back.
  private static byte[] bytes(ResultSet rows, int column) throws SQLException {
    var bytes = rows.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /// The stream's last sound entry.
  StreamEnd end(StreamId stream, long row) throws SQLException {
    var end = StreamEnd.none(stream);
    List<Row> page;
    do {
      page = soundRows(stream, row, end, PAGE_SIZE);
      end = page.isEmpty() ? end : page.getLast().stored();
    } while (page.size() == PAGE_SIZE);
    return end;
  }

  List<JournalRecord> read(StreamId stream, long from, int atMost) throws SQLException {
    var row = row(stream);
    if (row.isEmpty()) {
      return List.of();
    }
    var before = before(stream, row.getAsLong(), from);
    if (before.isEmpty()) {
      return List.of();
    }
    var records = new ArrayList<JournalRecord>();
    for (var sound : soundRows(stream, row.getAsLong(), before.get(), atMost)) {
      records.add(record(stream, sound));
    }
    return records;
  }

  private OptionalLong row(StreamId stream) throws SQLException {
    try (var select = connection.prepareStatement(ROW)) {
      select.setString(1, stream.kind());
      select.setString(2, stream.name());
      try (var rows = select.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private Optional<StreamEnd> before(StreamId stream, long row, long from) throws SQLException {
    if (from <= 1) {
      return Optional.of(StreamEnd.none(stream));
    }
    try (var select = connection.prepareStatement(HASH)) {
      select.setLong(1, row);
      select.setLong(2, from - 1);
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new StreamEnd(from - 1, bytes(rows, 1)))
            : Optional.empty();
      }
    }
  }

  private List<Row> soundRows(StreamId stream, long row, StreamEnd before, int atMost)
      throws SQLException {
    var sound = new ArrayList<Row>();
    var last = before;
    try (var select = connection.prepareStatement(PAGE)) {
      select.setLong(1, row);
      select.setLong(2, before.number() + 1);
      select.setInt(3, atMost);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var next = Row.of(rows);
          if (!next.follows(last)) {
            refuseIfFollowed(stream, row, last.number() + 1, next);
            return sound;
          }
          sound.add(next);
          last = next.stored();
        }
      }
    }
    return sound;
  }

  private void refuseIfFollowed(StreamId stream, long row, long expected, Row bad)
      throws SQLException {
    var skipped = bad.number() != expected && bad.isWhole();
    if (skipped || wholeEntryAfter(row, bad.number())) {
      throw corrupt(stream, "entry " + expected + " is damaged, and sound ones come after it");
    }
  }

  private boolean wholeEntryAfter(long row, long number) throws SQLException {
    try (var select = connection.prepareStatement(PAGE)) {
      select.setLong(1, row);
      select.setLong(2, number + 1);
      select.setInt(3, -1);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          if (Row.of(rows).isWhole()) {
            return true;
          }
        }
        return false;
      }
    }
  }

  private JournalRecord record(StreamId stream, Row row) throws SQLException {
    var blobs = new HashMap<String, String>();
    if (!row.blobs().isEmpty()) {
      for (var digest : row.blobs().split(" ", -1)) {
        blobs.put(digest, blob(stream, row, digest));
      }
    }
    return new JournalRecord(row.type(), row.body(), blobs);
  }

  private String blob(StreamId stream, Row row, String digest) throws SQLException {
    try (var select = connection.prepareStatement(BLOB)) {
      select.setString(1, digest);
      try (var rows = select.executeQuery()) {
        var value = rows.next() ? new String(bytes(rows, 1), StandardCharsets.UTF_8) : "";
        if (!Digests.hex(value).equals(digest)) {
          throw corrupt(stream, "a value of entry " + row.number() + " is damaged");
        }
        return value;
      }
    }
  }

  private static StoreFailure corrupt(StreamId stream, String what) {
    return new StoreFailure(
        "store_corrupt", stream + ": " + what + "; other runs are not affected", null);
  }

  Optional<StreamOutline> outline(StreamId stream) throws SQLException {
    var row = row(stream);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    try (var select = connection.prepareStatement(ENDS)) {
      select.setLong(1, row.getAsLong());
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(2) == 0
            ? Optional.empty()
            : outline(stream, row.getAsLong(), rows.getLong(2));
      }
    }
  }

  private Optional<StreamOutline> outline(StreamId stream, long row, long last)
      throws SQLException {
    var first = read(stream, 1, 1);
    var end = read(stream, last, 1);
    if (end.isEmpty()) {
      // A torn end: what lies before it is found the long way.
      var sound = end(stream, row).number();
      end = sound == 0 ? end : read(stream, sound, 1);
    }
    return first.isEmpty() || end.isEmpty()
        ? Optional.empty()
        : Optional.of(new StreamOutline(stream, first.getFirst(), end.getFirst(), counts(row)));
  }

  private Map<String, Long> counts(long row) throws SQLException {
    var counts = new HashMap<String, Long>();
    try (var select = connection.prepareStatement(COUNTS)) {
      select.setLong(1, row);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return counts;
  }

  List<StreamId> streams(String kind) throws SQLException {
    var streams = new ArrayList<StreamId>();
    try (var select = connection.prepareStatement(STREAMS)) {
      select.setString(1, kind);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          named(kind, rows.getString(1)).ifPresent(streams::add);
        }
      }
    }
    return streams;
  }

  /// A stream whose name was damaged is nobody's; the others can be read.
  static Optional<StreamId> named(String kind, @Nullable String name) {
    try {
      return Optional.of(new StreamId(kind, String.valueOf(name)));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /// Who owns the stream, as far as the store knows.
  LeaseRow lease(StreamId stream) throws SQLException {
    try (var select = connection.prepareStatement(LEASE)) {
      select.setLong(1, row(stream).orElse(0));
      try (var rows = select.executeQuery()) {
        if (!rows.next()) {
          return LeaseRow.NONE;
        }
        long beat = rows.getLong(3);
        var at = rows.wasNull() ? null : Instant.ofEpochMilli(beat);
        var owner = "process " + rows.getLong(5) + " on " + rows.getString(6);
        var boot = String.valueOf(rows.getString(4));
        return new LeaseRow(rows.getLong(1), rows.getLong(2), at, boot, owner);
      }
    }
  }
}
