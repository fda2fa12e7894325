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
  Optional<ControlOutcome> act(Asked asked) throws InterruptedException {
    return switch (asked.request()) {
      case ControlRequest.StopAgent(var of, var seq) -> {
        var refused = refusal(of, seq);
        yield refused.isPresent() ? refused : stop(asked, seq);
      }
      case ControlRequest.RetryAgent(var of, var seq) -> {
        var refused = refusal(of, seq);
        yield refused.isPresent() ? refused : again(asked, seq);
      }
      case ControlRequest.Answer answer -> {
        var refused = refusal(answer.generation(), answer.seq());
        yield refused.isPresent() ? refused : Optional.of(answers.take(asked, answer));
      }
      case ControlRequest.Pause(), ControlRequest.Cancel() -> Optional.empty();
    };
  }

  private Optional<ControlOutcome> refusal(int of, int seq) {
    return of == generation && reach.steps().wasAskedFor(seq)
        ? Optional.empty()
        : Optional.of(Refusals.unknown(run, seq));
  }

  private Optional<ControlOutcome> stop(Asked asked, int seq) {
    var step = reach.steps().get(seq);
    if (step.isPresent() && step.get().request().kind().isWait()) {
      return stopWaiting(asked, step.get());
    }
    if (step.isEmpty() || !step.get().accept(new StepOrder.Stop(asked))) {
      return Optional.of(Refusals.ended(run, seq));
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
    return Optional.of(Refusals.delivered(run, seq));
  }
}
