package mimo.agent.provider.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// The answer a rehearsal puts where a model's would stand: made from the schema alone, the same
/// each time, with one item in each list of texts or objects.
public final class ExampleAnswer {

  private static final String WORD = "example";

  private ExampleAnswer() {}

  /// A value that fits the schema; empty if none could be made.
  public static Optional<JsonNode> of(JsonNode schema) {
    var excerpt = new Excerpt(WORD, WORD, WORD);
    return AnswerMaker.make(schema, new Findings(WORD, WORD, List.of(excerpt)));
  }
}
