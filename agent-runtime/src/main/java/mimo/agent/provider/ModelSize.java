package mimo.agent.provider;

import org.jspecify.annotations.Nullable;

/// How much a model takes in and says.
///
/// @param window tokens of a request and its reply; null if nobody knows
/// @param output tokens of one reply; null if nobody knows
public record ModelSize(@Nullable Integer window, @Nullable Integer output) {

  public static final ModelSize UNKNOWN = new ModelSize(null, null);
}
