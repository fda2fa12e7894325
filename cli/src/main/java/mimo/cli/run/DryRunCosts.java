package mimo.cli.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.cli.command.DryRunReport.Range;
import mimo.engine.ActivityRequest;
import org.jspecify.annotations.Nullable;

/// What an agent may cost, from its prompt and the price of its model: at the least one short turn,
/// at the most ten turns that read files.
final class DryRunCosts {

  private static final int CHARS_PER_TOKEN = 4;
  private static final int SYSTEM_TOKENS = 800;
  private static final int LEAST_OUTPUT = 200;
  private static final int MOST_TURNS = 10;
  private static final int MOST_READ_PER_TURN = 4_000;
  private static final int MOST_OUTPUT_PER_TURN = 1_000;

  private final Function<String, Optional<Resolution>> models;
  private final Map<String, Optional<Price>> prices = new HashMap<>();

  /// @param models what a call's model means, as far as it can be told without asking anybody
  DryRunCosts(Function<String, Optional<Resolution>> models) {
    this.models = models;
  }

  /// @param asked the model the call names; empty for the run's own
  @Nullable Range of(ActivityRequest request, String asked) {
    var price = prices.computeIfAbsent(asked, this::price).orElse(null);
    if (price == null) {
      return null;
    }
    long prompt = (long) SYSTEM_TOKENS + Math.ceilDiv(request.input().length(), CHARS_PER_TOKEN);
    long read = (long) MOST_READ_PER_TURN * MOST_TURNS * (MOST_TURNS - 1) / 2;
    return new Range(
        price.microUsd(new TokenUsage(prompt, LEAST_OUTPUT, 0, 0)),
        price.microUsd(
            new TokenUsage(
                prompt * MOST_TURNS + read, (long) MOST_OUTPUT_PER_TURN * MOST_TURNS, 0, 0)));
  }

  private Optional<Price> price(String model) {
    return models
        .apply(model)
        .flatMap(meant ->
            meant instanceof Resolution.Resolved resolved
                ? Optional.ofNullable(resolved.price())
                : Optional.empty());
  }
}
