package mimo.engine.journal;

import java.time.Instant;
import mimo.engine.SessionId;
import org.jspecify.annotations.Nullable;

/// The first entry of a session that belongs to no run.
///
/// @param about what its owner says of it, as JSON text
/// @param placeholderKey hex; the key of the marks that stand for secrets in it
/// @param fork what it shares with another session; null if nothing
public record SessionOpening(String about, String placeholderKey, @Nullable Fork fork, Instant at) {

  /// The type of the entry.
  public static final String TYPE = "session_opened";

  /// Where a session left another one. What that one says later is not in it.
  ///
  /// @param entries how many entries of the other one it began with, the opening not counted
  public record Fork(SessionId parent, long entries) {}
}
