package mimo.cli.mcp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mimo.agent.AgentLimits;
import mimo.cli.command.Launch;
import mimo.cli.command.Resumption;
import mimo.cli.command.Runs;
import mimo.cli.error.CommandException;
import mimo.engine.CancellationToken;
import mimo.engine.RunId;

/// The runs this server has started or taken up. Thread-safe; pauses those that still run when it
/// is closed.
final class ServedRuns implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(500);

  private final Supplier<Runs> runs;
  private final Map<String, ServedRun> served = new ConcurrentHashMap<>();

  ServedRuns(Supplier<Runs> runs) {
    this.runs = runs;
  }

  RunId start(Launch launch) throws InterruptedException {
    return followed(run -> runs.get().start(launch, run));
  }

  RunId resume(RunId run) throws InterruptedException {
    var working = served.get(run.value());
    return working != null && !working.isOver()
        ? run
        : followed(own -> runs.get().resume(run, Resumption.EXACT, own));
  }

  private interface Attempt {
    Runs.Running make(ServedRun run) throws InterruptedException;
  }

  private RunId followed(Attempt attempt) throws InterruptedException {
    if (served.values().stream().filter(run -> !run.isOver()).count() >= AgentLimits.WORKFLOWS) {
      throw new CommandException(
          "mcp_busy",
          "%d runs are at work here, which is the most".formatted(AgentLimits.WORKFLOWS));
    }
    var run = new ServedRun();
    var running = attempt.make(run);
    var id = running.id();
    served.put(id.value(), run);
    // Of a run that is over the record tells everything.
    var _ = run.end().whenComplete((_, _) -> served.remove(id.value(), run));
    run.follow(running);
    return id;
  }

  /// Waits until a run this server works on ends or stands still, or the time is over.
  ///
  /// @param news hears how far it has come, again and again
  void await(
      RunId id, Duration time, Consumer<ServedRun.Progress> news, CancellationToken cancellation)
      throws InterruptedException {
    var run = Optional.ofNullable(served.get(id.value()));
    if (run.isEmpty()) {
      return;
    }
    long until = System.nanoTime() + time.toNanos();
    var told = new ServedRun.Progress(-1, -1, "");
    while (!cancellation.isCancelled()) {
      long left = Math.min(TICK.toNanos(), until - System.nanoTime());
      try {
        run.get().end().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException stillAtWork) {
        if (left <= 0) {
          return;
        }
      } catch (ExecutionException | CancellationException broken) {
        // The record tells how it stands.
        return;
      }
      var now = run.get().progress();
      if (!now.equals(told)) {
        news.accept(now);
        told = now;
      }
    }
  }

  @Override
  public void close() {
    var working = served.values().stream().filter(run -> !run.isOver()).toList();
    working.forEach(ServedRun::pause);
    for (var run : working) {
      try {
        run.end().get(AgentLimits.WORKFLOW_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException left) {
        // It can be resumed all the same: it is as a process that was killed leaves it.
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
