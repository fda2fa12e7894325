package mimo.agent.maxmode;

import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;

/// What models said, as text for a judge and for the record.
final class Words {

  private Words() {}

  /// What a reply says to the user and wants to do; not what the model thought, nor the ids of its
  /// calls, by which two equal replies differ.
  static String of(List<Content> content) {
    var words = new StringBuilder();
    for (var piece : content) {
      switch (piece) {
        case Content.Text(var text) -> words.append(text).append('\n');
        case Content.ToolCall(_, var tool, var arguments) ->
            words.append("call ").append(tool).append(' ').append(arguments).append('\n');
        case Content.Reasoning _ -> {}
      }
    }
    return words.toString().strip();
  }

  static String of(Message message) {
    return switch (message) {
      case Message.User(var text) -> "user: " + text;
      case Message.Model(var content) -> "agent: " + of(content);
      case Message.Tools(var answers) -> {
        var words = new StringBuilder();
        answers.forEach(answer ->
            words.append(answer.status()).append(": ").append(answer.text()).append('\n'));
        yield "tools: " + words.toString().strip();
      }
    };
  }

  /// The beginning and the end of a text that is too long. It is cut between words: half a secret
  /// is one that nobody recognises.
  static String cut(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int head = chars / 2;
    while (head > 0 && !Character.isWhitespace(text.charAt(head - 1))) {
      head--;
    }
    int tail = text.length() - chars / 2;
    while (tail < text.length() && !Character.isWhitespace(text.charAt(tail))) {
      tail++;
    }
    var gap = "\n[… " + (tail - head) + " characters left out …]\n";
    return text.substring(0, head) + gap + text.substring(tail);
  }
}
