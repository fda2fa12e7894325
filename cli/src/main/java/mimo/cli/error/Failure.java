package mimo.cli.error;

import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// What is to be told of one failure.
///
/// @param code a name of the [ErrorTable]
/// @param message what failed and what was found, one sentence
/// @param position where in a script or configuration file, if anywhere
/// @param source the whole text of that file, if it is at hand
/// @param run the run that failed, if there was one
public record Failure(
    String code,
    String message,
    @Nullable SourcePosition position,
    @Nullable String source,
    @Nullable String run) {

  /// The same failure, of this run.
  public Failure of(String run) {
    return new Failure(code, message, position, source, run);
  }
}
