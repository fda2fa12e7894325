package mimo.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The steps that a run's script has asked for and not seen the end of. Thread-safe: the script's
/// thread adds and removes, and requests from outside look.
final class OpenSteps {

  private final Map<Integer, Step> steps = new ConcurrentHashMap<>();

  private final Set<Integer> parts = ConcurrentHashMap.newKeySet();

  /// The number of the step that was asked for last.
  private volatile int last;

  void add(Step step) {
    steps.put(step.seq(), step);
    last = step.seq();
  }

  /// A step is a part of the script, which no order reaches.
  void addPart(int seq) {
    parts.add(seq);
    last = seq;
  }

  /// Whether a step is a part of the script.
  boolean isPart(int seq) {
    return parts.contains(seq);
  }

  /// A step begins anew: this is what it is from now on, if it is still open.
  void replace(Step step) {
    steps.replace(step.seq(), step);
  }

  Optional<Step> get(int seq) {
    return Optional.ofNullable(steps.get(seq));
  }

  /// The script sees the end of a step.
  void remove(int seq) {
    steps.remove(seq);
  }

  int size() {
    return steps.size();
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /// Whether the script has asked for a step of this number.
  boolean wasAskedFor(int seq) {
    return seq >= 1 && seq <= last;
  }

  /// What is lost when the script never sees the end of these steps: the agents among them that
  /// came to nothing yet, besides what was lost before.
  List<Loss> lost(List<Loss> before, String reason) {
    var known = before.stream().map(Loss::seq).collect(Collectors.toSet());
    var now =
        steps.values().stream()
            .filter(step -> step.request().kind().isAgent())
            .filter(step -> !step.hasValue() && !known.contains(step.seq()))
            .sorted(Comparator.comparingInt(Step::seq))
            .map(step ->
                new Loss(step.seq(), step.request().label(), step.request().phase(), reason));
    return Stream.concat(before.stream(), now).toList();
  }
}
