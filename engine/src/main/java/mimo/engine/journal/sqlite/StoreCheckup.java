package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.StreamId;

/// What a look at a store finds. Nothing is created, and no entry is changed.
///
/// @param fileSystem the type of the file system the store lies on, or would lie on
/// @param freeBytes how much may still be written there
/// @param remote what is wrong with that file system, if it cannot keep a store safe
/// @param database what is in the store; empty if there is none yet
public record StoreCheckup(
    String fileSystem, long freeBytes, Optional<String> remote, Optional<Database> database) {

  /// The content of a store.
  ///
  /// @param runs how many there are
  /// @param sessions how many there are that belong to no run
  /// @param working on how many of both some process works now
  public record Database(int version, int runs, int sessions, int working, Pages pages) {}

  /// What is known of a store's pages.
  public sealed interface Pages {

    /// Every one was read, and none is damaged.
    record Sound() implements Pages {}

    /// @param found what is wrong, in SQLite's words
    record Damaged(List<String> found) implements Pages {
      public Damaged {
        found = List.copyOf(found);
      }
    }

    /// They were not read: some run is worked on, which should not wait for the disk.
    record InUse() implements Pages {}

    /// They are of another version of mimo, or there are none yet.
    record Other() implements Pages {}

    /// There are too many to read all of them in the time there was.
    record TooMany() implements Pages {}
  }

  /// Looks at the store in `folder`; the check of its pages is given up after `patience`.
  ///
  /// @throws StoreFailure if it cannot be read, or is of a newer mimo
  public static StoreCheckup of(Path folder, Duration patience) {
    var files = new StoreFiles(folder);
    try {
      var store = Files.getFileStore(files.nearestFolder());
      return new StoreCheckup(
          store.type(),
          store.getUsableSpace(),
          remote(store.type(), folder),
          files.exists() ? Optional.of(look(files, patience)) : Optional.empty());
    } catch (IOException e) {
      throw new StoreFailure("store_failed", "the store at " + folder + ": " + e, e);
    } catch (SQLException e) {
      throw StoreFailures.of(e, files.database());
    }
  }

  private static Optional<String> remote(String type, Path folder) {
    try {
      StoreFiles.refuseRemote(type, folder);
      return Optional.empty();
    } catch (StoreFailure refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }

  private static Database look(StoreFiles files, Duration patience) throws SQLException {
    try (var connection = new Connections(Schema.CURRENT).reader(files.database())) {
      var age = Schema.CURRENT.age(connection, files.database());
      var version = Schema.version(connection);
      if (age != Schema.Age.CURRENT) {
        return new Database(version, 0, 0, 0, new Pages.Other());
      }
      var reader = new StreamReader(connection);
      var runs = reader.streams(StreamId.RUN);
      var locks = new RunLocks(files.locks());
      var sessions = reader.streams(StreamId.CHAT);
      var owned = new ArrayList<>(runs);
      owned.addAll(sessions);
      int working = 0;
      for (var stream : owned) {
        working += locks.isHeld(reader.lease(stream).file(stream)) ? 1 : 0;
      }
      return new Database(
          version,
          runs.size(),
          sessions.size(),
          working,
          working == 0 ? pages(connection, patience) : new Pages.InUse());
    }
  }

  private static Pages pages(Connection connection, Duration patience) throws SQLException {
    return PageCheck.damage(connection, patience)
        .<Pages>map(found -> found.isEmpty() ? new Pages.Sound() : new Pages.Damaged(found))
        .orElseGet(Pages.TooMany::new);
  }
}
