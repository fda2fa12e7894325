package mimo.agent.testing;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.Allowance;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import mimo.engine.ContentKey;
import mimo.engine.RunId;
import mimo.engine.StepKind;

/// A step's surroundings without an engine: sums up what is charged, and can be cancelled.
/// Thread-safe.
public final class RecordedStep implements ActivityContext {

  private final CancellationSource cancellation = new CancellationSource();
  private final CancellationSource pausing = new CancellationSource();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> charged = new TreeMap<>();
  private final Map<Integer, String> memos = new ConcurrentHashMap<>();
  private final RecordedSession session = new RecordedSession();
  private final String unit;
  private final long total;

  /// A step without a budget.
  public RecordedStep() {
    this("output_tokens", Long.MAX_VALUE);
  }

  /// A step that may use `total` of `unit`.
  public RecordedStep(String unit, long total) {
    this.unit = unit;
    this.total = total;
  }

  /// A request for such a step.
  public static ActivityRequest request(StepKind kind, String input) {
    var key = new ContentKey("0".repeat(64));
    return new ActivityRequest(kind, key, "", input, "", "", null);
  }

  /// Stops the step.
  public void cancel() {
    cancellation.cancel();
  }

  /// Lets the step begin nothing more.
  public void pause() {
    pausing.cancel();
  }

  @Override
  public CancellationToken pausing() {
    return pausing.or(cancellation);
  }

  /// Sums of all charges.
  public Map<String, Long> charged() {
    lock.lock();
    try {
      return Map.copyOf(charged);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public RunId run() {
    return new RunId("0123456789ab");
  }

  @Override
  public int seq() {
    return 1;
  }

  @Override
  public CancellationToken cancellation() {
    return cancellation;
  }

  @Override
  public void charge(Map<String, Long> usage) {
    lock.lock();
    try {
      usage.forEach((name, amount) -> charged.merge(name, amount, Long::sum));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Allowance allowance() {
    if (total == Long.MAX_VALUE) {
      return Allowance.UNLIMITED;
    }
    var left = Math.max(0, total - charged().getOrDefault(unit, 0L));
    return new Allowance(Map.of(unit, left), left == 0 ? "the run" : "");
  }

  @Override
  public Allowance claim(Map<String, Long> most) {
    return allowance();
  }

  /// What the step of this number left.
  public RecordedStep remembering(int step, String memo) {
    memos.put(step, memo);
    return this;
  }

  @Override
  public Optional<String> memo(int step) {
    return Optional.ofNullable(memos.get(step));
  }

  @Override
  public RecordedSession session() {
    return session;
  }
}
