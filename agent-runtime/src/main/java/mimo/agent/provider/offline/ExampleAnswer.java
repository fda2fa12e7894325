package mimo.agent.provider.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import mimo.agent.output.AnswerSchema;
import mimo.agent.output.AnswerSchema.Reading;

/// The answer a rehearsal puts where a model's would stand.
public sealed interface ExampleAnswer {

  /// It fits the schema.
  record Fitting(JsonNode value) implements ExampleAnswer {}

  /// There is none.
  ///
  /// @param code `schema_invalid`, or `failed`
  record Missing(String code, String message) implements ExampleAnswer {}

  /// An answer made from the schema alone, the same each time, with one item in each list of texts
  /// or objects.
  static ExampleAnswer of(JsonNode schema) {
    if (AnswerSchema.read(schema) instanceof Reading.Invalid(var message)) {
      return new Missing(Reading.Invalid.CODE, message);
    }
    var word = "example";
    var excerpt = new Excerpt(word, word, word);
    return AnswerMaker.make(schema, new Findings(word, word, List.of(excerpt)))
        .<ExampleAnswer>map(Fitting::new)
        .orElseGet(() -> new Missing("failed", "no example fits the schema; script one by label"));
  }

  /// This answer, if it fits the schema.
  static ExampleAnswer scripted(JsonNode answer, JsonNode schema) {
    return switch (AnswerSchema.read(schema)) {
      case Reading.Invalid(var message) -> new Missing(Reading.Invalid.CODE, message);
      case Reading.Usable(var check) -> {
        var faults = check.faults(answer);
        yield faults.isEmpty()
            ? new Fitting(answer)
            : new Missing("failed", faults.getFirst().toString());
      }
    };
  }
}
