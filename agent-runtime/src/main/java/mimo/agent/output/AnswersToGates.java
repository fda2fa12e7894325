package mimo.agent.output;

import java.util.Optional;
import java.util.stream.Collectors;
import mimo.agent.json.Json;
import mimo.engine.AnswerCheck;

/// Judges what people answer as it judges what models answer: by JSON Schema (D53). Thread-safe.
public final class AnswersToGates implements AnswerCheck {

  @Override
  public Optional<String> unusable(String schema) {
    return switch (read(schema)) {
      case AnswerSchema.Reading.Usable _ -> Optional.empty();
      case AnswerSchema.Reading.Invalid(var message) -> Optional.of(message);
    };
  }

  @Override
  public Optional<String> misfit(String schema, String value) {
    return switch (read(schema)) {
      case AnswerSchema.Reading.Usable(var usable) -> misfit(usable, value);
      case AnswerSchema.Reading.Invalid(var message) -> Optional.of(message);
    };
  }

  private static AnswerSchema.Reading read(String schema) {
    try {
      return AnswerSchema.read(Json.parse(schema));
    } catch (IllegalArgumentException malformed) {
      return new AnswerSchema.Reading.Invalid("The schema is no JSON: " + malformed.getMessage());
    }
  }

  private static Optional<String> misfit(AnswerSchema schema, String value) {
    try {
      var faults = schema.faults(Json.parse(value));
      return faults.isEmpty()
          ? Optional.empty()
          : Optional.of(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
    } catch (IllegalArgumentException malformed) {
      return Optional.of("the answer is no JSON: " + malformed.getMessage());
    }
  }
}
