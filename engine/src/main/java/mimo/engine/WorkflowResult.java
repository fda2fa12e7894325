package mimo.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a workflow's program ended.
public sealed interface WorkflowResult {

  /// Slots of the result that are missing, in the order in which they were lost.
  List<Loss> losses();

  /// Ran to its end.
  ///
  /// @param value the result as JSON text
  record Finished(String value, List<Loss> losses) implements WorkflowResult {
    public Finished {
      losses = List.copyOf(losses);
    }
  }

  /// Ended by a fault: a script error, or a limit that was hit.
  ///
  /// @param code a snake_case name, for example `script_error` or `deadlock`
  /// @param resumable whether the same journal can be resumed exactly (a killed worker), or the
  ///   fault is the program's own and would come again
  record Failed(
      String code,
      String message,
      @Nullable SourcePosition position,
      Resumable resumable,
      List<Loss> losses)
      implements WorkflowResult {
    public Failed {
      losses = List.copyOf(losses);
    }
  }

  /// Whether trying the same run again can end otherwise.
  enum Resumable {
    YES,
    NO
  }
}
