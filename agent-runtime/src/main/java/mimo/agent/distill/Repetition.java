package mimo.agent.distill;

import java.util.List;
import mimo.agent.history.Said;
import mimo.agent.memory.Source;

/// Something that was done again and again.
///
/// @param what line by line
/// @param examples where it was done
/// @param source the least trusted of all who did it
record Repetition(List<String> what, int times, int sessions, List<Said> examples, Source source) {

  Repetition {
    what = List.copyOf(what);
    examples = List.copyOf(examples);
  }

  /// For people and models.
  String words() {
    return "%d times in %d sessions: %s".formatted(times, sessions, String.join("; then ", what));
  }

  /// Whether it is a part of something longer that was done as often.
  boolean isPartOf(Repetition other) {
    return other.times >= times
        && other.what.size() > what.size()
        && ("\n" + String.join("\n", other.what) + "\n")
            .contains("\n" + String.join("\n", what) + "\n");
  }
}
