package mimo.agent.provider;

import java.util.List;
import mimo.agent.message.Content;

/// What came of asking a model.
public sealed interface ModelReply {

  /// A whole reply; its terminal event has arrived (A3).
  record Completed(List<Content> content, Finish finish, TokenUsage usage) implements ModelReply {
    public Completed {
      content = List.copyOf(content);
    }
  }

  /// No reply, and asking the same again has no sense now.
  ///
  /// @param code a name of the error table, for example `provider_unreachable`
  /// @param message what was found, without keys, for people
  record Faulted(String code, String message) implements ModelReply {}

  /// Why a model stopped.
  enum Finish {
    /// It had no more to say.
    STOP,
    /// It waits for its tool calls.
    TOOL_CALLS,
    /// It reached the limit of output tokens.
    LENGTH,
    /// The provider's filter ended it.
    FILTERED
  }
}
