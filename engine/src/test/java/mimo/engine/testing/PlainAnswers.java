package mimo.engine.testing;

import java.util.Optional;
import mimo.engine.AnswerCheck;

/// Takes every answer that its schema mentions, so that `["red", "blue"]` takes `"red"`; a schema
/// that mentions `nothing` takes none.
public final class PlainAnswers implements AnswerCheck {

  @Override
  public Optional<String> unusable(String schema) {
    return schema.contains("nothing") ? Optional.of("Nothing fits it.") : Optional.empty();
  }

  @Override
  public Optional<String> misfit(String schema, String value) {
    return schema.contains(value) ? Optional.empty() : Optional.of(value + " is none of " + schema);
  }
}
