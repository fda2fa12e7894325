package mimo.agent.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mimo.agent.ContextLimits;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;

/// A message without its long texts. What is left out is named, and the history has it (K17).
final class Cleared {

  private Cleared() {}

  /// What of a message is left.
  ///
  /// @param last whether nobody has read it yet
  /// @param unseen characters of each of its answers then
  /// @param others characters of each text, and of the arguments of each call
  record Limit(boolean last, int unseen, int others) {}

  static Message of(Message message, Limit limit) {
    return switch (message) {
      case Message.User(var text) -> limit.last() ? message : user(text, limit.others());
      case Message.Model(var content) ->
          new Message.Model(content.stream().map(piece -> piece(piece, limit.others())).toList());
      case Message.Tools(var answers) -> {
        int chars = limit.last() ? limit.unseen() : 0;
        yield new Message.Tools(answers.stream().map(answer -> answer(answer, chars)).toList());
      }
    };
  }

  /// What the user asked last.
  static Message.User asked(String text, int chars) {
    return user(text, chars);
  }

  private static Message.User user(String text, int chars) {
    return new Message.User(text(text, chars, "user"));
  }

  private static Content piece(Content piece, int chars) {
    return switch (piece) {
      case Content.Text(var text) -> new Content.Text(text(text, chars, "model"));
      case Content.ToolCall call -> call(call, chars);
      // Its provider has signed it, or has no use for half of it.
      case Content.Reasoning _ -> piece;
    };
  }

  private static String text(String text, int chars, String kind) {
    return text.length() <= chars
        ? text
        : Cut.middle(text, chars)
            + "\n(cut in its middle; the tool history has it: kind "
            + kind
            + ")";
  }

  /// The arguments stay of the shape they have: only long words in them are left out.
  private static Content.ToolCall call(Content.ToolCall call, int chars) {
    if (call.arguments().length() <= chars) {
      return call;
    }
    var reference =
        reference(
            "the arguments of call " + call.id() + " have", call.id(), call.arguments().length());
    var shorter = shorter(call, reference);
    return new Content.ToolCall(
        call.id(),
        call.tool(),
        shorter.length() <= chars ? shorter : Json.write(Json.object().put("cleared", reference)));
  }

  private static String shorter(Content.ToolCall call, String reference) {
    try {
      var json = Json.parse(call.arguments());
      shorten(json, reference);
      return Json.write(json);
    } catch (IllegalArgumentException unreadable) {
      return call.arguments();
    }
  }

  private static void shorten(JsonNode json, String reference) {
    switch (json) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(member -> {
                if (isLong(member.getValue())) {
                  member.setValue(object.textNode(reference));
                } else {
                  shorten(member.getValue(), reference);
                }
              });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (isLong(array.get(i))) {
            array.set(i, array.textNode(reference));
          } else {
            shorten(array.get(i), reference);
          }
        }
      }
      default -> {}
    }
  }

  private static boolean isLong(JsonNode json) {
    return json.isTextual() && json.textValue().length() > ContextLimits.REBUILT_RESULT_CHARS;
  }

  private static ToolAnswer answer(ToolAnswer answer, int chars) {
    int length = answer.text().length();
    if (length <= Math.max(chars, ContextLimits.REBUILT_RESULT_CHARS)) {
      return answer;
    }
    var shown =
        chars < Tail.LITTLE ? "" : Cut.middle(answer.text(), chars - Tail.LITTLE / 2) + "\n";
    var reference =
        reference("the result of call " + answer.call() + " has", answer.call(), length);
    return new ToolAnswer(answer.call(), shown + reference, answer.status());
  }

  private static String reference(String what, String call, int length) {
    return String.format(
        Locale.ROOT,
        "[cleared: %s %,d characters; the tool history shows it: action around, message %s]",
        what,
        length,
        call);
  }
}
