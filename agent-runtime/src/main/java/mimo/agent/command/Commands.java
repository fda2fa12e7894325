package mimo.agent.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
  private final Set<Dialogue> dialogues = ConcurrentHashMap.newKeySet();
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
        var streams = new AtomicReference<@Nullable PipedStreams>();
        var end = waited(() -> start(order, pipes, streams), time);
        var attached = streams.get();
        if (attached != null) {
          attached.finish();
        }
        return end;
      } finally {
        slots.release();
      }
    }
  }

  private RunningCommand start(
      CommandOrder order, Pipes pipes, AtomicReference<@Nullable PipedStreams> streams)
      throws IOException, InterruptedException {
    var begun = begin(order, ProcessStarter.Streams.ALL_APART);
    streams.set(PipedStreams.of(begun.process(), pipes));
    return known(RunningCommand.over(begun.process(), begun.walls(), pipes.output(), begun.mark()));
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
    var begun = begin(order, ProcessStarter.Streams.OUTPUT_ALONE);
    return known(RunningCommand.over(begun.process(), begun.walls(), sink, begun.mark()));
  }

  private RunningCommand known(RunningCommand command) {
    running.removeIf(each -> each.end() != null);
    running.add(command);
    return command;
  }

  /// Starts a command that is spoken with; it counts among nobody's cores.
  ///
  /// @throws IOException if it cannot be started within its walls
  public Dialogue converse(CommandOrder order) throws IOException, InterruptedException {
    var begun = begin(order, ProcessStarter.Streams.ALL_APART);
    var tree = new ProcessTree(begun.process(), begun.walls().bond(), begun.mark());
    var dialogue = new Dialogue(begun.process(), begun.walls(), tree);
    dialogues.removeIf(each -> !each.isOpen());
    dialogues.add(dialogue);
    return dialogue;
  }

  /// A process that was just started.
  private record Begun(Process process, Confinement.Prepared walls, String mark) {}

  private Begun begin(CommandOrder order, ProcessStarter.Streams streams)
      throws IOException, InterruptedException {
    var walls = confinement.prepare(order);
    var mark = origin + "-" + started.incrementAndGet();
    var variables = new TreeMap<>(environment.variables());
    variables.putAll(walls.environment());
    variables.put(ProcessTree.MARK, mark);
    try {
      var process = starter.start(walls.argv(), order.workdir(), variables, streams);
      return new Begun(process, walls, mark);
    } catch (IOException | InterruptedException | RuntimeException refused) {
      walls.close();
      throw refused;
    }
  }

  /// Stops what runs, and returns once it is gone.
  @Override
  public void close() {
    dialogues.forEach(Dialogue::close);
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
