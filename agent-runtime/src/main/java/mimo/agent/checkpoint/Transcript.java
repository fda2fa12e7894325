package mimo.agent.checkpoint;

import java.util.ArrayList;
import java.util.stream.Collectors;
import mimo.agent.ContextLimits;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;

/// A part of a conversation as a model reads it that does not take part: each message under the
/// name by which items refer to it.
final class Transcript {

  private Transcript() {}

  /// @param from the first message that is shown
  /// @param until how many messages the part ends with
  /// @param tokens the most there is room for, counted without having asked any model; the earliest
  ///   messages give way, and that is said
  static String of(ConversationSoFar all, int from, int until, double tokens) {
    var own = all.own(from, until).stream().map(OwnWords::message).collect(Collectors.toSet());
    var parts = new ArrayList<String>();
    double room = tokens;
    int at = until;
    while (at > from) {
      var part =
          shown(at - 1, all.messages().get(at - 1), own.contains(at - 1) ? "user" : "program");
      double cost = Room.tokens(part);
      if (cost > room) {
        break;
      }
      room -= cost;
      parts.addFirst(part);
      at--;
    }
    if (at > from) {
      parts.addFirst(
          "(m%d to m%d are left out: there is no room for them)\n".formatted(from, at - 1));
    }
    return String.join("\n", parts);
  }

  /// @param who speaks where it is not the agent
  private static String shown(int number, Message message, String who) {
    var text = new StringBuilder();
    switch (message) {
      case Message.User(var words) -> text.append("[m%d] %s:\n%s\n".formatted(number, who, words));
      case Message.Model(var content) -> {
        text.append("[m").append(number).append("] agent:\n");
        for (var piece : content) {
          switch (piece) {
            case Content.Text(var words) -> text.append(words).append('\n');
            case Content.ToolCall(var id, var tool, var arguments) ->
                text.append("[c:%s] calls %s %s\n".formatted(id, tool, bounded(arguments)));
            case Content.Reasoning _ -> {}
          }
        }
      }
      case Message.Tools(var answers) -> {
        for (var answer : answers) {
          text.append(
              "[c:%s] %s:\n%s\n".formatted(answer.call(), answer.status(), bounded(answer.text())));
        }
      }
    }
    return text.toString();
  }

  private static String bounded(String text) {
    int most = ContextLimits.CHECKPOINT_RESULT_CHARS;
    if (text.length() <= most) {
      return text;
    }
    int half = most / 2;
    return "%s\n(… %d characters …)\n%s"
        .formatted(
            text.substring(0, half),
            text.length() - 2 * half,
            text.substring(text.length() - half));
  }
}
