package mimo.agent.provider;

import java.time.Instant;
import java.util.List;
import mimo.agent.message.Content;
import org.jspecify.annotations.Nullable;

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
  /// @param until when asking has sense again; null if nobody knows, or if it never has
  record Faulted(String code, String message, @Nullable Instant until) implements ModelReply {
    public Faulted(String code, String message) {
      this(code, message, null);
    }
  }

  /// Why a model stopped.
  enum Finish {
    /// It had no more to say.
    STOP,
    /// It waits for its tool calls.
    TOOL_CALLS,
    /// It reached the limit of output tokens.
    LENGTH,
    /// The provider's filter ended it.
    FILTERED,
    /// It said the same over and over, and was cut.
    REPEATED
  }
}
