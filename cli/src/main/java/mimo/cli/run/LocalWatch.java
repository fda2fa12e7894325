package mimo.cli.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.cli.command.RunWatch;
import mimo.cli.command.Runs.Line;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.Engine;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;
import mimo.engine.RunSummary;
import mimo.engine.RunTail;

/// An eye on the runs of this machine's store.
final class LocalWatch implements RunWatch {

  /// A run that is paused may take five seconds to end what acts on the world.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Engine engine;
  private final String who;
  private final Map<RunId, RunTail> tails = new HashMap<>();

  /// @param engine one that only reads; closed with this
  /// @param who asks
  LocalWatch(Engine engine, String who) {
    this.engine = engine;
    this.who = who;
  }

  @Override
  public List<Line> list() {
    return Failing.told(() -> engine.list().stream().map(LocalWatch::line).toList());
  }

  @Override
  public Line find(String prefix) {
    return Failing.told(() -> line(engine.summary(engine.find(prefix))));
  }

  /// Whoever watches a run looks often, and does not ask whether it is kept.
  private static Line line(RunSummary run) {
    return LocalRuns.line(run, Set.of());
  }

  @Override
  public List<RecordedEvent> next(RunId run) {
    return Failing.told(() -> tails.computeIfAbsent(run, engine::follow).next());
  }

  @Override
  public ControlOutcome ask(RunId run, ControlRequest request) throws InterruptedException {
    long asked = Failing.told(() -> engine.ask(run, request, who));
    return Failing.waited(() -> engine.await(run, asked, PATIENCE));
  }

  @Override
  public void steal(RunId run) {
    var _ =
        Failing.told(() -> {
          engine.steal(run);
          return run;
        });
  }

  @Override
  public void close() {
    engine.close();
  }
}
