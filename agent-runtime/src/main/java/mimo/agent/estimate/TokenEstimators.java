package mimo.agent.estimate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.ContextLimits;

/// The estimators of one process, one for each model: what one agent heard of a model, the others
/// know. Thread-safe.
public final class TokenEstimators {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, TokenEstimator> known = new HashMap<>();

  /// The estimator of a model; beyond the limit, one of its own.
  ///
  /// @param model `provider/id`
  public TokenEstimator of(String model) {
    lock.lock();
    try {
      return known.size() >= ContextLimits.ESTIMATED_MODELS && !known.containsKey(model)
          ? new TokenEstimator()
          : known.computeIfAbsent(model, _ -> new TokenEstimator());
    } finally {
      lock.unlock();
    }
  }
}
