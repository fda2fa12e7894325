package mimo.agent.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.output.AnswerSchema;

/// Tells an answer that was given by a call of the answer's tool as words, which are then the last.
/// A call of that tool would stand in the way of whatever is said next: other turns have no such
/// tool. Calls beside it, and what came of them, are told as they were.
public final class AnswerAsWords {

  private AnswerAsWords() {}

  /// @param content of the reply with the call
  /// @param answered what came of all its calls
  /// @param value the answer
  public static List<Message> of(List<Content> content, List<ToolAnswer> answered, String value) {
    var others = new ArrayList<>(content);
    others.removeIf(AnswerAsWords::isAnswer);
    var answer = new Content.Text(value);
    if (others.stream().noneMatch(Content.ToolCall.class::isInstance)) {
      // What was thought led to a call that is not told any more.
      others.removeIf(piece -> !(piece instanceof Content.Text));
      others.add(answer);
      return List.of(new Message.Model(others));
    }
    var left = new HashSet<String>();
    others.forEach(piece -> {
      if (piece instanceof Content.ToolCall call) {
        left.add(call.id());
      }
    });
    var results = answered.stream().filter(each -> left.contains(each.call())).toList();
    return List.of(
        new Message.Model(others), new Message.Tools(results), new Message.Model(List.of(answer)));
  }

  /// Whether it is a call of the answer's tool.
  static boolean isAnswer(Content piece) {
    return piece instanceof Content.ToolCall call && call.tool().equals(AnswerSchema.TOOL);
  }
}
