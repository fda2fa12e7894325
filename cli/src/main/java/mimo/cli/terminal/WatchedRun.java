package mimo.cli.terminal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mimo.engine.ControlRequest;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;

/// Shows a run that another process works on, from what its journal tells. Confined to one thread.
///
/// When an agent begins is not written down. But agents begin in the order in which they were asked
/// for, as many at once as the run may have, so people can be told; programs hear only what is
/// known.
public final class WatchedRun implements AutoCloseable {

  private final Audience audience;
  private final Progress progress;
  private final Set<Integer> waiting = new TreeSet<>();
  private final Set<Integer> working = new HashSet<>();
  private int concurrency = 1;

  /// @param audience hears what happens
  /// @param progress what people see; closed with this
  public WatchedRun(Audience audience, Progress progress) {
    this.audience = audience;
    this.progress = progress;
  }

  public void tell(RecordedEvent recorded) {
    audience.recorded(recorded);
    switch (recorded.event()) {
      case RunEvent.Started started ->
          concurrency = JsonText.number(started.options(), "concurrency").orElse(concurrency);
      case RunEvent.StepScheduled step when step.kind().isAgent() -> waiting.add(step.seq());
      case RunEvent.StepCompleted step -> end(step.seq());
      case RunEvent.StepFailed step -> end(step.seq());
      case RunEvent.ControlApplied applied
          when applied.action().equals(ControlRequest.RetryAgent.WORD) -> {
        end(applied.seq());
        waiting.add(applied.seq());
      }
      case RunEvent _ -> {}
    }
    begun().forEach(seq -> progress.stepStarted(recorded.run(), seq));
  }

  private void end(int seq) {
    waiting.remove(seq);
    working.remove(seq);
  }

  private List<Integer> begun() {
    var begun = new ArrayList<Integer>();
    for (int seq : waiting) {
      if (working.size() + begun.size() < concurrency) {
        begun.add(seq);
      }
    }
    begun.forEach(waiting::remove);
    working.addAll(begun);
    return begun;
  }

  @Override
  public void close() {
    progress.close();
  }
}
