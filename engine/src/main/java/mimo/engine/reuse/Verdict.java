package mimo.engine.reuse;

import java.util.List;
import java.util.Locale;
import mimo.engine.Reused.Match;
import mimo.engine.StepRef;
import org.jspecify.annotations.Nullable;

/// Why a step was answered from the record, or was not (D36).
public sealed interface Verdict {

  /// It has a recorded result.
  record Hit(StepRef from, Match match) implements Verdict {}

  /// It ran, or is to run.
  ///
  /// @param nearest the recorded step most like it; null if none is
  record Miss(Reason reason, @Nullable Nearest nearest) implements Verdict {}

  /// A recorded step that is not the one asked for, but like it.
  ///
  /// @param differences by name; empty if only what a request does not say has changed, such as
  ///   what a name in it stands for
  /// @param asked what is asked for instead, as it is stored
  record Nearest(StepRef ref, String label, List<Difference> differences, String asked) {
    public Nearest {
      differences = List.copyOf(differences);
    }
  }

  /// Why there is no recorded result.
  enum Reason {
    /// Nothing like it was asked for.
    NEW,
    /// Something like it was asked for.
    CHANGED,
    FAILED_BEFORE,
    NULL_BEFORE,
    UNFINISHED,
    /// The same was asked for several times, and never at this place.
    AMBIGUOUS,
    /// What its result tells of is gone.
    WORKTREE_GONE,
    /// It looks at the world as it is now.
    FILE_LIVE;

    /// The name used in reports, for example `failed-before`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
