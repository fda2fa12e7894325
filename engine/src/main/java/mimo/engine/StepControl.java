package mimo.engine;

import java.util.Map;
import java.util.Optional;

/// Acts on the steps of a run that somebody wants stopped, begun anew or answered. Confined to the
/// thread of the run's requests.
final class StepControl {

  private final RunId run;
  private final int generation;
  private final Reach reach;
  private final AnswerDesk answers;

  /// What it acts on.
  record Reach(
      OpenSteps steps, Bodies bodies, Waits waits, Settlements settlements, StepWatch watch) {}

  /// @param generation the one at work
  StepControl(RunId run, int generation, Reach reach, AnswerDesk answers) {
    this.run = run;
    this.generation = generation;
    this.reach = reach;
    this.answers = answers;
  }

  /// @return what became of the request; empty if that is told once its entry is durable
  Optional<ControlOutcome> act(Asked asked, ControlRequest.OfStep request)
      throws InterruptedException {
    var seq = request.seq();
    if (request.generation() != generation || !reach.steps().wasAskedFor(seq)) {
      return Optional.of(Refusals.unknown(run, seq));
    }
    if (reach.steps().isPart(seq)) {
      return Optional.of(Refusals.isWorkflow(run, seq));
    }
    return switch (request) {
      case ControlRequest.StopAgent _ -> stop(asked, seq);
      case ControlRequest.RetryAgent _ -> again(asked, seq);
      case ControlRequest.Answer answer -> answers.take(asked, answer);
    };
  }

  private Optional<ControlOutcome> stop(Asked asked, int seq) {
    var step = reach.steps().get(seq);
    if (step.isPresent() && step.get().request().kind().isWait()) {
      return stopWaiting(asked, step.get());
    }
    if (step.isEmpty() || !step.get().accept(new StepOrder.Stop(asked))) {
      return Optional.of(step.map(this::tooLate).orElseGet(() -> Refusals.ended(run, seq)));
    }
    obey(step.get());
    return Optional.empty();
  }

  private Optional<ControlOutcome> stopWaiting(Asked asked, Step step) {
    return reach.waits().stop(step, asked.who(), end -> reach.watch().stopped(asked, end))
        ? Optional.empty()
        : Optional.of(Refusals.ended(run, step.seq()));
  }

  private void obey(Step step) {
    reach.bodies().obey(step);
    reach.waits().wake(step);
  }

  /// A step that has ended may begin anew as long as nobody has seen its end.
  private Optional<ControlOutcome> again(Asked asked, int seq) {
    var step = reach.steps().get(seq);
    if (step.isPresent() && step.get().request().kind().isWait()) {
      return Optional.of(Refusals.noAgent(run, seq));
    }
    if (step.isPresent() && step.get().accept(new StepOrder.Again(asked))) {
      obey(step.get());
      return Optional.empty();
    }
    if (step.isPresent() && reach.settlements().withdraw(seq)) {
      reach.watch().beginsAnew(asked, step.get().anew(1, Map.of()));
      return Optional.empty();
    }
    return Optional.of(
        step.isPresent() && step.get().hasOrder()
            ? Refusals.ordered(run, seq)
            : Refusals.delivered(run, seq));
  }

  /// Why a step that the script has not seen the end of takes no order.
  private ControlOutcome.Refused tooLate(Step step) {
    return step.hasOrder() ? Refusals.ordered(run, step.seq()) : Refusals.ended(run, step.seq());
  }
}
