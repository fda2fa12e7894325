package mimo.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.engine.Loss;
import org.jspecify.annotations.Nullable;

/// What a run was asked for and did not get (L107). Confined to the run's thread.
final class Losses {

  /// What a loss is known by: the guest numbers its calls and its slots on their own.
  sealed interface LossKey {

    record Call(int number) implements LossKey {}

    record Slot(int number) implements LossKey {}
  }

  private final Map<LossKey, Loss> kept = new LinkedHashMap<>();
  private int uncounted;
  private int agents;
  private @Nullable String firstAgent;

  void add(LossKey key, Loss loss) {
    if (kept.size() < ComposeLimits.LOSSES) {
      kept.put(key, loss);
    } else {
      uncounted++;
    }
  }

  /// An agent that was started ended without an answer.
  void addAgent(LossKey key, Loss loss, String message) {
    add(key, loss);
    agents++;
    if (firstAgent == null) {
      firstAgent = "'%s' by %s: %s".formatted(loss.label(), loss.reason(), message);
    }
  }

  /// A later attempt made it good: it is no loss any more. Empty if it was not kept one by one.
  String recover(LossKey key) {
    var loss = kept.remove(key);
    if (loss == null) {
      uncounted = Math.max(0, uncounted - 1);
      return "";
    }
    if (loss.seq() > 0) {
      agents--;
    }
    return "%s (%s)".formatted(loss.label(), loss.reason());
  }

  /// How many of the agents that were started are lost.
  int agents() {
    return agents;
  }

  /// The first agent that was lost, and why.
  @Nullable String firstAgent() {
    return firstAgent;
  }

  List<Loss> all() {
    var all = new ArrayList<>(kept.values());
    if (uncounted > 0) {
      all.add(new Loss(0, uncounted + " more", "", "not listed"));
    }
    return List.copyOf(all);
  }
}
