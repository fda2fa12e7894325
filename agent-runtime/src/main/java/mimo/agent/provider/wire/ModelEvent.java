package mimo.agent.provider.wire;

import mimo.agent.message.Content.Seal;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// One thing a reply says while it arrives, in any protocol.
public sealed interface ModelEvent {

  record Text(String delta) implements ModelEvent {}

  record Reasoning(String delta) implements ModelEvent {}

  /// What the provider wants back with the reasoning just heard, or in place of hidden reasoning.
  record Sealed(Seal seal) implements ModelEvent {}

  /// A part of a tool call; parts with the same index belong together.
  ///
  /// @param id null in all but the first part, and with some providers even there
  record ToolCallPart(int index, @Nullable String id, String tool, String arguments)
      implements ModelEvent {}

  /// Why the model stopped, in the provider's word.
  record Finished(String reason) implements ModelEvent {}

  record Used(TokenUsage usage) implements ModelEvent {}

  /// The provider gave up after the stream had begun.
  record Refused(ProviderError error) implements ModelEvent {}

  /// The reply is a page for people: the address leads to a site, not to its models.
  record WebPage() implements ModelEvent {}

  /// Nothing follows.
  record Done() implements ModelEvent {}
}
