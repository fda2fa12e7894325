package mimo.agent;

import java.util.Locale;
import java.util.OptionalLong;
import mimo.agent.provider.Price;
import org.jspecify.annotations.Nullable;

/// What a run's budget counts, by the name under which usage is charged.
public enum BudgetUnit {
  /// Tokens produced, reasoning included.
  OUTPUT_TOKENS,
  /// Millionths of a US dollar.
  COST_MICRO_USD;

  private static final long MILLION = 1_000_000;

  /// The unit's name in charges and budgets.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How many output tokens `allowance` of this unit pays for; empty if nothing limits them (L94).
  OptionalLong outputTokens(long allowance, @Nullable Price price) {
    if (allowance == Long.MAX_VALUE) {
      return OptionalLong.empty();
    }
    return switch (this) {
      case OUTPUT_TOKENS -> OptionalLong.of(allowance);
      case COST_MICRO_USD ->
          price == null || price.outputPerMillionMicroUsd() == 0
              ? OptionalLong.empty()
              : OptionalLong.of(
                  Math.max(
                      1, (long) ((double) allowance * MILLION / price.outputPerMillionMicroUsd())));
    };
  }
}
