package mimo.agent.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.message.Content;
import mimo.agent.message.Enclosed;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.ToolEnded;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.tool.Arrivals;
import mimo.agent.tool.DeferredTools;
import mimo.agent.workflow.WorkflowLauncher.Ended;
import mimo.agent.workflow.WorkflowLauncher.LiveRun;

/// The runs that one session has at work in this process. They outlive its turns; with this they
/// are paused, and can be resumed. Thread-safe.
///
/// How a run ended comes in by itself, once: what an earlier process did not tell is told by this
/// one, if the run has ended by then (A51).
public final class SessionRuns implements Arrivals, AutoCloseable {

  /// How everything begins that tells what comes in from a run.
  public static final String FROM = "run ";

  private static final Pattern BEGUN = Pattern.compile("Run ([0-9a-f]{12}) is at work\\b.*");

  private final Consumer<AgentEvent> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rests = lock.newCondition();
  private final Map<String, LiveRun> live = new LinkedHashMap<>();
  private final List<Arrival> due = new ArrayList<>();

  private SessionRuns(Consumer<AgentEvent> listener) {
    this.listener = listener;
  }

  /// Those of a session.
  ///
  /// @param recorded what was written down in the session
  /// @param listener hears that one has ended, whether the agent works or not; thread-safe
  public static SessionRuns of(
      List<SessionFact> recorded, WorkflowLauncher launcher, Consumer<AgentEvent> listener) {
    var runs = new SessionRuns(listener);
    for (var run : untold(recorded)) {
      launcher.ended(run).map(SessionRuns::arrival).ifPresent(runs.due::add);
    }
    return runs;
  }

  /// The runs that the session has begun, and of whose end it has not been told.
  private static Set<String> untold(List<SessionFact> recorded) {
    var calls = new HashMap<String, String>();
    var begun = new LinkedHashSet<String>();
    var told = new HashSet<String>();
    for (var fact : recorded) {
      switch (fact) {
        case TurnReceived turn -> turn.content().forEach(piece -> note(piece, calls));
        case ToolEnded(var answer, _) when calls.containsKey(answer.call()) -> {
          var words = BEGUN.matcher(answer.text());
          if (words.matches()) {
            begun.add(words.group(1));
          }
        }
        case Arrived(var from, _) -> told.add(from);
        case SessionFact _ -> {}
      }
    }
    begun.removeIf(run -> told.contains(source(run)));
    return begun;
  }

  private static void note(Content piece, Map<String, String> calls) {
    if (piece instanceof Content.ToolCall call
        && DeferredTools.meant(call).tool().equals(WorkflowTool.NAME)) {
      calls.put(call.id(), call.tool());
    }
  }

  private static String source(String run) {
    return FROM + run;
  }

  /// A run that only stands still may go on, and end later.
  private static Arrival arrival(Ended ended) {
    var source = ended.over() ? source(ended.run()) : source(ended.run()) + " " + ended.status();
    return new Arrival(
        source,
        "This comes from the program, not from the user: a workflow has stopped.\n"
            + "<workflow run=\"%s\" status=\"%s\">\n%s\n</workflow>"
                .formatted(
                    ended.run(),
                    ended.status(),
                    Enclosed.in("workflow", Arrivals.bounded(ended.text()))));
  }

  /// What is told of a run that has begun; [#untold] reads it back.
  static String begun(String run) {
    return "Run " + run + " is at work. Its result comes to you by itself; wait for it.";
  }

  /// Why no run may begin; empty if one may.
  Optional<String> refusal() {
    lock.lock();
    try {
      return live.size() < AgentLimits.WORKFLOWS
          ? Optional.empty()
          : Optional.of(
              AgentLimits.WORKFLOWS + " workflows run already; wait for one, or cancel it");
    } finally {
      lock.unlock();
    }
  }

  /// Follows a run to its end.
  void follow(LiveRun run) {
    lock.lock();
    try {
      live.put(run.id(), run);
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("workflow " + run.id()).start(() -> await(run));
  }

  private void await(LiveRun run) {
    Ended ended;
    try (run) {
      ended = run.await();
    } catch (InterruptedException stopped) {
      ended = new Ended(run.id(), "interrupted", false, "It was stopped; it can be resumed.");
    } catch (RuntimeException defect) {
      // A boundary: whoever waits for the run has to be told that it is over.
      ended = new Ended(run.id(), "interrupted", false, "internal: " + defect);
    }
    lock.lock();
    try {
      due.add(arrival(ended));
      live.remove(run.id());
      rests.signalAll();
    } finally {
      lock.unlock();
    }
    listener.accept(
        new AgentEvent.Notice("workflow_stopped", "run " + ended.run() + ": " + ended.status()));
  }

  boolean isLive(String run) {
    lock.lock();
    try {
      return live.containsKey(run);
    } finally {
      lock.unlock();
    }
  }

  /// The runs that are at work.
  Set<String> live() {
    lock.lock();
    try {
      return Set.copyOf(live.keySet());
    } finally {
      lock.unlock();
    }
  }

  /// Waits until these are not at work any more.
  ///
  /// @return whether they are not
  boolean await(Set<String> runs, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long patience = nanos;
      while (runs.stream().anyMatch(live::containsKey) && patience > 0) {
        patience = rests.awaitNanos(patience);
      }
      return runs.stream().noneMatch(live::containsKey);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean areDue() {
    lock.lock();
    try {
      return !due.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Arrival> take() {
    lock.lock();
    try {
      var taken = List.copyOf(due);
      due.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Pauses all that are at work, and waits until they can be resumed.
  @Override
  public void close() {
    List<LiveRun> working;
    lock.lock();
    try {
      working = List.copyOf(live.values());
    } finally {
      lock.unlock();
    }
    working.forEach(LiveRun::pause);
    try {
      await(live(), AgentLimits.WORKFLOW_PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
