package mimo.engine.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamTip;

/// Finds the streams that end with a certain type of entry.
final class StreamTips {

  private static final String TIPS =
      """
      SELECT stream.name, entry.number
      FROM stream JOIN entry ON entry.stream = stream.id AND entry.number =
        (SELECT MAX(number) FROM entry AS any_entry WHERE any_entry.stream = stream.id)
      WHERE stream.kind = ? AND entry.type = ?
      ORDER BY stream.id DESC
      """;

  private final Connection connection;

  private record End(StreamId stream, long number) {}

  StreamTips(Connection connection) {
    this.connection = connection;
  }

  List<StreamTip> endingWith(String kind, String type) throws SQLException {
    var ends = new ArrayList<End>();
    try (var select = connection.prepareStatement(TIPS)) {
      select.setString(1, kind);
      select.setString(2, type);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var number = rows.getLong(2);
          StreamReader.named(kind, rows.getString(1))
              .ifPresent(stream -> ends.add(new End(stream, number)));
        }
      }
    }
    var tips = new ArrayList<StreamTip>();
    for (var end : ends) {
      sound(end.stream(), end.number()).forEach(tips::add);
    }
    return tips;
  }

  /// The entry, if its seal is whole.
  private List<StreamTip> sound(StreamId stream, long number) throws SQLException {
    try {
      return new StreamReader(connection)
          .read(stream, number, 1).stream()
              .map(record -> new StreamTip(stream, number, record))
              .toList();
    } catch (StoreFailure damaged) {
      // Told to whoever asks for that stream; the others can be read.
      return List.of();
    }
  }
}
