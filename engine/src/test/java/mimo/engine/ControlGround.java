package mimo.engine;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;

/// A second process on the same store, which asks things of the runs of the first.
abstract class ControlGround extends EngineGround {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final ControlOutcome APPLIED = new ControlOutcome.Applied();

  final Engine other = other(ScriptedActivity.echo());

  final Engine other(Activity agents) {
    return TestBench.engine(new InMemoryJournal(journal.disk(), Integer.MAX_VALUE), agents);
  }

  final ControlOutcome ask(RunId run, ControlRequest request) throws InterruptedException {
    return other.await(run, other.ask(run, request, "ada"), PATIENCE);
  }

  final RunState state(RunId run) {
    return other.summary(run).state();
  }

  /// Waits until so many entries of that type are durable.
  final void awaitEntries(RunId run, String type, int count) throws InterruptedException {
    Patience.until(() -> types(run).stream().filter(type::equals).count() >= count);
  }

  /// What became of all open steps: their numbers, each with its code, or `ok`.
  static WorkflowResult outcomes(RunScope scope) throws InterruptedException {
    var seen = new TreeSet<String>();
    while (scope.openSteps() > 0) {
      for (var delivery : scope.awaitDeliveries()) {
        var failed = delivery.outcome() instanceof StepOutcome.Failed(var code, _) ? code : "ok";
        seen.add(delivery.seq() + " " + failed);
      }
    }
    return new WorkflowResult.Finished("\"" + String.join(", ", seen) + "\"", List.of());
  }
}
