package mimo.agent;

import java.util.OptionalLong;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What an agent may still spend, and where it tells what it spent. Thread-safe.
interface Meter {

  /// Whose budget leaves nothing; empty while something is left.
  String exhausted();

  /// The most output tokens the next reply may have, if limited.
  OptionalLong maxOutputTokens();

  /// One reply was received.
  void charge(TokenUsage usage);

  /// One reply of another model was received.
  ///
  /// @param price null if nobody knows it
  void charge(TokenUsage usage, @Nullable Price price);
}
