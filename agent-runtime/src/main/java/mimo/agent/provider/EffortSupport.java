package mimo.agent.provider;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which efforts a model takes, and how (L72).
///
/// @param levels none if nobody knows: then nothing is sent, for a model that takes no effort
///   refuses the whole request
public record EffortSupport(Set<Effort> levels, Thinking.Manner manner) {

  public static final EffortSupport UNKNOWN = new EffortSupport(Set.of(), Thinking.Manner.WORD);

  public EffortSupport {
    levels = Set.copyOf(levels);
  }

  /// The level nearest to what is asked, the lower one of two. Who asks a model to think does not
  /// get one that does not.
  public Optional<Thinking> nearest(Effort asked) {
    var thinking = levels.isEmpty() ? EnumSet.noneOf(Effort.class) : EnumSet.copyOf(levels);
    if (asked != Effort.OFF && thinking.size() > 1) {
      thinking.remove(Effort.OFF);
    }
    return thinking.stream()
        .min(
            Comparator.comparingInt((Effort level) -> level.stepsTo(asked))
                .thenComparing(Comparator.naturalOrder()))
        .map(level -> new Thinking(level, manner));
  }
}
