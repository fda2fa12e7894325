package mimo.engine.session;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.SessionRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.SessionId;
import mimo.engine.archive.ArchivedSession;
import mimo.engine.journal.AwaitedAppend;
import mimo.engine.journal.Chain;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.SessionOpening;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.WordRemoval;

/// Lists, reads, copies and removes sessions that belong to no run, whoever writes them.
/// Thread-safe.
public final class SessionKeeper {

  /// The last entry of a copy from which something was removed; whoever reads a session passes it
  /// over.
  public static final String SCRUBBED = "session_scrubbed";

  private final Journal journal;
  private final Redaction redaction;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param journal is not closed by the keeper
  /// @param redaction for copies: with the rules for text that is kept
  /// @param random for the id of a session whose own is taken
  public SessionKeeper(
      Journal journal, Redaction redaction, InstantSource clock, RandomGenerator random) {
    this.journal = journal;
    this.redaction = redaction;
    this.clock = clock;
    this.random = random;
  }

  /// All sessions, the one used last first. One that is damaged is among them, and says so.
  public List<SessionSummary> list() {
    return journal.streams(StreamId.CHAT).stream()
        .map(stream -> summary(new SessionId(stream.name())))
        .sorted(Comparator.comparing(SessionSummary::used).reversed())
        .toList();
  }

  /// One session from afar.
  ///
  /// @throws SessionRefused `session_unknown`
  public SessionSummary summary(SessionId id) {
    try {
      return journal
          .outline(StreamId.chat(id))
          .map(outline -> summary(id, outline))
          .orElseThrow(() -> unknown(id.value()));
    } catch (StoreFailure failure) {
      if (!failure.code().equals("store_corrupt")) {
        throw failure;
      }
      return SessionSummary.damaged(id, String.valueOf(failure.getMessage()));
    }
  }

  private static SessionSummary summary(SessionId id, StreamOutline outline) {
    var opening = SessionCodec.decodeOpening(outline.first());
    return new SessionSummary(
        id,
        opening.about(),
        opening.at(),
        SessionCodec.decode(outline.last()).at(),
        outline.counts(),
        opening.fork(),
        "");
  }

  /// The one session whose id begins with `prefix`.
  ///
  /// @throws SessionRefused `session_unknown` or `session_ambiguous`
  public SessionId find(String prefix) {
    var least = EngineLimits.SHORTEST_RUN_PREFIX;
    if (prefix.length() < least) {
      throw new SessionRefused(
          "session_unknown",
          "session '%s': type at least %d characters of its id".formatted(prefix, least));
    }
    var found =
        journal.streams(StreamId.CHAT).stream()
            .map(StreamId::name)
            .filter(name -> name.startsWith(prefix))
            .toList();
    return switch (found.size()) {
      case 0 -> throw unknown(prefix);
      case 1 -> new SessionId(found.getFirst());
      default ->
          throw new SessionRefused(
              "session_ambiguous",
              "session '%s' is one of %s; type more of its id"
                  .formatted(prefix, String.join(", ", found)));
    };
  }

  private static SessionRefused unknown(String id) {
    return new SessionRefused("session_unknown", "session '" + id + "' is not in this store");
  }

  /// Whether some process may write the session right now.
  public boolean owned(SessionId id) {
    return journal.owned(StreamId.chat(id));
  }

  /// How a session began.
  ///
  /// @throws SessionRefused `session_unknown`
  public SessionOpening opening(SessionId id) {
    var first = journal.read(StreamId.chat(id), 1, 1);
    if (first.isEmpty()) {
      throw unknown(id.value());
    }
    return SessionCodec.decodeOpening(first.getFirst());
  }

  /// Everything that was said in a session, without what it begins with.
  ///
  /// @throws SessionRefused `session_unknown`
  public List<SessionEntry> read(SessionId id) {
    var _ = opening(id);
    return said(journal, id);
  }

  static List<SessionEntry> said(Journal journal, SessionId id) {
    return records(journal, id).stream()
        .skip(1)
        .filter(record -> !record.type().equals(SCRUBBED))
        .map(SessionCodec::decode)
        .toList();
  }

  /// The records of a session, its opening first.
  List<JournalRecord> records(SessionId id) {
    var records = records(journal, id);
    if (records.isEmpty()) {
      throw unknown(id.value());
    }
    return records;
  }

  private static List<JournalRecord> records(Journal journal, SessionId id) {
    var records = new ArrayList<JournalRecord>();
    List<JournalRecord> page;
    do {
      page = journal.read(StreamId.chat(id), records.size() + 1L, EngineLimits.READ_PAGE);
      records.addAll(page);
    } while (page.size() == EngineLimits.READ_PAGE);
    return records;
  }

  /// Removes sessions for good; their bytes are gone from the disk. A fork has its own copy of what
  /// it shares, and stays.
  ///
  /// @throws LeaseRefused `session_locked` if some process has one of them; then all stay
  public void erase(List<SessionId> sessions) {
    try {
      journal.erase(sessions.stream().map(StreamId::chat).toList());
    } catch (LeaseRefused taken) {
      throw new LeaseRefused(
          "session_locked", "one of the sessions: " + taken.getMessage(), taken.owner());
    }
    journal.compact();
  }

  /// Takes words out of everything that was said in a session, for good (D71). It can go on, and
  /// its last entry says that something was removed.
  ///
  /// @param words and what stands there instead
  /// @return whether any of them was in it
  /// @throws LeaseRefused `session_locked` if some process has it
  public boolean scrub(SessionId id, Map<String, String> words) {
    var removal = new WordRemoval(words);
    var now = records(id);
    if (without(now, removal).equals(now)) {
      return false;
    }
    var stream = StreamId.chat(id);
    try {
      journal.rewrite(List.of(stream), (_, records) -> scrubbed(stream, records, removal));
    } catch (LeaseRefused taken) {
      throw new LeaseRefused(
          "session_locked", "session " + id + ": " + taken.getMessage(), taken.owner());
    }
    return true;
  }

  private List<JournalRecord> scrubbed(
      StreamId stream, List<JournalRecord> records, WordRemoval removal) {
    var clean = new ArrayList<>(without(records, removal));
    clean.add(mark(stream, records, clean, new JournalCodec(removal, clock).sessions()));
    return clean;
  }

  private List<JournalRecord> without(List<JournalRecord> records, WordRemoval removal) {
    var codec = new JournalCodec(removal, clock).sessions();
    var clean = new ArrayList<JournalRecord>();
    for (var record : records) {
      if (clean.isEmpty()) {
        // Its title may be a part of a word, which only who reads it can tell.
        clean.add(cleaned(record, SessionCodec.decodeOpening(record), codec));
      } else {
        clean.add(
            !record.concerns(removal::concerns) || record.type().equals(SCRUBBED)
                ? record
                : codec.encode(SessionCodec.decode(record)).record());
      }
    }
    return clean;
  }

  private JournalRecord mark(
      StreamId stream, List<JournalRecord> before, List<JournalRecord> after, SessionCodec codec) {
    var heads =
        "{\"oldHead\":\"%s\",\"newHead\":\"%s\"}"
            .formatted(Chain.head(stream, before), Chain.head(stream, after));
    return codec.encode(new SessionEntry(SCRUBBED, heads, clock.instant())).record();
  }

  /// A copy of a session as it is now. Where the bolder rules find something, the copy is cleaned
  /// and sealed anew, and says so in its last entry; the store keeps what it has.
  ///
  /// @throws SessionRefused `session_unknown`
  public ArchivedSession take(SessionId id) {
    var records = records(id);
    var opening = SessionCodec.decodeOpening(records.getFirst());
    var codec = new JournalCodec(redaction.forRun(opening.placeholderKey()), clock).sessions();
    var clean = new ArrayList<JournalRecord>();
    clean.add(cleaned(records.getFirst(), opening, codec));
    records.stream().skip(1).map(record -> cleaned(record, codec)).forEach(clean::add);
    if (!clean.equals(records)) {
      clean.add(mark(StreamId.chat(id), records, clean, codec));
    }
    return new ArchivedSession(id, clean);
  }

  private static JournalRecord cleaned(
      JournalRecord record, SessionOpening opening, SessionCodec codec) {
    var again = codec.encode(opening);
    return SessionCodec.decodeOpening(again).equals(opening) ? record : again;
  }

  private static JournalRecord cleaned(JournalRecord record, SessionCodec codec) {
    var entry = SessionCodec.decode(record);
    var again = codec.encode(entry);
    return again.stored().equals(entry) ? record : again.record();
  }

  /// Puts a copy into the store, as a whole or not at all.
  ///
  /// @return the id it has here: another one if its own was taken
  public SessionId store(ArchivedSession session) {
    var id = session.id();
    while (journal.outline(StreamId.chat(id)).isPresent()) {
      id = SessionId.random(random);
    }
    try (var lease = journal.acquire(StreamId.chat(id))) {
      var append = new AwaitedAppend();
      journal.append(lease, session.records(), append);
      append.await();
    }
    return id;
  }
}
