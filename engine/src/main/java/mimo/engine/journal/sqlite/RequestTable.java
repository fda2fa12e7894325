package mimo.engine.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.engine.EngineLimits;
import mimo.engine.journal.ControlBox.Posted;
import mimo.engine.journal.StreamId;

/// The table of control requests. What writes is for the writer's thread.
final class RequestTable {

  private static final String POST =
      """
      INSERT INTO control_request (stream, body)
      SELECT id, ? FROM stream WHERE kind = ? AND name = ? RETURNING id
      """;
  private static final String ANSWER =
      "UPDATE control_request SET outcome = ? WHERE id = ? AND outcome IS NULL";
  private static final String SELECT =
      """
      SELECT control_request.id, stream.kind, stream.name, control_request.body
      FROM control_request JOIN stream ON stream.id = control_request.stream
      WHERE outcome IS NULL
      """;
  private static final String AFTER = SELECT + "AND control_request.id > ? ORDER BY 1 LIMIT ?";
  private static final String OF_STREAM =
      SELECT + "AND stream.kind = ? AND stream.name = ? ORDER BY 1";
  private static final String OUTCOME = "SELECT outcome FROM control_request WHERE id = ?";

  private final Connection connection;

  RequestTable(Connection connection) {
    this.connection = connection;
  }

  /// @return the request's id; 0 if there is no such stream
  long post(StreamId stream, String body) throws SQLException {
    try (var insert = connection.prepareStatement(POST)) {
      insert.setString(1, body);
      insert.setString(2, stream.kind());
      insert.setString(3, stream.name());
      try (var rows = insert.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  void answer(long id, String outcome) throws SQLException {
    try (var update = connection.prepareStatement(ANSWER)) {
      update.setString(1, outcome);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  List<Posted> after(long id) throws SQLException {
    try (var select = connection.prepareStatement(AFTER)) {
      select.setLong(1, id);
      select.setInt(2, EngineLimits.CONTROL_PAGE);
      return posted(select);
    }
  }

  List<Posted> of(StreamId stream) throws SQLException {
    try (var select = connection.prepareStatement(OF_STREAM)) {
      select.setString(1, stream.kind());
      select.setString(2, stream.name());
      return posted(select);
    }
  }

  private static List<Posted> posted(PreparedStatement select) throws SQLException {
    var posted = new ArrayList<Posted>();
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        var stream = new StreamId(rows.getString(2), rows.getString(3));
        posted.add(new Posted(rows.getLong(1), stream, rows.getString(4)));
      }
    }
    return posted;
  }

  Optional<String> outcome(long id) throws SQLException {
    try (var select = connection.prepareStatement(OUTCOME)) {
      select.setLong(1, id);
      try (var rows = select.executeQuery()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
