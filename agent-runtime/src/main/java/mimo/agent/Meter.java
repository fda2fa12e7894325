package mimo.agent;

import java.util.OptionalLong;
import mimo.agent.maxmode.Costs;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What an agent may still spend, and where it tells what it spent. Thread-safe.
interface Meter extends Costs, TurnWatch.Funds {

  /// The same for a request to another model.
  ///
  /// @param input the most tokens that go in
  /// @param at its price; null if nobody knows it
  OptionalLong maxOutputTokens(long input, @Nullable Price at);

  /// One reply of another model was received.
  ///
  /// @param price null if nobody knows it
  void charge(TokenUsage usage, @Nullable Price price);
}
