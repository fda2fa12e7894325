package mimo.engine.session;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.SessionId;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.SessionOpening;
import mimo.engine.journal.SessionOpening.Fork;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.Redaction;
import mimo.engine.session.OwnSession.Ownership;
import org.jspecify.annotations.Nullable;

/// Opens sessions that belong to no run, for this process to write. Thread-safe.
public final class Sessions implements AutoCloseable {

  private static final int KEY_BYTES = 16;

  private final ReentrantLock opening = new ReentrantLock();
  private final Supplier<Journal> opens;
  private final Redaction redaction;
  private final Redaction kept;
  private final InstantSource clock;
  private final RandomGenerator random;
  private @Nullable Journal journal;

  /// @param opens opens the store; called once, when it is first needed, perhaps on another thread
  /// @param kept with the rules for text that is kept: for copies
  /// @param random for ids and placeholder keys; a strong source in production
  public Sessions(
      Supplier<Journal> opens,
      Redaction redaction,
      Redaction kept,
      InstantSource clock,
      RandomGenerator random) {
    this.opens = opens;
    this.redaction = redaction;
    this.kept = kept;
    this.clock = clock;
    this.random = random;
  }

  private Journal journal() {
    opening.lock();
    try {
      var open = journal;
      if (open == null) {
        open = opens.get();
        journal = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  /// What is kept, read from the same store.
  public SessionKeeper keeper() {
    return new SessionKeeper(journal(), kept, clock, random);
  }

  /// A new session. Nothing is created before something is said in it. Then the store opens on a
  /// thread of its own while the caller goes on, and what keeps it from opening is told to whoever
  /// waits until something is durable (A80).
  ///
  /// @param about what the caller says of it, as JSON text; kept redacted
  public OwnSession create(String about) {
    var id = SessionId.random(random);
    var key = key();
    var codec = codec(key);
    var opened = codec.encode(new SessionOpening(about, key, null, now()));
    return new OwnSession(id, codec, clock, owned -> take(id, owned), List.of(opened));
  }

  /// SQLite's calls would hold the carrier of a virtual thread.
  private void take(SessionId id, CompletableFuture<Ownership> owned) {
    Thread.ofPlatform().daemon().name("open-store").start(() -> own(id, owned));
  }

  private void own(SessionId id, CompletableFuture<Ownership> owned) {
    try {
      owned.complete(owned(id));
    } catch (RuntimeException | Error failure) {
      // The boundary between threads: told to whoever waits for the session.
      owned.completeExceptionally(failure);
    }
  }

  private Ownership owned(SessionId id) {
    try {
      var store = journal();
      return new Ownership(store, store.acquire(StreamId.chat(id)));
    } catch (LeaseRefused taken) {
      throw locked(id, taken);
    }
  }

  static LeaseRefused locked(SessionId id, LeaseRefused taken) {
    return new LeaseRefused(
        "session_locked", "session " + id + " is in use by " + taken.owner(), taken.owner());
  }

  /// A session that is there, to go on with it.
  ///
  /// @throws mimo.engine.EngineException.SessionRefused `session_unknown`
  /// @throws LeaseRefused `session_locked` if another process has it
  public OwnSession open(SessionId id) {
    var _ = keeper().opening(id);
    var owned = owned(id);
    try {
      // Only now nobody else changes it, and its end is mended.
      var opened = keeper().opening(id);
      return new OwnSession(id, codec(opened.placeholderKey()), clock, owned);
    } catch (RuntimeException unreadable) {
      owned.lease().close();
      throw unreadable;
    }
  }

  /// A new session that begins with everything that is durable in another one, whoever writes that
  /// one; what is said in either later is not in the other (A15).
  ///
  /// @throws mimo.engine.EngineException.SessionRefused `session_unknown`
  public OwnSession fork(SessionId parent) {
    var records = keeper().records(parent);
    var opened = SessionCodec.decodeOpening(records.getFirst());
    var codec = codec(opened.placeholderKey());
    var fork = new Fork(parent, records.size() - 1L);
    var beginning = new ArrayList<>(records);
    beginning.set(
        0, codec.encode(new SessionOpening(opened.about(), opened.placeholderKey(), fork, now())));
    var id = SessionId.random(random);
    return new OwnSession(id, codec, clock, owned -> take(id, owned), beginning);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private String key() {
    var bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private SessionCodec codec(String placeholderKey) {
    return new JournalCodec(redaction.forRun(placeholderKey), clock).sessions();
  }

  /// Writes what is still in line, and closes the store.
  @Override
  public void close() {
    opening.lock();
    try {
      if (journal != null) {
        journal.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
