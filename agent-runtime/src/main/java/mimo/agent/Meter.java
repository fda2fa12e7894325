package mimo.agent;

import mimo.agent.maxmode.Costs;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What an agent may still spend, and where it tells what it spent. Thread-safe.
interface Meter extends Costs {

  /// Whose budget leaves nothing; empty while something is left.
  String exhausted();

  /// One reply of another model was received.
  ///
  /// @param price null if nobody knows it
  void charge(TokenUsage usage, @Nullable Price price);
}
