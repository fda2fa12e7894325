package mimo.agent.rebuild;

import java.util.OptionalLong;
import java.util.function.Function;
import mimo.agent.estimate.TokenEstimators;

/// How conversations in one workspace go on that become longer than their model takes. Thread-safe.
///
/// @param budget tokens the user allows a conversation; nothing if he says nothing
/// @param estimators how models count
/// @param knowledge what is known of a session, by its name
public record Rebuilding(
    OptionalLong budget, TokenEstimators estimators, Function<String, Knowledge> knowledge) {

  /// One that knows nothing but the conversation itself.
  public static Rebuilding plain() {
    return new Rebuilding(OptionalLong.empty(), new TokenEstimators(), _ -> Knowledge.NOTHING);
  }

  /// The same within a budget.
  public Rebuilding within(long tokens) {
    return new Rebuilding(OptionalLong.of(tokens), estimators, knowledge);
  }
}
