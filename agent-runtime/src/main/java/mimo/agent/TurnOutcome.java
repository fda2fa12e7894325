package mimo.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one turn of a conversation ended. It is durable.
public sealed interface TurnOutcome {

  /// With an answer.
  ///
  /// @param value as JSON text: a string, unless another shape was asked for
  record Answered(String value) implements TurnOutcome {}

  /// Without one.
  ///
  /// @param code a name of the error table
  /// @param message what happened, for people
  /// @param until when going on has sense; null if nobody knows, or if it never has
  record Failed(String code, String message, @Nullable Instant until) implements TurnOutcome {}

  /// It was stopped, and can go on.
  record Interrupted() implements TurnOutcome {}
}
