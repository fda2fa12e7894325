package mimo.compose.testing;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mimo.engine.ActivityRequest;
import mimo.engine.StepOutcome;

/// Answers steps by their label from a table of lines `label: answer ; answer …`, where an answer
/// is JSON or `!code`. The last answer of a line is given for ever.
final class AnswersByLabel implements Function<ActivityRequest, StepOutcome> {

  private final Map<String, List<String>> table = new HashMap<>();

  AnswersByLabel(String... lines) {
    for (var line : lines) {
      int colon = line.indexOf(':');
      var answers = List.of(line.substring(colon + 1).strip().split("\\s+;\\s+"));
      table.put(line.substring(0, colon).strip(), new ArrayList<>(answers));
    }
  }

  @Override
  public StepOutcome apply(ActivityRequest request) {
    var answers = table.get(request.label());
    if (answers == null) {
      return new StepOutcome.Completed(TextNode.valueOf(request.label()).toString());
    }
    var answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    return answer.startsWith("!")
        ? new StepOutcome.Failed(answer.substring(1), "because")
        : new StepOutcome.Completed(answer);
  }
}
