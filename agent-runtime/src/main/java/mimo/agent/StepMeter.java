package mimo.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import mimo.agent.estimate.Intake;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.engine.ActivityContext;
import mimo.engine.Allowance;
import org.jspecify.annotations.Nullable;

/// Charges an agent's replies to its step. Thread-safe as the step's context is.
final class StepMeter implements Meter {

  private static final String TOKENS = "output_tokens";

  /// Millionths of a US dollar.
  private static final String MONEY = "cost_micro_usd";

  private final ActivityContext context;
  private final Resolution.Resolved model;
  private final Overshoot overshoot;

  /// @param model who works; it says how much one reply of it can be
  StepMeter(ActivityContext context, Resolution.Resolved model, Overshoot overshoot) {
    this.context = context;
    this.model = model;
    this.overshoot = overshoot;
  }

  /// Whether money limits what can be used here.
  static boolean countsMoney(Allowance allowance) {
    return allowance.of(MONEY).isPresent();
  }

  @Override
  public String exhausted() {
    return context.allowance().exhausted();
  }

  @Override
  public OptionalLong maxOutputTokens(Intake input) {
    return maxOutputTokens(input.most(), model.price());
  }

  /// What is left pays for so many output tokens, whichever limit is the strictest (L94, L96).
  @Override
  public OptionalLong maxOutputTokens(long input, @Nullable Price at) {
    boolean exactly = overshoot == Overshoot.NONE;
    var allowance = exactly ? context.claim(most(input, at)) : context.allowance();
    return LongStream.concat(
            allowance.of(TOKENS).stream(),
            allowance.of(MONEY).stream()
                .flatMap(money -> paidBy(money, at, exactly ? input : null).stream()))
        .min();
  }

  /// The most one request can come to; nothing where nobody knows how much a reply can be.
  private Map<String, Long> most(long input, @Nullable Price at) {
    var output = model.size().output();
    return output == null
        ? Map.of()
        : at == null
            ? Map.of(TOKENS, (long) output)
            : Map.of(
                TOKENS,
                (long) output,
                MONEY,
                at.mostMicroUsd(input) + at.microUsd(new TokenUsage(0, output, 0, 0)));
  }

  private static OptionalLong paidBy(long money, @Nullable Price at, @Nullable Long input) {
    return at == null ? OptionalLong.empty() : Affordable.of(money, at, input);
  }

  @Override
  public boolean allowsMore() {
    var allowance = context.allowance();
    return !allowance.isExhausted()
        && (overshoot == Overshoot.ONE_REQUEST || allowance.left().isEmpty());
  }

  /// No limit of a step counts requests: they are charged with what they used.
  @Override
  public void sending() {}

  @Override
  public void charge(TokenUsage usage) {
    charge(usage, model.price());
  }

  @Override
  public void charge(TokenUsage usage, @Nullable Price at) {
    context.charge(charges("", usage, at));
  }

  @Override
  public void overhead(TokenUsage usage) {
    context.charge(charges("overhead_", usage, model.price()));
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
    var price = model.price();
    return price == null
        ? byTokens
        : Math.min(byTokens, times(allowance.of(MONEY), price.microUsd(reply)));
  }

  private static long times(OptionalLong left, long one) {
    return left.isEmpty() ? Long.MAX_VALUE : left.getAsLong() / Math.max(1, one);
  }
}
