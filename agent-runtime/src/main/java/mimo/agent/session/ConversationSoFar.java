package mimo.agent.session;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What was said in a conversation.
///
/// @param messages all of them, told to a model or not any more
/// @param boundary where it was last told something in their place; null if it is told all of them
/// @param own what of it the user asks for himself, the earliest first
/// @param counted what a model has counted since, the latest last
public record ConversationSoFar(
    List<Message> messages,
    List<OwnWords> own,
    @Nullable Boundary boundary,
    List<Counted> counted) {

  /// Nothing was said yet.
  public static final ConversationSoFar NOTHING =
      new ConversationSoFar(List.of(), List.of(), null, List.of());

  /// What a reply says of its request.
  ///
  /// @param messages how many had been said by then
  public record Counted(int messages, TokenUsage usage) {}

  public ConversationSoFar {
    messages = List.copyOf(messages);
    own = List.copyOf(own);
    counted = List.copyOf(counted);
  }

  /// The same, in which this is asked for.
  public ConversationSoFar asking(List<OwnWords> words) {
    return new ConversationSoFar(messages, words, boundary, counted);
  }

  /// The same, of which the last message is told together with what is asked next.
  ///
  /// @param asked what the user asks next
  ConversationSoFar before(SessionFact.Asked asked) {
    boolean open = !messages.isEmpty() && messages.getLast() instanceof Message.User;
    var said = open ? messages.subList(0, messages.size() - 1) : messages;
    return new ConversationSoFar(said, with(own, said.size(), asked), boundary, counted);
  }

  /// What is asked in one message is one; what the program asks is nobody's (M2).
  static List<OwnWords> with(List<OwnWords> own, int message, SessionFact.Asked fact) {
    var asked = fact.prompt();
    if (Reminder.without(asked).isEmpty()) {
      return own;
    }
    var all = new ArrayList<>(own);
    if (!all.isEmpty() && all.getLast().message() == message) {
      all.add(all.removeLast().and(asked));
    } else {
      all.add(new OwnWords(message, asked));
    }
    return all;
  }
}
