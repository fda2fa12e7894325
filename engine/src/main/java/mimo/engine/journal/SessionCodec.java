package mimo.engine.journal;

import java.io.IOException;
import mimo.engine.redaction.Redactor;

/// Turns what bodies of steps write down into records, redacted. Thread-safe if its redactor is.
public final class SessionCodec {

  private final Redactor redactor;

  SessionCodec(Redactor redactor) {
    this.redactor = redactor;
  }

  /// An entry ready to be appended.
  ///
  /// @param stored the entry as any later reader will see it
  public record Encoded(SessionEntry stored, JournalRecord record) {}

  /// Redacts and encodes an entry.
  ///
  /// @throws IllegalArgumentException if what it says is not JSON
  /// @throws mimo.engine.EngineException.RedactionFailed if it cannot be made clean
  public Encoded encode(SessionEntry entry) {
    try {
      var out = new EntryWriter(redactor);
      out.begin();
      out.number("v", JournalCodec.VERSION);
      out.token("type", entry.type());
      out.instant("at", entry.at());
      out.json("data", entry.json());
      out.end();
      var record = out.finish(entry.type());
      return new Encoded(out.redacted() ? decode(record) : entry, record);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /// Encodes the beginning of a session that belongs to no run.
  ///
  /// @throws IllegalArgumentException if what it is about is not JSON
  /// @throws mimo.engine.EngineException.RedactionFailed if it cannot be made clean
  public JournalRecord encode(SessionOpening opening) {
    try {
      var out = new EntryWriter(redactor);
      out.begin();
      out.number("v", JournalCodec.VERSION);
      out.token("type", SessionOpening.TYPE);
      out.instant("at", opening.at());
      out.json("data", opening.about());
      out.token("placeholderKey", opening.placeholderKey());
      var fork = opening.fork();
      if (fork != null) {
        out.begin("fork");
        out.token("parent", fork.parent().value());
        out.number("entries", fork.entries());
        out.end();
      }
      out.end();
      return out.finish(SessionOpening.TYPE);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /// Reads the beginning of a session back.
  ///
  /// @throws mimo.engine.EngineException.StoreFailure `store_corrupt` if it is none
  public static SessionOpening decodeOpening(JournalRecord record) {
    return EntryReader.readOpening(record);
  }

  /// Reads a record back.
  ///
  /// @throws mimo.engine.EngineException.StoreFailure `store_corrupt` if it is no such entry
  public static SessionEntry decode(JournalRecord record) {
    return EntryReader.readSession(record);
  }
}
