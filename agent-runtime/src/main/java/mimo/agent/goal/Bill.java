package mimo.agent.goal;

import java.util.OptionalLong;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Pays for what a judge says, out of the same purse as the agent. Thread-safe.
public interface Bill {

  /// Whose budget leaves nothing; empty while something is left.
  String exhausted();

  /// The most output tokens a reply may have, if limited.
  OptionalLong maxOutputTokens();

  /// One reply was received.
  ///
  /// @param price of the judge; null if nobody knows
  void charge(TokenUsage usage, @Nullable Price price);
}
