package mimo.agent.dream;

import java.util.List;
import mimo.agent.history.Said;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.Revision;

/// One change that is proposed.
///
/// @param place the name of the memory's file that it changes
/// @param basis what it rests on
public record Suggestion(
    String place, Revision revision, String reason, List<Basis> basis, State state) {

  public Suggestion {
    basis = List.copyOf(basis);
  }

  /// One that nobody has looked at.
  public static Suggestion open(String place, Revision revision, String reason, List<Basis> basis) {
    return new Suggestion(place, revision, reason, basis, State.OPEN);
  }

  Suggestion with(State other) {
    return new Suggestion(place, revision, reason, basis, other);
  }

  /// Something a change rests on.
  ///
  /// @param where an entry's id, or a session and what was said there
  /// @param turn of that session; 0 for an entry
  /// @param source from whom it is, as people read it
  public record Basis(String where, int turn, String source, String excerpt) {

    private static final int EXCERPT_CHARS = 160;

    static Basis of(MemoryEntry entry) {
      return new Basis(entry.id(), 0, entry.provenance().source().word(), excerpt(entry.text()));
    }

    static Basis of(Said said) {
      return new Basis(
          said.id(), said.context().turn(), said.context().source().word(), excerpt(said.text()));
    }

    private static String excerpt(String text) {
      return Excerpt.of(text.strip().replaceAll("\\s+", " "), EXCERPT_CHARS);
    }
  }

  /// What became of it.
  public enum State {
    OPEN,
    /// Somebody has accepted it, and nobody knows yet whether it is done.
    BEGUN,
    ACCEPTED,
    REJECTED,
    /// What it rests on was changed meanwhile.
    OUTDATED;

    /// Whether somebody still has to say what becomes of it.
    public boolean waits() {
      return this == OPEN || this == BEGUN;
    }
  }
}
