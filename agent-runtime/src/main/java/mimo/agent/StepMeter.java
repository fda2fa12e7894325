package mimo.agent;

import java.util.HashMap;
import java.util.OptionalLong;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.engine.ActivityContext;
import org.jspecify.annotations.Nullable;

/// Charges an agent's replies to its step. Thread-safe as the step's context is.
final class StepMeter implements Meter {

  private final ActivityContext context;
  private final BudgetUnit unit;
  private final @Nullable Price price;

  StepMeter(ActivityContext context, BudgetUnit unit, @Nullable Price price) {
    this.context = context;
    this.unit = unit;
    this.price = price;
  }

  @Override
  public boolean hasAllowance() {
    return context.allowance() > 0;
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return unit.outputTokens(context.allowance(), price);
  }

  @Override
  public void charge(TokenUsage usage) {
    var charges = new HashMap<String, Long>();
    charges.put("requests", 1L);
    charges.put("input_tokens", usage.input());
    charges.put("output_tokens", usage.output());
    charges.put("reasoning_tokens", usage.reasoning());
    charges.put("cache_read_tokens", usage.cacheRead());
    charges.put("cache_write_tokens", usage.cacheWrite());
    if (price != null) {
      charges.put("cost_micro_usd", price.microUsd(usage));
    }
    context.charge(charges);
  }
}
