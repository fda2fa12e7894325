package mimo.agent.provider.openai;

import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// One thing a stream of chat completions says.
sealed interface ChatEvent {

  record Text(String delta) implements ChatEvent {}

  record Reasoning(String delta) implements ChatEvent {}

  /// A part of a tool call; parts with the same index belong together.
  ///
  /// @param id null in all but the first part, and with some providers even there
  record ToolCallPart(int index, @Nullable String id, String tool, String arguments)
      implements ChatEvent {}

  /// Why the model stopped, in the provider's word.
  record Finished(String reason) implements ChatEvent {}

  record Used(TokenUsage usage) implements ChatEvent {}

  /// The provider gave up after the stream had begun.
  record Refused(ChatError error) implements ChatEvent {}

  /// The reply is a page for people: the address leads to a site, not to its models.
  record WebPage() implements ChatEvent {}

  /// `[DONE]`: nothing follows.
  record Done() implements ChatEvent {}
}
