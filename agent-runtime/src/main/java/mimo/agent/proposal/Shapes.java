package mimo.agent.proposal;

import mimo.agent.output.AnswerSchema;

/// Reads the schemas of answers that are written here.
public final class Shapes {

  private static final int ATTEMPTS = 3;

  private Shapes() {}

  public static AnswerSchema schema(String text) {
    return switch (AnswerSchema.parse(text)) {
      case AnswerSchema.Reading.Usable(var schema) -> schema.within(ATTEMPTS);
      case AnswerSchema.Reading.Invalid(var message) ->
          throw new IllegalStateException("a schema of this version is unusable: " + message);
    };
  }
}
