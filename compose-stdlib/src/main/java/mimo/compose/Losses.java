package mimo.compose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mimo.engine.Loss;
import org.jspecify.annotations.Nullable;

/// What a run was asked for and did not get (L107). Confined to the run's thread.
final class Losses {

  /// What a loss is known by: each script numbers its calls and its slots on its own.
  sealed interface LossKey {

    /// The number of the script.
    int script();

    record Call(int script, int number) implements LossKey {}

    record Slot(int script, int number) implements LossKey {}
  }

  private final Map<LossKey, Loss> kept = new LinkedHashMap<>();

  /// The calls that nested scripts were started by, if something was lost in them.
  private final Map<Integer, LossKey.Call> starters = new HashMap<>();

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

  /// A nested script has started.
  void nest(int script, LossKey.Call starter) {
    starters.put(script, starter);
  }

  /// It has ended.
  ///
  /// @return the last thing lost in it, or in a script below it, that nothing has made good
  Optional<Loss> leave(int script) {
    var starter = starters.get(script);
    var inside = starter == null ? List.<LossKey>of() : below(starter);
    if (inside.isEmpty()) {
      starters.remove(script);
      return Optional.empty();
    }
    return Optional.ofNullable(kept.get(inside.getLast()));
  }

  /// A later attempt made it good: it is no loss any more. Nor is what was lost below it.
  ///
  /// @return what was recovered, for people
  List<String> recover(LossKey key) {
    var recovered = new ArrayList<String>();
    if (key instanceof LossKey.Call call && starters.containsValue(call)) {
      below(call).forEach(inner -> recovered.add(remove(inner)));
    } else if (!kept.containsKey(key)) {
      uncounted = Math.max(0, uncounted - 1);
    }
    if (kept.containsKey(key)) {
      recovered.add(remove(key));
    }
    return recovered;
  }

  private String remove(LossKey key) {
    var loss = Objects.requireNonNull(kept.remove(key));
    if (loss.seq() > 0) {
      agents--;
    }
    return "%s (%s)".formatted(loss.label(), loss.reason());
  }

  private List<LossKey> below(LossKey.Call starter) {
    return kept.keySet().stream().filter(key -> isBelow(key.script(), starter)).toList();
  }

  private boolean isBelow(int script, LossKey.Call starter) {
    for (var call = starters.get(script); call != null; call = starters.get(call.script())) {
      if (call.equals(starter)) {
        return true;
      }
    }
    return false;
  }

  /// Whether there are more than are kept: then nobody knows where.
  boolean hidesSome() {
    return uncounted > 0;
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
