package mimo.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.engine.ActivityContext;
import mimo.engine.Allowance;
import org.jspecify.annotations.Nullable;

/// Charges an agent's replies to its step. Thread-safe as the step's context is.
final class StepMeter implements Meter {

  private static final String TOKENS = "output_tokens";

  /// Millionths of a US dollar.
  private static final String MONEY = "cost_micro_usd";

  private static final double MILLION = 1_000_000;

  private final ActivityContext context;
  private final @Nullable Price price;

  StepMeter(ActivityContext context, @Nullable Price price) {
    this.context = context;
    this.price = price;
  }

  /// Whether money limits what can be used here.
  static boolean countsMoney(Allowance allowance) {
    return allowance.of(MONEY).isPresent();
  }

  @Override
  public String exhausted() {
    return context.allowance().exhausted();
  }

  /// What is left pays for so many output tokens, whichever limit is the strictest (L94, L96).
  @Override
  public OptionalLong maxOutputTokens() {
    var allowance = context.allowance();
    return LongStream.concat(
            allowance.of(TOKENS).stream(),
            allowance.of(MONEY).stream().flatMap(money -> paidBy(money).stream()))
        .min();
  }

  private OptionalLong paidBy(long money) {
    return price == null || price.outputPerMillionMicroUsd() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, (long) (money * MILLION / price.outputPerMillionMicroUsd())));
  }

  @Override
  public void charge(TokenUsage usage) {
    charge(usage, price);
  }

  @Override
  public void charge(TokenUsage usage, @Nullable Price at) {
    context.charge(charges("", usage, at));
  }

  @Override
  public void overhead(TokenUsage usage) {
    context.charge(charges("overhead_", usage, price));
  }

  private static Map<String, Long> charges(String prefix, TokenUsage usage, @Nullable Price at) {
    var charges = new HashMap<String, Long>();
    charges.put(prefix + "requests", 1L);
    charges.put(prefix + "input_tokens", usage.input());
    charges.put(prefix + TOKENS, usage.output());
    charges.put(prefix + "reasoning_tokens", usage.reasoning());
    charges.put(prefix + "cache_read_tokens", usage.cacheRead());
    charges.put(prefix + "cache_write_tokens", usage.cacheWrite());
    if (at != null) {
      charges.put(prefix + MONEY, at.microUsd(usage));
    }
    return charges;
  }

  @Override
  public long affords(TokenUsage reply) {
    var allowance = context.allowance();
    long byTokens = times(allowance.of(TOKENS), reply.output());
    return price == null
        ? byTokens
        : Math.min(byTokens, times(allowance.of(MONEY), price.microUsd(reply)));
  }

  private static long times(OptionalLong left, long one) {
    return left.isEmpty() ? Long.MAX_VALUE : left.getAsLong() / Math.max(1, one);
  }
}
