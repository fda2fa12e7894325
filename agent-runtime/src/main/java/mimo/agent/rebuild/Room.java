package mimo.agent.rebuild;

import java.util.OptionalLong;
import mimo.agent.ContextLimits;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.ProviderLimits;
import org.jspecify.annotations.Nullable;

/// How many tokens a conversation may have for one model (K1, K16).
public final class Room {

  private Room() {}

  /// The tokens a request may hold: what the user allows, or else what the model takes less what
  /// its reply may have. Nothing if nobody knows.
  ///
  /// @param budget what the user allows; nothing if he says nothing
  public static OptionalLong of(ModelSize size, OptionalLong budget) {
    var window = size.window();
    if (window == null) {
      return budget;
    }
    long usable = window - reserve(window, size.output());
    return OptionalLong.of(Math.min(usable, budget.orElse(usable)));
  }

  private static long reserve(long window, @Nullable Integer output) {
    long most = output == null ? ProviderLimits.OUTPUT_TOKENS : output;
    return Math.min(Math.min(most, ProviderLimits.OUTPUT_TOKENS), window / 4);
  }

  /// From so many tokens on, a conversation is rebuilt: near the limit, and no nearer than an
  /// estimate can be wrong.
  public static long point(long usable) {
    return usable * ContextLimits.REBUILD_PERCENT / 100;
  }
}
