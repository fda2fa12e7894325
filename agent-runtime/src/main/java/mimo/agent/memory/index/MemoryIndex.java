package mimo.agent.memory.index;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.memory.index.Ranking.Standing;
import mimo.agent.memory.index.Tables.Row;
import org.jspecify.annotations.Nullable;

/// The full-text index of the memory. One that is damaged, or of another version, is set aside and
/// made anew; the documents are never touched (M17, S71). Thread-safe; several processes may have
/// it open.
public final class MemoryIndex implements AutoCloseable {

  /// A file that changed so short a time before it was read may change again without a trace.
  private static final Duration TICK = Duration.ofSeconds(2);

  /// SQLite's words for: busy, locked, out of memory, not writable, unreachable, full.
  private static final Set<Integer> PASSING = Set.of(5, 6, 7, 8, 10, 13, 14);

  private final ReentrantLock lock = new ReentrantLock();
  private final IndexFile file;
  private @Nullable Tables tables;
  private @Nullable Known known;

  /// What the index holds, but for the texts.
  private record Known(long revision, Map<Long, Row> documents, Places places) {}

  /// What became of an update.
  ///
  /// @param read documents that had to be read
  /// @param changed those that are otherwise in the index now
  /// @param sections in the index now
  /// @param rebuilt whether the index was missing or unusable
  public record Update(int read, int changed, int sections, boolean rebuilt) {}

  /// Opened at its first use.
  public MemoryIndex(Path file) {
    this.file = new IndexFile(file);
  }

  /// Work that SQLite may refuse.
  private interface Work<T> {
    T on(Tables tables) throws SQLException;
  }

  /// Brings the index to what these documents say now; they are all there are.
  ///
  /// @throws IOException if it can neither be used nor made anew
  public Update update(List<Document> documents, Instant now) throws IOException {
    lock.lock();
    try {
      boolean opening = tables == null;
      boolean fresh = opening && !isThere();
      try {
        var open = open();
        if (opening && open.isCheckedSoon() && !open.isSound()) {
          throw new SQLException("the index is damaged");
        }
        return update(open, documents, now, fresh);
      } catch (SQLException failure) {
        if (isPassing(failure)) {
          throw new IOException("the index cannot be used now", failure);
        }
        startAnew();
        return updateNew(documents, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether the index may be as good as ever once somebody else is done, or there is room.
  private static boolean isPassing(SQLException failure) {
    return PASSING.contains(failure.getErrorCode() & 0xff);
  }

  private boolean isThere() {
    try {
      return !open().documents().isEmpty();
    } catch (SQLException | IOException unusable) {
      return false;
    }
  }

  private Update updateNew(List<Document> documents, Instant now) throws IOException {
    try {
      return update(open(), documents, now, true);
    } catch (SQLException unusable) {
      throw new IOException("the index cannot be made", unusable);
    }
  }

  /// Makes the index anew, whatever there was of it.
  public Update rebuild(List<Document> documents, Instant now) throws IOException {
    lock.lock();
    try {
      closeTables();
      file.remove();
      return updateNew(documents, now);
    } finally {
      lock.unlock();
    }
  }

  private Update update(Tables tables, List<Document> documents, Instant now, boolean rebuilt)
      throws SQLException {
    int read = 0;
    int changed = 0;
    tables.begin();
    try {
      var before = new HashMap<String, Row>();
      tables.documents().forEach(row -> before.put(row.name(), row));
      for (var document : documents) {
        var row = before.remove(document.name());
        if (row != null && isUnchanged(row, document)) {
          continue;
        }
        read++;
        changed += replace(tables, row, document, now) ? 1 : 0;
      }
      for (var gone : before.values()) {
        tables.remove(gone);
        changed++;
      }
      tables.commit();
    } catch (SQLException | RuntimeException e) {
      tables.rollback();
      throw e;
    }
    if (changed > 0) {
      known = null;
    }
    return new Update(read, changed, known(tables).places().count(), rebuilt);
  }

  private static boolean isUnchanged(Row row, Document document) {
    return row.stamp().equals(document.stamp().word())
        && document.stamp().modified().isBefore(row.seen().minus(TICK));
  }

  /// Whether the index holds something else of the document now.
  private static boolean replace(Tables tables, @Nullable Row row, Document document, Instant now)
      throws SQLException {
    var content = document.content().get();
    if (row != null && content.isPresent() && content.get().hash().equals(row.hash())) {
      tables.touch(row, document.stamp().word(), now);
      return false;
    }
    if (row != null) {
      tables.remove(row);
    }
    if (content.isPresent()) {
      tables.add(document, content.get(), now);
    }
    return row != null || content.isPresent();
  }

  /// The sections that answer a question best, the best first.
  ///
  /// @throws IOException if the index cannot be read; an update mends it
  public List<Hit> search(Question question) throws IOException {
    return using(tables -> {
      // All of it sees one state, whatever another process makes of the index meanwhile.
      tables.beginReading();
      try {
        return search(tables, question);
      } finally {
        tables.rollback();
      }
    });
  }

  private List<Hit> search(Tables tables, Question question) throws SQLException {
    var all = known(tables);
    var ranking = new Ranking(tables, all.places(), document -> standing(all, question, document));
    var hits = new ArrayList<Hit>();
    for (var ranked : ranking.rank(question.words(), question.now(), question.limit())) {
      hits.add(
          new Hit(
              name(all, ranked.section()),
              tables.section(ranked.section()),
              ranked.score(),
              ranked.reasons()));
    }
    return List.copyOf(hits);
  }

  private static Standing standing(Known all, Question question, long document) {
    var row = all.documents().get(document);
    return row == null
        ? new Standing(0, Instant.EPOCH)
        : new Standing(question.among().getOrDefault(row.name(), 0.0), row.modified());
  }

  private static String name(Known all, long section) throws SQLException {
    var row = all.documents().get(all.places().of(all.places().number(section)).document());
    if (row == null) {
      throw new SQLException("section " + section + " is in no document");
    }
    return row.name();
  }

  private Known known(Tables tables) throws SQLException {
    long revision = tables.revision();
    var last = known;
    if (last == null || last.revision() != revision) {
      var documents = new HashMap<Long, Row>();
      tables.documents().forEach(row -> documents.put(row.id(), row));
      last = new Known(revision, documents, new Places(tables.places()));
      known = last;
    }
    return last;
  }

  /// Whether everything in the index fits together.
  public boolean isSound() {
    try {
      return using(Tables::isSound);
    } catch (IOException damaged) {
      return false;
    }
  }

  private <T> T using(Work<T> work) throws IOException {
    lock.lock();
    try {
      return work.on(open());
    } catch (SQLException unusable) {
      throw new IOException("the index cannot be read", unusable);
    } finally {
      lock.unlock();
    }
  }

  private Tables open() throws SQLException, IOException {
    var open = tables;
    if (open == null) {
      file.create();
      open = Tables.open(file);
      tables = open;
    }
    return open;
  }

  private void startAnew() throws IOException {
    closeTables();
    file.setAside();
  }

  private void closeTables() {
    var open = tables;
    tables = null;
    known = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException unusable) {
        // It is given up anyway.
        return;
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closeTables();
    } finally {
      lock.unlock();
    }
  }
}
