package mimo.agent.maxmode;

import java.util.OptionalLong;
import mimo.agent.estimate.Intake;
import mimo.agent.provider.TokenUsage;

/// What an agent may still spend, and where it tells what it spent. Thread-safe.
public interface Costs {

  /// Whose budget leaves nothing; empty while something is left.
  String exhausted();

  /// The most output tokens that the next reply may have, if limited; 0 if not even one is paid
  /// for. Where nothing may be spent beyond the budget, so much is set aside for it.
  ///
  /// @param input what goes in with the requests it takes
  OptionalLong maxOutputTokens(Intake input);

  /// A request is sent, whatever comes of it.
  void sending();

  /// One reply was received.
  void charge(TokenUsage usage);

  /// Of what was charged, this went to what did not become a reply (X5).
  void overhead(TokenUsage usage);

  /// How many replies that use this much are paid for by what is left; [Long#MAX_VALUE] if nothing
  /// limits them.
  long affords(TokenUsage reply);
}
