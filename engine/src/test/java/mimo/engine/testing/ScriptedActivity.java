package mimo.engine.testing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;

/// An activity that answers as a test says, and counts how often each request ran. Thread-safe.
public final class ScriptedActivity implements Activity {

  private final Activity answers;
  private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

  public ScriptedActivity(Activity answers) {
    this.answers = answers;
  }

  /// Answers every request with its own input.
  public static ScriptedActivity echo() {
    return new ScriptedActivity(
        (request, _) -> new ActivityResult.Completed(request.input(), "{}"));
  }

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    runs.computeIfAbsent(request.label(), _ -> new AtomicInteger()).incrementAndGet();
    return answers.perform(request, context);
  }

  /// How often the body of the step with this label ran.
  public int runs(String label) {
    var count = runs.get(label);
    return count == null ? 0 : count.get();
  }

  /// The labels of the steps whose bodies began.
  public Set<String> labels() {
    return Set.copyOf(runs.keySet());
  }

  /// How often any body ran.
  public int runs() {
    return runs.values().stream().mapToInt(AtomicInteger::get).sum();
  }
}
