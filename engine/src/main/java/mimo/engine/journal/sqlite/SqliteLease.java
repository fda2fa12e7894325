package mimo.engine.journal.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import mimo.engine.EngineException;
import mimo.engine.EngineLimits;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// A lease of the SQLite journal, and the ends of the streams it is the right to, as the writer's
/// thread left them.
final class SqliteLease implements Lease {

  private final StreamId stream;
  private final Grant grant;
  private final Consumer<SqliteLease> giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Tail own;
  private final Map<StreamId, Tail> others = new LatestUsed();
  private @Nullable EngineException broken;

  /// What the store says when a lease is taken.
  ///
  /// @param row the stream's row
  record Grant(long row, long token, StreamEnd end, int setAside) {}

  /// Forgets what was not used for long: the store knows it too.
  private static final class LatestUsed extends LinkedHashMap<StreamId, Tail> {
    private static final long serialVersionUID = 1;

    LatestUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<StreamId, Tail> eldest) {
      return size() > EngineLimits.OPEN_SESSIONS;
    }
  }

  SqliteLease(StreamId stream, Grant grant, Consumer<SqliteLease> giveBack) {
    this.stream = stream;
    this.grant = grant;
    this.giveBack = giveBack;
    this.own = new Tail(grant.row(), grant.end());
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

  /// The end of a stream this is the right to; null if it is not known here. Confined to the
  /// writer's thread.
  @Nullable Tail tail(StreamId wanted) {
    return wanted.equals(stream) ? own : others.get(wanted);
  }

  /// Keeps the end of another stream in mind. Confined to the writer's thread.
  void keep(StreamId other, Tail tail) {
    others.put(other, tail);
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
