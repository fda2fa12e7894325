package mimo.agent.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import mimo.agent.snapshot.Snapshots.Others;

/// Which files have to change so that states are exchanged for others, one after the other.
///
/// Where each file is to end depends on nothing but the states and how it is now. So a plan that
/// was carried out in part only, because the program was killed, leads on from there to the same
/// end: a file that is there already is left alone.
final class RestorePlan {

  private final Map<String, String> now;
  private final Others others;
  private final List<String> kept = new ArrayList<>();
  private final List<Exchange> changes = new ArrayList<>();

  private record End(String version, String tree, boolean kept) {}

  private RestorePlan(Map<String, String> now, Others others) {
    this.now = now;
    this.others = others;
  }

  /// @param now the version of each file there is
  /// @param steps the exchanges, the first ones first
  static RestorePlan of(Map<String, String> now, List<List<Exchange>> steps, Others others) {
    SequencedMap<String, List<Exchange>> paths = new LinkedHashMap<>();
    for (var step : steps) {
      for (var exchange : step) {
        paths.computeIfAbsent(exchange.path(), _ -> new ArrayList<>()).add(exchange);
      }
    }
    var plan = new RestorePlan(new HashMap<>(now), others);
    paths.forEach(plan::add);
    return plan;
  }

  private void add(String path, List<Exchange> steps) {
    var present = now.getOrDefault(path, "");
    var untouched = end(steps.getFirst().from(), steps);
    var end = untouched.version().equals(present) ? untouched : end(present, steps);
    if (end.kept()) {
      kept.add(path);
    }
    if (!end.version().equals(present)) {
      changes.add(new Exchange(path, present, end.version(), end.tree()));
    }
  }

  private End end(String start, List<Exchange> steps) {
    var version = start;
    var tree = "";
    boolean stays = false;
    for (var step : steps) {
      if (version.equals(step.from()) || others == Others.OVERRULED) {
        version = step.to();
        tree = step.tree();
      } else if (!version.equals(step.to())) {
        stays = true;
      }
    }
    return new End(version, tree, stays);
  }

  /// Paths that somebody else has changed, so that they do not get where they would have.
  List<String> kept() {
    return kept;
  }

  /// From what is to what is to be.
  List<Exchange> changes() {
    return changes;
  }
}
