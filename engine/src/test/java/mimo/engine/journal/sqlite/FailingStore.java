package mimo.engine.journal.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A real store whose disk fails at the n-th command that writes, and at every one after it, until
/// it is mended. Thread-safe.
final class FailingStore implements StoreAccess {

  private static final Set<String> COMMANDS =
      Set.of("execute", "executeUpdate", "executeBatch", "executeQuery");

  private final StoreAccess store = new Connections(Schema.CURRENT);
  private final SQLiteErrorCode failure;
  private final int first;
  private int commands;

  FailingStore(SQLiteErrorCode failure, int first) {
    this.failure = failure;
    this.first = first;
  }

  /// How many commands the writer gave.
  synchronized int commands() {
    return commands;
  }

  private synchronized void command() throws SQLException {
    commands++;
    if (commands >= first) {
      throw new SQLiteException("injected at command " + commands, failure);
    }
  }

  @Override
  public Connection writer(Path database) throws SQLException {
    return failing(Connection.class, store.writer(database));
  }

  @Override
  public Connection reader(Path database) throws SQLException {
    return store.reader(database);
  }

  @Override
  public Schema.Age age(Connection connection, Path database) throws SQLException {
    return store.age(connection, database);
  }

  private <T> T failing(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (COMMANDS.contains(method.getName())) {
                command();
              }
              try {
                var result = method.invoke(real, arguments);
                return switch (result) {
                  case PreparedStatement prepared -> failing(PreparedStatement.class, prepared);
                  case Statement statement -> failing(Statement.class, statement);
                  case null, default -> result;
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
