package mimo.engine.journal.sqlite;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import mimo.engine.EngineException;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// A lease of the SQLite journal, and the end of its stream as the writer's thread left it.
final class SqliteLease implements Lease {

  private final StreamId stream;
  private final Grant grant;
  private final Consumer<SqliteLease> giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long number;
  private byte[] hash;
  private @Nullable EngineException broken;

  /// What the store says when a lease is taken.
  ///
  /// @param row the stream's row
  record Grant(long row, long token, StreamEnd end, int setAside) {}

  SqliteLease(StreamId stream, Grant grant, Consumer<SqliteLease> giveBack) {
    this.stream = stream;
    this.grant = grant;
    this.giveBack = giveBack;
    this.number = grant.end().number();
    this.hash = grant.end().hash();
  }

  @Override
  public StreamId stream() {
    return stream;
  }

  @Override
  public long token() {
    return grant.token();
  }

  @Override
  public long head() {
    return grant.end().number();
  }

  @Override
  public int setAside() {
    return grant.setAside();
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      giveBack.accept(this);
    }
  }

  long row() {
    return grant.row();
  }

  /// Seals the stream's next entry. Confined to the writer's thread.
  Seal seal(String type, String body) {
    number++;
    var seal = Seal.of(hash, number, type, body);
    hash = seal.hash();
    return seal;
  }

  /// The number of the entry sealed last. Confined to the writer's thread.
  long number() {
    return number;
  }

  /// After a lost append nothing may follow, or the stream would have a hole. Confined to the
  /// writer's thread.
  void breakOff(EngineException cause) {
    if (broken == null) {
      broken = cause;
    }
  }

  @Nullable EngineException broken() {
    return broken;
  }
}
