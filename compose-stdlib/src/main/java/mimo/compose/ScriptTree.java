package mimo.compose;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import mimo.engine.ActivityRequest;
import mimo.engine.BudgetLimit;
import mimo.engine.Delivery;
import mimo.engine.EngineLimits;
import mimo.engine.Entrance;
import mimo.engine.RunScope;
import mimo.engine.SourcePosition;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import mimo.engine.WorkflowResult.Resumable;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.Guest;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/// All scripts of one run: the one it was started for, and those that scripts run inside it.
/// Confined to the run's thread.
///
/// The journal holds no word of which guest went on when: it need not. At any time one guest runs,
/// and it runs until it can do nothing more. Then comes what is due, in the order in which it
/// became so; and only when nothing is due, the next delivery, which belongs to one step and so to
/// one guest. What becomes due follows from what guests did, and what they did from what they were
/// handed: with the same deliveries in the same order, every guest asks for the same things in the
/// same order (D6, D20). How a nested script ends is part of that, and no entry.
final class ScriptTree {

  /// Something that is to happen while no guest runs.
  interface Task {
    void perform() throws InterruptedException;
  }

  /// Who asked for a step.
  interface Receiver {
    void take(Delivery delivery) throws InterruptedException;
  }

  /// An agent that waits until its script may ask one more.
  private record Held(AgentGate gate, ScriptExecution script, Runnable start) {}

  private final Sandbox sandbox;
  private final ComposeWorkflow.Knowledge knowledge;
  private final RunScope run;
  private final ComposeOptions options;
  private final Map<Integer, Receiver> open = new HashMap<>();
  private final Queue<Task> due = new ArrayDeque<>();
  private final Queue<Delivery> deliveries = new ArrayDeque<>();
  private final Queue<Held> held = new ArrayDeque<>();
  private final List<NestedDoor> doors = new ArrayList<>();
  private final Losses losses = new Losses();
  private final RunLog log;
  private Instant clock;
  private long spent;
  private int steps;
  private int agents;
  private int scripts = 1;
  private int budgets;
  private boolean capTold;

  ScriptTree(
      Sandbox sandbox, ComposeWorkflow.Knowledge knowledge, RunScope run, ComposeOptions options) {
    this.sandbox = sandbox;
    this.knowledge = knowledge;
    this.run = run;
    this.options = options;
    this.log = new RunLog(run::log, run::enterPhase);
    this.clock = run.startedAt();
    for (int depth = 0; depth < ComposeLimits.NESTING_DEPTH; depth++) {
      doors.add(new NestedDoor(nested -> later(nested::begin)));
    }
  }

  /// Lets the run's own script go, and all that it runs, until it ends.
  WorkflowResult toTheEnd(Guest guest, ScriptPlace place) throws InterruptedException {
    var terms = new ScriptExecution.Terms(new AgentGate(null, 0), options.dialect(), 0, 0);
    var first = new ScriptExecution(this, guest, place, null, terms);
    first.drain();
    var ending = first.ending();
    while (ending == null) {
      next();
      ending = first.ending();
    }
    log.close();
    return switch (ending) {
      case Ending.Finished(var value) -> finished(value);
      case Ending.Failed(var code, var message, var position) -> failed(code, message, position);
      case Ending.Abandoned _ -> throw new IllegalStateException("the first script has no starter");
    };
  }

  private void next() throws InterruptedException {
    var task = due.poll();
    if (task != null) {
      task.perform();
      return;
    }
    if (deliveries.isEmpty()) {
      deliveries.addAll(run.awaitDeliveries());
    }
    take(deliveries.remove());
  }

  private void take(Delivery delivery) throws InterruptedException {
    var receiver = open.remove(delivery.seq());
    if (receiver == null) {
      throw new IllegalStateException(
          "step " + delivery.seq() + " was delivered but not asked for");
    }
    receiver.take(delivery);
  }

  private WorkflowResult finished(String value) {
    if (agents > 0 && losses.agents() == agents) {
      var text =
          agents == 1
              ? "the only agent was lost: "
              : "all " + agents + " agents were lost; the first: ";
      return failed("all_agents_lost", text + losses.firstAgent(), null);
    }
    return new WorkflowResult.Finished(value, losses.all());
  }

  private WorkflowResult failed(String code, String message, @Nullable SourcePosition position) {
    return new WorkflowResult.Failed(code, message, position, Resumable.NO, losses.all());
  }

  /// Opens a budget below another one and returns its number in the run (L96).
  ///
  /// @throws ComposeException `list_cap` if the run has opened its last one
  int openBudget(int parent, String name, BudgetLimit.Total limit) {
    if (budgets == EngineLimits.SUB_BUDGETS) {
      throw new ComposeException("list_cap", "a run opens at most " + budgets + " budgets");
    }
    budgets++;
    return run.openBudget(parent, name, limit);
  }

  Losses losses() {
    return losses;
  }

  RunLog log() {
    return log;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  ErasedTexts texts() {
    return knowledge.texts();
  }

  ModelChange models() {
    return knowledge.models();
  }

  ComposeOptions options() {
    return options;
  }

  /// What a script that starts now reads of the run.
  GuestLaunches.World world() {
    return new GuestLaunches.World(clock, spent);
  }

  Settlement resolved(String json) {
    return new Settlement.Resolved(json, clock, spent);
  }

  Settlement rejected(String code, String message) {
    return new Settlement.Rejected(code, message, clock, spent);
  }

  /// What the scripts read as time and spending from here on.
  void advance(Delivery delivery) {
    clock = delivery.clock();
    spent = delivery.spent();
  }

  void later(Task task) {
    due.add(task);
  }

  /// What the next step asks in place of what its script says, if somebody wants that.
  Optional<String> amended() {
    return knowledge
        .amendment()
        .filter(amendment -> amendment.step() == steps + 1)
        .map(Amendment::prompt);
  }

  /// @return the step's number
  int schedule(ActivityRequest request, Receiver receiver) {
    steps++;
    int seq = run.schedule(request);
    open.put(seq, receiver);
    return seq;
  }

  /// A script is to run inside another one, unless an earlier generation has what comes of it.
  ///
  /// @param receiver takes that, if so
  Entrance enter(ActivityRequest request, Receiver receiver) {
    var entrance = run.enter(request);
    steps = Math.max(steps, entrance.part());
    if (entrance instanceof Entrance.Answered(var part)) {
      open.put(part, receiver);
    }
    return entrance;
  }

  void leave(int part, StepOutcome outcome) {
    run.leave(part, outcome);
  }

  /// Nobody waits for this step any more; it still has to be delivered.
  void abandon(int seq) {
    run.abandon(seq);
  }

  /// Waits for one step before anything else goes on. What is delivered before it waits in line.
  Delivery await(ActivityRequest request) throws InterruptedException {
    steps++;
    int seq = run.schedule(request);
    while (true) {
      for (Iterator<Delivery> each = deliveries.iterator(); each.hasNext(); ) {
        var delivery = each.next();
        if (delivery.seq() == seq) {
          each.remove();
          return delivery;
        }
      }
      deliveries.addAll(run.awaitDeliveries());
    }
  }

  /// The number of the next script that starts.
  int nextScript() {
    return scripts++;
  }

  /// Counts an agent of any script; false if the run has started its last one (L99).
  boolean countAgent() {
    boolean counts = agents < options.maxAgents();
    agents += counts ? 1 : 0;
    return counts;
  }

  /// Counts agents of a script that need not run again: they answered.
  void countAnswered(int more) {
    agents += more;
  }

  String capMessage() {
    return "the run has started its %d agents; raise --max-agents".formatted(options.maxAgents());
  }

  void tellCap() {
    if (!capTold) {
      capTold = true;
      log.write("warning: " + capMessage() + "; agent() gives null from here on");
    }
  }

  /// Starts an agent, at once or when the gate has room.
  void pass(AgentGate gate, ScriptExecution script, Runnable start) {
    if (gate.enter()) {
      start.run();
    } else {
      held.add(new Held(gate, script, start));
    }
  }

  /// An agent has left its place to another one: each gate has one more, so one may start.
  void leave(AgentGate gate) {
    gate.leave();
    for (var each = held.iterator(); each.hasNext(); ) {
      var waiting = each.next();
      if (waiting.script().hasEnded()) {
        each.remove();
      } else if (waiting.gate().enter()) {
        each.remove();
        waiting.start().run();
        return;
      }
    }
  }

  /// A script wants to run another one.
  void nest(NestedRun nested) {
    if (nested.depth() > ComposeLimits.NESTING_DEPTH) {
      later(nested::refuseDepth);
    } else {
      door(nested).enter(nested);
    }
  }

  NestedDoor door(NestedRun nested) {
    return doors.get(nested.depth() - 1);
  }
}
