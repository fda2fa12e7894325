package mimo.compose;

import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// How one script of a run ended.
sealed interface Ending {

  /// @param value what it returned, as JSON text
  record Finished(String value) implements Ending {}

  record Failed(String code, String message, @Nullable SourcePosition position) implements Ending {

    /// The fault with its place in front, for those who read it elsewhere.
    String told() {
      return position == null ? message : position + ": " + message;
    }
  }

  /// Nobody wants to know any more: what had started it has ended first.
  record Abandoned() implements Ending {}
}
