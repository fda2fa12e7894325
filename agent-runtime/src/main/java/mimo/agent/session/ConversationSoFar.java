package mimo.agent.session;

import java.util.List;
import mimo.agent.message.Message;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What was said in a conversation.
///
/// @param messages all of them, told to a model or not any more
/// @param boundary where it was last told something in their place; null if it is told all of them
/// @param counted what a model has counted since, the latest last
public record ConversationSoFar(
    List<Message> messages, @Nullable Boundary boundary, List<Counted> counted) {

  /// Nothing was said yet.
  public static final ConversationSoFar NOTHING = new ConversationSoFar(List.of(), null, List.of());

  /// What a reply says of its request.
  ///
  /// @param messages how many had been said by then
  public record Counted(int messages, TokenUsage usage) {}

  public ConversationSoFar {
    messages = List.copyOf(messages);
    counted = List.copyOf(counted);
  }
}
