package mimo.engine.session;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.engine.EngineException;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.Session;
import mimo.engine.SessionId;
import mimo.engine.journal.AppendLine;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// A session that this process alone may write, until it is closed (A14). Thread-safe.
///
/// What is written waits in line for the store, which may still be on its way; so only
/// [#awaitDurable] waits. What a session begins with is written together with its first entry: one
/// to which nothing was ever said leaves no trace.
public final class OwnSession implements Session, AutoCloseable {

  private final SessionId id;
  private final SessionCodec codec;
  private final InstantSource clock;
  private final AppendLine line = new AppendLine(_ -> {});
  private final CompletableFuture<Ownership> owned = new CompletableFuture<>();
  private final Consumer<CompletableFuture<Ownership>> taking;
  private final ReentrantLock lock = new ReentrantLock();
  private CompletableFuture<Ownership> reached;
  private List<JournalRecord> beginning;

  /// The right to write the session, and where.
  record Ownership(Journal journal, Lease lease) {}

  /// One that is new.
  ///
  /// @param taking called at the first write; has the right to it, or why there is none, told
  /// @param beginning what it begins with
  OwnSession(
      SessionId id,
      SessionCodec codec,
      InstantSource clock,
      Consumer<CompletableFuture<Ownership>> taking,
      List<JournalRecord> beginning) {
    this.id = id;
    this.codec = codec;
    this.clock = clock;
    this.taking = taking;
    this.reached = owned;
    this.beginning = List.copyOf(beginning);
  }

  /// One that was there, and is this process's now.
  OwnSession(SessionId id, SessionCodec codec, InstantSource clock, Ownership ownership) {
    this(id, codec, clock, _ -> {}, List.of());
    owned.complete(ownership);
  }

  public SessionId id() {
    return id;
  }

  /// Everything that was said in it, without what it begins with. Waits for the store if there may
  /// be something.
  @Override
  public List<SessionEntry> recorded() throws InterruptedException {
    if (isUntouched()) {
      return beginning.stream().skip(1).map(SessionCodec::decode).toList();
    }
    awaitDurable();
    return SessionKeeper.said(ownership().journal(), id);
  }

  private boolean isUntouched() {
    lock.lock();
    try {
      return !beginning.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SessionEntry append(String type, String json) {
    var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var encoded = codec.encode(new SessionEntry(type, json, at));
    lock.lock();
    try {
      var records = new ArrayList<>(beginning);
      records.add(encoded.record());
      if (!beginning.isEmpty()) {
        beginning = List.of();
        taking.accept(owned);
      }
      line.append(heard -> enqueue(records, heard));
    } finally {
      lock.unlock();
    }
    return encoded.stored();
  }

  /// Keeps a session to which nothing may be said: what it begins with is durable when this
  /// returns.
  public void keep() throws InterruptedException {
    lock.lock();
    try {
      var records = beginning;
      if (!records.isEmpty()) {
        beginning = List.of();
        taking.accept(owned);
        line.append(heard -> enqueue(records, heard));
      }
    } finally {
      lock.unlock();
    }
    awaitDurable();
  }

  /// Each append waits for the one before it, and the first for the store.
  private void enqueue(List<JournalRecord> records, AppendListener heard) {
    reached =
        reached.whenComplete((ownership, failure) -> {
          if (ownership == null) {
            heard.failed(told(failure));
          } else {
            append(ownership, records, heard);
          }
        });
  }

  private static void append(
      Ownership ownership, List<JournalRecord> records, AppendListener heard) {
    try {
      ownership.journal().append(ownership.lease(), records, heard);
    } catch (EngineException closed) {
      heard.failed(closed);
    }
  }

  private static EngineException told(@Nullable Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return cause instanceof EngineException known
        ? known
        : new StoreFailure("store_failed", "the store cannot be opened: " + cause, cause);
  }

  private Ownership ownership() {
    try {
      return owned.join();
    } catch (CompletionException failure) {
      throw told(failure);
    }
  }

  @Override
  public void awaitDurable() throws InterruptedException {
    line.awaitDurable();
  }

  /// Gives the right to write back, once what was written is where it belongs. What could not be
  /// written was told to whoever waited for it.
  @Override
  public void close() {
    if (isUntouched()) {
      return;
    }
    try {
      awaitDurable();
      ownership().lease().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EngineException told) {
      // A lease that breaks off ends with the store.
      owned.thenAccept(ownership -> ownership.lease().close());
    }
  }
}
