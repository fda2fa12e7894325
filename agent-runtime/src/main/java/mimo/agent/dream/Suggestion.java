package mimo.agent.dream;

import java.util.List;
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

  /// What would change.
  public sealed interface Change {

    /// Entries of a file of the memory.
    ///
    /// @param place the file's name
    record OfMemory(String place, Revision revision) implements Change {}

    /// A file of the workspace that does not exist yet.
    ///
    /// @param path from the project's folder on
    record NewFile(String path, String text) implements Change {}
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
    ACCEPTED,
    REJECTED,
    /// What it rests on was changed meanwhile.
    OUTDATED
  }
}
