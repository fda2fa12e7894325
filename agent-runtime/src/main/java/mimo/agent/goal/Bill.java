package mimo.agent.goal;

import java.util.OptionalLong;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Pays for what a judge says, out of the same purse as the agent. Thread-safe.
public interface Bill {

  /// Whose budget leaves nothing; empty while something is left.
  String exhausted();

  /// The most output tokens the next reply may have, if limited; 0 if not even one is paid for.
  ///
  /// @param input the most tokens that go in with its request
  /// @param price of the judge; null if nobody knows
  OptionalLong maxOutputTokens(long input, @Nullable Price price);

  /// A request is sent, whatever comes of it.
  void sending();

  /// One reply was received.
  ///
  /// @param price of the judge; null if nobody knows
  void charge(TokenUsage usage, @Nullable Price price);
}
