package mimo.agent;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import mimo.agent.estimate.Intake;
import mimo.agent.maxmode.Overhead;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What a process has spent on one conversation, and what it may still spend (LG1). Thread-safe.
final class Purse implements Meter {

  /// How long the end of the time may be noticed too late.
  private static final long SOON_NANOS = 10_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable Price price;
  private final ConversationBudget budget;
  private final Overshoot overshoot;
  private final LongSupplier nanos;

  /// Told when the agent's time begins and when it stands still.
  private final Condition clock = lock.newCondition();

  private TokenUsage used = TokenUsage.NONE;
  private long microUsd;
  private boolean unknown;
  private int requests;
  private Overhead overhead = Overhead.NONE;
  private long worked;
  private @Nullable Long since;

  /// @param price null if nobody knows it
  /// @param nanos the monotonic clock
  Purse(@Nullable Price price, ConversationBudget budget, Overshoot overshoot, LongSupplier nanos) {
    this.price = price;
    this.budget = budget;
    this.overshoot = overshoot;
    this.nanos = nanos;
  }

  /// The agent works; what it waits for in between is not its time.
  void begin() {
    lock.lock();
    try {
      since = nanos.getAsLong();
      clock.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void pause() {
    lock.lock();
    try {
      worked = worked();
      since = null;
      clock.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long worked() {
    return since == null ? worked : worked + nanos.getAsLong() - since;
  }

  /// How long the agent may still work; null for ever.
  @Nullable Duration time() {
    lock.lock();
    try {
      var time = budget.time();
      return time == null ? null : time.minusNanos(worked());
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the agent has no time left; for ever if nothing limits it, or it is never gone on.
  void awaitTimeOver() throws InterruptedException {
    lock.lock();
    try {
      var time = budget.time();
      while (time == null || since == null || worked() < time.toNanos()) {
        if (time == null || since == null) {
          clock.await();
        } else {
          // The clock may stand still for a while, for as long as somebody is asked.
          var _ = clock.awaitNanos(Math.max(SOON_NANOS, time.toNanos() - worked()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String exhausted() {
    var time = time();
    if (time != null && !time.isPositive()) {
      return "time";
    }
    lock.lock();
    try {
      if (money() <= 0) {
        return "money";
      }
      if (tokens() <= 0) {
        return "tokens";
      }
      return budget.requests().isPresent() && requests >= budget.requests().getAsInt()
          ? "requests"
          : "";
    } finally {
      lock.unlock();
    }
  }

  private long money() {
    return budget.microUsd().orElse(Long.MAX_VALUE) - microUsd;
  }

  private long tokens() {
    return budget.tokens().orElse(Long.MAX_VALUE) - used.output();
  }

  /// What is left once the request is paid pays for so many output tokens.
  @Override
  public OptionalLong maxOutputTokens(Intake input) {
    lock.lock();
    try {
      if (budget.microUsd().isEmpty() || price == null) {
        return share(OptionalLong.empty());
      }
      return share(
          overshoot == Overshoot.NONE
              ? Affordable.of(money(), price, input.most())
              : Affordable.behind(money(), price, input.likely()));
    } finally {
      lock.unlock();
    }
  }

  /// What is left pays for so many output tokens (A34).
  @Override
  public OptionalLong maxOutputTokens(long input, @Nullable Price at) {
    lock.lock();
    try {
      return share(
          budget.microUsd().isEmpty() || at == null
              ? OptionalLong.empty()
              : overshoot == Overshoot.NONE
                  ? Affordable.of(money(), at, input)
                  : Affordable.behind(money(), at, new TokenUsage(input, 0, 0, 0)));
    } finally {
      lock.unlock();
    }
  }

  /// The stricter of what money pays for and what is left of the tokens.
  private OptionalLong share(OptionalLong paid) {
    return budget.tokens().isEmpty()
        ? paid
        : OptionalLong.of(Math.min(paid.orElse(Long.MAX_VALUE), Math.max(0, tokens())));
  }

  @Override
  public boolean allowsMore() {
    return exhausted().isEmpty()
        && (!budget.limitsSpending() || overshoot == Overshoot.ONE_REQUEST);
  }

  @Override
  public void sending() {
    lock.lock();
    try {
      requests++;
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      long paid =
          budget.microUsd().isEmpty() || price == null
              ? Long.MAX_VALUE
              : money() / Math.max(1, price.microUsd(reply));
      long said =
          budget.tokens().isEmpty() ? Long.MAX_VALUE : tokens() / Math.max(1, reply.output());
      long asked =
          budget.requests().isEmpty()
              ? Long.MAX_VALUE
              : budget.requests().getAsInt() - (long) requests;
      return Math.min(paid, Math.min(said, asked));
    } finally {
      lock.unlock();
    }
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
