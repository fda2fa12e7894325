package mimo.agent.maxmode;

import java.util.OptionalLong;
import mimo.agent.provider.TokenUsage;

/// What an agent may still spend, and where it tells what it spent. Thread-safe.
public interface Costs {

  /// The most output tokens the next reply may have, if limited.
  OptionalLong maxOutputTokens();

  /// One reply was received.
  void charge(TokenUsage usage);

  /// Of what was charged, this went to what did not become a reply (X5).
  void overhead(TokenUsage usage);

  /// How many replies that use this much are paid for by what is left; [Long#MAX_VALUE] if nothing
  /// limits them.
  long affords(TokenUsage reply);
}
