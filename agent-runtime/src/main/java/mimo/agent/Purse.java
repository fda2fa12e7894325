package mimo.agent;

import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.maxmode.Overhead;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What a process has spent on one conversation, and what it may still spend. Thread-safe.
final class Purse implements Meter {

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable Price price;
  private final OptionalLong limit;
  private final Overshoot overshoot;
  private TokenUsage used = TokenUsage.NONE;
  private long microUsd;
  private boolean unknown;
  private int requests;
  private Overhead overhead = Overhead.NONE;

  /// @param price null if nobody knows it
  /// @param limit in millionths of a US dollar
  Purse(@Nullable Price price, OptionalLong limit, Overshoot overshoot) {
    this.price = price;
    this.limit = limit;
    this.overshoot = overshoot;
  }

  @Override
  public String exhausted() {
    return limit.isPresent() && left() <= 0 ? "money" : "";
  }

  private long left() {
    lock.lock();
    try {
      return limit.orElse(Long.MAX_VALUE) - microUsd;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public OptionalLong maxOutputTokens(long input) {
    return maxOutputTokens(input, price);
  }

  /// What is left pays for so many output tokens (A34).
  @Override
  public OptionalLong maxOutputTokens(long input, @Nullable Price at) {
    return limit.isEmpty() || at == null
        ? OptionalLong.empty()
        : Affordable.of(left(), at, overshoot == Overshoot.NONE ? input : null);
  }

  @Override
  public boolean allowsMore() {
    return exhausted().isEmpty() && (limit.isEmpty() || overshoot == Overshoot.ONE_REQUEST);
  }

  @Override
  public void charge(TokenUsage usage) {
    charge(usage, price);
  }

  @Override
  public void charge(TokenUsage usage, @Nullable Price at) {
    lock.lock();
    try {
      used = used.plus(usage);
      requests++;
      unknown = unknown || at == null;
      microUsd += at == null ? 0 : at.microUsd(usage);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void overhead(TokenUsage usage) {
    lock.lock();
    try {
      overhead = overhead.plus(usage, price == null ? null : Long.valueOf(price.microUsd(usage)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long affords(TokenUsage reply) {
    return limit.isEmpty() || price == null
        ? Long.MAX_VALUE
        : left() / Math.max(1, price.microUsd(reply));
  }

  Conversation.Spent spent() {
    lock.lock();
    try {
      return new Conversation.Spent(
          requests, used, price == null || unknown ? null : microUsd, overhead);
    } finally {
      lock.unlock();
    }
  }
}
