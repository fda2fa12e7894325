package mimo.agent.provider.retry;

import java.time.Duration;
import mimo.agent.provider.ModelReply;
import org.jspecify.annotations.Nullable;

/// What became of one try.
public sealed interface Tried {

  /// The terminal event arrived.
  record Answered(ModelReply.Completed reply) implements Tried {}

  /// The same request would end the same way.
  record Hopeless(String code, String message) implements Tried {}

  /// The request found nobody, or was refused for now.
  ///
  /// @param retryAfter how long the provider asks to wait; null if it does not say
  record RequestFailed(String code, String message, @Nullable Duration retryAfter)
      implements Tried {}

  /// The reply began and has no end; all of it is discarded (A27).
  record StreamBroke(String message) implements Tried {}
}
