package mimo.agent.proposal;

import java.util.List;
import java.util.Optional;
import mimo.agent.history.Said;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.Revision;

/// One change that is proposed.
///
/// @param basis what it rests on
public record Suggestion(Change change, String reason, List<Basis> basis, State state) {

  public Suggestion {
    basis = List.copyOf(basis);
  }

  /// One that nobody has looked at.
  public static Suggestion open(Change change, String reason, List<Basis> basis) {
    return new Suggestion(change, reason, basis, State.OPEN);
  }

  Suggestion with(State other) {
    return new Suggestion(change, reason, basis, other);
  }

  /// What it does to entries of the memory; empty if it is about something else.
  public Optional<Revision> revision() {
    return change instanceof Change.OfMemory(_, var revision)
        ? Optional.of(revision)
        : Optional.empty();
  }

  /// The file it proposes; empty if it is about something else.
  public Optional<Draft> draft() {
    return change instanceof Draft draft ? Optional.of(draft) : Optional.empty();
  }

  /// Something a change rests on.
  ///
  /// @param where an entry's id, or a session and what was said there
  /// @param turn of that session; 0 for an entry
  /// @param source from whom it is, as people read it
  public record Basis(String where, int turn, String source, String excerpt) {

    private static final int EXCERPT_CHARS = 160;

    public static Basis of(MemoryEntry entry) {
      return new Basis(entry.id(), 0, entry.provenance().source().word(), excerpt(entry.text()));
    }

    public static Basis of(Said said) {
      return quoting(said, excerpt(said.text()));
    }

    /// Just these words of it.
    public static Basis quoting(Said said, String words) {
      return new Basis(said.id(), said.context().turn(), said.context().source().word(), words);
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
