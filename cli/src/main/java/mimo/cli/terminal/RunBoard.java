package mimo.cli.terminal;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import mimo.agent.AgentEvent;
import mimo.cli.terminal.BoardState.Agent;
import mimo.cli.terminal.BoardState.Stage;
import mimo.engine.ControlRequest;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.Standstill;

/// Follows a run and its agents, and knows at each moment how they stand. Thread-safe; it grows
/// with the run's agents, whose number the run limits.
public final class RunBoard implements Audience {

  private static final String OFFLINE = "offline/";

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<Integer, Agent> agents = new LinkedHashMap<>();
  private final SequencedSet<String> phases = new LinkedHashSet<>();
  private final Map<String, Long> usage = new TreeMap<>();

  /// What open steps have used so far, by their number.
  private final Map<Integer, Map<String, Long>> open = new HashMap<>();

  private String workflow = "";
  private boolean offline;
  private Standstill standstill = new Standstill(List.of());

  public RunBoard(InstantSource clock) {
    this.clock = clock;
  }

  BoardState state() {
    lock.lock();
    try {
      var all = new TreeMap<>(usage);
      open.values().forEach(used -> add(used, all));
      return new BoardState(
          workflow,
          agents.values().stream().toList(),
          phases.stream().toList(),
          all,
          offline,
          standstill);
    } finally {
      lock.unlock();
    }
  }

  /// Whether any answer so far was scripted, not a model's (A25).
  public boolean offline() {
    return state().offline();
  }

  /// How many agents the run has asked for so far.
  public int agents() {
    return state().agents().size();
  }

  Optional<Agent> agent(int seq) {
    lock.lock();
    try {
      return Optional.ofNullable(agents.get(seq));
    } finally {
      lock.unlock();
    }
  }

  /// Takes what happened in the run before this process took it up.
  public void recall(List<RunEvent> past) {
    lock.lock();
    try {
      past.forEach(this::take);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void recorded(RecordedEvent recorded) {
    lock.lock();
    try {
      take(recorded.event());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stepStarted(RunId run, int seq) {
    change(seq, agent -> agent.at(Stage.RUNNING, "starting", clock.instant()));
  }

  @Override
  public void rests(RunId run, Standstill now) {
    lock.lock();
    try {
      standstill = now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void heard(RunId run, int seq, AgentEvent event) {
    switch (event) {
      case AgentEvent.AgentStart start -> markOffline(start.model().startsWith(OFFLINE));
      case AgentEvent.StepStart step -> change(seq, agent -> agent.doing("thinking"));
      case AgentEvent.StepEnd step ->
          change(seq, agent -> agent.with(agent.tokens() + step.usage().output()));
      case AgentEvent.CandidatesStart candidates ->
          change(
              seq,
              agent ->
                  candidates.count() == 1
                      ? agent
                      : agent.doing("weighing " + candidates.count() + " candidates"));
      case AgentEvent.CandidatesEnd candidates -> change(seq, agent -> agent.doing("thinking"));
      case AgentEvent.CandidateHeard candidate -> {}
      case AgentEvent.TextStart text -> change(seq, agent -> agent.doing("answering"));
      case AgentEvent.ToolStart tool -> change(seq, agent -> agent.doing(words(tool)));
      case AgentEvent.PermissionStart permission ->
          change(seq, agent -> agent.doing("waits for a permission"));
      case AgentEvent.PermissionEnd permission -> change(seq, agent -> agent.doing("thinking"));
      case AgentEvent.RetryStart retry ->
          change(seq, agent -> agent.doing("trying again: " + retry.reason()));
      case AgentEvent.RetryEnd retry -> change(seq, agent -> agent.doing("thinking"));
      case AgentEvent.AgentEnd end -> {}
      case AgentEvent.TextDelta delta -> {}
      case AgentEvent.TextEnd text -> {}
      case AgentEvent.ReasoningStart reasoning -> {}
      case AgentEvent.ReasoningDelta delta -> {}
      case AgentEvent.ReasoningEnd reasoning -> {}
      case AgentEvent.ToolEnd tool -> {}
      case AgentEvent.GoalStart goal -> change(seq, agent -> agent.doing("is being judged"));
      case AgentEvent.GoalEnd goal -> change(seq, agent -> agent.doing("thinking"));
      case AgentEvent.Notice notice -> {}
    }
  }

  private void take(RunEvent event) {
    switch (event) {
      case RunEvent.Started started -> {
        // Each generation numbers its steps from 1 again; what was used stays used.
        agents.clear();
        phases.clear();
        workflow = started.workflow();
      }
      case RunEvent.StepScheduled step -> queue(step);
      case RunEvent.StepCompleted step -> {
        offline |= StepReport.parse(step.report()).offline();
        settle(step.seq(), Stage.DONE, "", step.usage());
      }
      case RunEvent.StepFailed step ->
          settle(step.seq(), Stage.LOST, step.code() + ": " + step.message(), step.usage());
      case RunEvent.StepSpent(var seq, var used) ->
          add(used, open.computeIfAbsent(seq, step -> new TreeMap<>()));
      case RunEvent.PhaseEntered phase -> phases.add(phase.title());
      case RunEvent.BudgetOpened opened -> {}
      case RunEvent.TimerSet timer -> {}
      case RunEvent.TimerFired timer -> {}
      case RunEvent.GateOpened gate -> {}
      case RunEvent.GateAnswered answer -> {}
      case RunEvent.Waited waited -> {}
      case RunEvent.Delivered delivered -> {}
      case RunEvent.LogWritten log -> {}
      case RunEvent.Resumed resumed -> {}
      case RunEvent.OptionsChanged changed -> {}
      case RunEvent.Parked parked -> {}
      case RunEvent.Paused paused -> {}
      case RunEvent.ControlApplied applied -> again(applied);
      case RunEvent.Ended ended -> {}
      case RunEvent.Scrubbed scrubbed -> {}
    }
  }

  private void queue(RunEvent.StepScheduled step) {
    if (!step.kind().isAgent()) {
      return;
    }
    if (!step.phase().isEmpty()) {
      phases.add(step.phase());
    }
    agents.put(
        step.seq(),
        new Agent(step.seq(), step.label(), step.phase(), Stage.QUEUED, "", clock.instant(), 0));
  }

  /// An agent that begins anew waits again, whatever it came to before.
  private void again(RunEvent.ControlApplied applied) {
    if (applied.action().equals(ControlRequest.RetryAgent.WORD)) {
      agents.computeIfPresent(
          applied.seq(), (number, agent) -> agent.at(Stage.QUEUED, "", clock.instant()));
    }
  }

  private void settle(int seq, Stage stage, String doing, Map<String, Long> used) {
    add(used, usage);
    open.remove(seq);
    agents.computeIfPresent(
        seq,
        (number, agent) ->
            agent
                .at(stage, doing, agent.since())
                .with(used.getOrDefault("output_tokens", agent.tokens())));
  }

  private static void add(Map<String, Long> used, Map<String, Long> sum) {
    used.forEach((unit, amount) -> sum.merge(unit, amount, Long::sum));
  }

  private void change(int seq, UnaryOperator<Agent> by) {
    lock.lock();
    try {
      agents.computeIfPresent(seq, (number, agent) -> by.apply(agent));
    } finally {
      lock.unlock();
    }
  }

  private void markOffline(boolean scripted) {
    lock.lock();
    try {
      offline |= scripted;
    } finally {
      lock.unlock();
    }
  }

  private static String words(AgentEvent.ToolStart tool) {
    return tool.tool() + " " + JsonText.words(tool.arguments());
  }
}
