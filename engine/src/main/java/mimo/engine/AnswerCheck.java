package mimo.engine;

import java.util.Optional;

/// Judges answers to a [Gate]: knows what schemas mean, which the engine does not (D53).
/// Thread-safe.
public interface AnswerCheck {

  /// Why nothing can satisfy this schema, or why it is none; empty if it can be used.
  ///
  /// @param schema JSON text
  Optional<String> unusable(String schema);

  /// Why an answer does not fit; empty if it does.
  ///
  /// @param schema JSON text that is usable
  /// @param value JSON text
  Optional<String> misfit(String schema, String value);

  /// For engines whose runs ask nothing: every schema is unusable.
  static AnswerCheck none() {
    return new AnswerCheck() {
      @Override
      public Optional<String> unusable(String schema) {
        return Optional.of("This engine cannot check answers.");
      }

      @Override
      public Optional<String> misfit(String schema, String value) {
        return unusable(schema);
      }
    };
  }
}
