package mimo.agent.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mimo.agent.AgentLimits;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Runs commands within their walls: bounded in time and number, and never left behind (A44).
/// Thread-safe; ends what runs when it is closed.
public final class Commands implements AutoCloseable {

  private final Confinement confinement;
  private final ChildEnvironment environment;
  private final Semaphore slots;
  private final ProcessStarter starter = new ProcessStarter();
  private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong started = new AtomicLong();
  private final String origin;

  /// @param atOnce how many commands may be waited for at once: as many as there are cores
  public Commands(Confinement confinement, ChildEnvironment environment, int atOnce) {
    this(confinement, environment, new Semaphore(atOnce, true));
  }

  /// @param slots a place for each command that may be waited for at once, shared with others
  public Commands(Confinement confinement, ChildEnvironment environment, Semaphore slots) {
    this.confinement = confinement;
    this.environment = environment;
    this.slots = slots;
    this.origin = ProcessHandle.current().pid() + "-" + System.identityHashCode(this);
  }

  /// The walls they run within.
  public Confinement confinement() {
    return confinement;
  }

  /// Runs a command to its end. The time it waits for others is not its own.
  ///
  /// @throws InterruptedException if cancelled; the command is then being stopped
  public CommandEnd run(
      CommandOrder order, OutputSink sink, Duration time, CancellationToken cancellation)
      throws InterruptedException {
    try (var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
      slots.acquire();
      try {
        return waited(() -> start(order, sink), time);
      } finally {
        slots.release();
      }
    }
  }

  /// Runs a command that reads something, and whose errors are apart from its output.
  ///
  /// @throws InterruptedException if cancelled; the command is then being stopped
  public CommandEnd run(
      CommandOrder order, Pipes pipes, Duration time, CancellationToken cancellation)
      throws InterruptedException {
    try (var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
      slots.acquire();
      try {
        var attached = new AtomicReference<@Nullable PipedStreams>();
        var end =
            waited(
                () ->
                    start(
                        order,
                        pipes.output(),
                        ProcessStarter.Errors.APART,
                        process -> attached.set(PipedStreams.of(process, pipes))),
                time);
        var streams = attached.get();
        if (streams != null) {
          streams.finish();
        }
        return end;
      } finally {
        slots.release();
      }
    }
  }

  /// Makes a command run.
  private interface Starting {
    RunningCommand start() throws IOException, InterruptedException;
  }

  private static CommandEnd waited(Starting starting, Duration time) throws InterruptedException {
    RunningCommand command;
    try {
      command = starting.start();
    } catch (IOException refused) {
      return new CommandEnd.NotStarted(String.valueOf(refused.getMessage()));
    }
    try {
      return command.await(time);
    } catch (InterruptedException cancelled) {
      command.stopSoon();
      throw cancelled;
    }
  }

  /// Starts a command nobody waits for; it counts among nobody's cores.
  ///
  /// @throws IOException if it cannot be started within its walls
  public RunningCommand start(CommandOrder order, OutputSink sink)
      throws IOException, InterruptedException {
    return start(order, sink, ProcessStarter.Errors.WITH_OUTPUT, _ -> {});
  }

  /// @param streams takes over what else can be written and read; nothing can where errors are with
  ///   the output
  private RunningCommand start(
      CommandOrder order, OutputSink sink, ProcessStarter.Errors errors, Consumer<Process> streams)
      throws IOException, InterruptedException {
    var walls = confinement.prepare(order);
    var mark = origin + "-" + started.incrementAndGet();
    var variables = new TreeMap<>(environment.variables());
    variables.putAll(walls.environment());
    variables.put(ProcessTree.MARK, mark);
    Process process;
    try {
      process =
          starter.start(
              walls.argv(),
              order.workdir(),
              variables,
              errors,
              errors == ProcessStarter.Errors.APART
                  ? ProcessStarter.Input.PIPED
                  : ProcessStarter.Input.NOTHING);
    } catch (IOException | InterruptedException | RuntimeException refused) {
      walls.close();
      throw refused;
    }
    streams.accept(process);
    var command = RunningCommand.over(process, walls, sink, mark);
    running.removeIf(each -> each.end() != null);
    running.add(command);
    return command;
  }

  /// Stops what runs, and returns once it is gone.
  @Override
  public void close() {
    running.forEach(RunningCommand::stopSoon);
    try {
      for (var command : running) {
        command.finishWithin(Duration.ofMillis(AgentLimits.COMMAND_GRACE_MILLIS * 2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      starter.close();
    }
  }
}
