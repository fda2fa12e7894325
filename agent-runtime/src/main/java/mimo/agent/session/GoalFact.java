package mimo.agent.session;

import java.util.List;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What is written down of a goal (G8): that it was set, and each step of the gate an agent has to
/// pass before it may stop. What is written down here is never asked again.
public sealed interface GoalFact extends SessionFact.OfGoal {

  /// From here on the agent works towards a goal.
  ///
  /// @param condition in the words of whoever set it
  /// @param by whoever set it
  /// @param tests whether the agent may change tests and what configures them
  /// @param most how often the agent may be sent back
  /// @param guarded tests and their configuration as they were then
  /// @param copy names the folder in which they are kept; null if nothing is
  record Set(
      String condition,
      List<Check> checks,
      By by,
      Tests tests,
      int most,
      List<Guarded> guarded,
      @Nullable String copy)
      implements GoalFact {
    public Set {
      checks = List.copyOf(checks);
      guarded = List.copyOf(guarded);
    }
  }

  /// The user has no goal any more.
  record Cleared() implements GoalFact {}

  /// The agent wanted to stop, and this came of the checks.
  ///
  /// @param changes of guarded files since the goal was set
  /// @param results in the workspace as it is
  /// @param originals the same with the guarded files as they were; empty if that was not needed
  record Checked(List<Change> changes, List<Result> results, List<Result> originals)
      implements GoalFact {
    public Checked {
      changes = List.copyOf(changes);
      results = List.copyOf(results);
      originals = List.copyOf(originals);
    }
  }

  /// Somebody was asked whether a pass counts that rests on changed tests.
  record Accepted(boolean accepted, String words) implements GoalFact {}

  /// The judge replied, or did not.
  ///
  /// @param asked what it was asked
  /// @param ok what it says; for the scope, whether the condition is about the answer alone
  /// @param fault why the reply does not count; null if it does
  /// @param microUsd in millionths of a US dollar; null if nobody knows the price
  record Judged(
      Asked asked,
      boolean ok,
      boolean impossible,
      String reason,
      List<String> evidence,
      @Nullable String fault,
      String model,
      TokenUsage usage,
      @Nullable Long microUsd)
      implements GoalFact {
    public Judged {
      evidence = List.copyOf(evidence);
    }
  }

  /// What the gate came to.
  ///
  /// @param checked whether there were checks; else it is judged, not checked (G10)
  /// @param reentries how often the agent was sent back, this time included
  /// @param told what the agent is told; null if it ends here
  /// @param model that judged; null if none did
  /// @param usage of the judge, for this verdict
  /// @param microUsd of the judge; null if nobody knows
  record Ruled(
      State state,
      String reason,
      List<String> evidence,
      boolean checked,
      List<Change> changes,
      int reentries,
      int most,
      @Nullable String told,
      @Nullable String model,
      TokenUsage usage,
      @Nullable Long microUsd)
      implements GoalFact {
    public Ruled {
      evidence = List.copyOf(evidence);
      changes = List.copyOf(changes);
    }
  }

  /// How a goal stands.
  enum State {
    MET,
    NOT_MET,
    IMPOSSIBLE,
    UNVERIFIED,
    CLEARED
  }

  /// Who set a goal. What the user wrote on the command line needs no permission to run.
  enum By {
    USER,
    SCRIPT
  }

  /// Whether tests may change.
  enum Tests {
    GUARDED,
    FREE
  }

  /// What a judge is asked.
  enum Asked {
    VERDICT,
    /// Whether the condition is about what the answer says, and nothing outside it.
    SCOPE,
    /// Whether the condition is about what files say, and nothing that has to be run or asked.
    WRITING
  }

  /// Something that can be found out without a model.
  sealed interface Check {

    /// A command line ends with this code.
    record Command(String line, int exit) implements Check {}

    record Exists(String path) implements Check {}

    record Absent(String path) implements Check {}

    /// The file's text holds a match of the pattern.
    record Matches(String path, String pattern) implements Check {}

    /// @param sha256 in lower-case hex digits
    record Hash(String path, String sha256) implements Check {}
  }

  /// A file that must not change unseen.
  ///
  /// @param configuration whether it says how tests run, rather than being one
  record Guarded(String path, String sha256, boolean configuration) {}

  /// What became of a guarded file, or a new one like them.
  record Change(String path, Kind kind) {

    /// What it became.
    public enum Kind {
      CHANGED,
      REMOVED,
      ADDED
    }
  }

  /// What a check came to.
  ///
  /// @param output what it said, or why it did not run
  record Result(String check, boolean passed, String output) {}
}
