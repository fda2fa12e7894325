package mimo.agent.session;

import java.util.List;
import mimo.agent.message.Message;
import org.jspecify.annotations.Nullable;

/// What was said in a conversation.
///
/// @param messages all of them, told to a model or not any more
/// @param boundary where it was last told something in their place; null if it is told all of them
public record ConversationSoFar(List<Message> messages, @Nullable Boundary boundary) {

  /// Nothing was said yet.
  public static final ConversationSoFar NOTHING = new ConversationSoFar(List.of(), null);

  public ConversationSoFar {
    messages = List.copyOf(messages);
  }
}
