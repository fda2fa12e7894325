package mimo.compose;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mimo.compose.Losses.LossKey;
import mimo.compose.call.AgentAnswers;
import mimo.compose.call.AgentCall;
import mimo.compose.call.CallReader;
import mimo.compose.call.ContinueCall;
import mimo.compose.call.FileCall;
import mimo.compose.call.GateCall;
import mimo.compose.call.HostCall;
import mimo.compose.call.HostCall.Answer;
import mimo.compose.call.KeptTurns;
import mimo.compose.call.TimerCall;
import mimo.compose.call.ToolCall;
import mimo.engine.ActivityRequest;
import mimo.engine.Delivery;
import mimo.engine.Loss;
import mimo.engine.SourcePosition;
import mimo.engine.StepOutcome;
import mimo.sandbox.Guest;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.ScriptFault;
import org.jspecify.annotations.Nullable;

/// One script on its way through one run: takes what its guest does in its order, asks the run for
/// it, and hands over the answers. Confined to the run's thread.
final class ScriptExecution {

  private final ScriptTree tree;
  private final Guest guest;
  private final ScriptPlace place;
  private final @Nullable Starter starter;
  private final AgentGate gate;
  private final Dialect dialect;
  private final int part;
  private final CallReader reader;
  private final KeptTurns turns = new KeptTurns();
  private final SubBudgets budgets;
  private final Notes notes;

  /// What each call that has no answer yet is called, by its number.
  private final Map<Integer, String> open = new HashMap<>();

  /// The steps among them.
  private final SequencedMap<Integer, Integer> steps = new LinkedHashMap<>();

  /// The calls that wait for a moment.
  private final Set<Integer> moments = new HashSet<>();

  /// Of those, the ones the script may clear: its own number to that of the call.
  private final Map<Integer, Integer> timers = new HashMap<>();

  private final Set<NestedRun> nested = new LinkedHashSet<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private int agents;
  private @Nullable Ending ending;

  /// Who runs a script.
  record Starter(ScriptExecution script, NestedRun run) {}

  /// What a script is run under.
  ///
  /// @param gate what its agents pass
  /// @param dialect its own
  /// @param budget the run's number of the budget it counts against
  /// @param part the run's number of the part it is; 0 for the run's own script
  record Terms(AgentGate gate, Dialect dialect, int budget, int part) {}

  /// @param starter who runs this one; null for the run's own
  ScriptExecution(
      ScriptTree tree, Guest guest, ScriptPlace place, @Nullable Starter starter, Terms terms) {
    this.tree = tree;
    this.guest = guest;
    this.place = place;
    this.starter = starter;
    this.gate = terms.gate();
    this.dialect = terms.dialect();
    this.part = terms.part();
    this.budgets = new SubBudgets(tree, terms.budget(), place.name());
    this.reader =
        new CallReader(
            place.name(),
            new CallReader.Agents(
                new AgentAnswers(soft(dialect)),
                tree.options().agentTypes(),
                place.model(),
                tree.models()),
            turns);
    this.notes = new Notes(tree.log(), tree.losses(), place, budgets);
  }

  /// What this dialect answers with null where others throw (L23, L25).
  private static Set<String> soft(Dialect dialect) {
    return dialect == Dialect.MIMOCODE ? Set.of("agent_cap", "schema_exhausted") : Set.of();
  }

  ScriptPlace place() {
    return place;
  }

  /// What one of the script's calls asks for, as the run knows it.
  ActivityRequest placed(ActivityRequest own) {
    return place.of(own).within(part);
  }

  /// The run's number of the part it is.
  int part() {
    return part;
  }

  /// How many agents it has asked, with those of scripts in it that have ended.
  int agents() {
    return agents;
  }

  /// Counts the agents of a script in this one, which has ended.
  void count(int more) {
    agents += more;
  }

  AgentGate gate() {
    return gate;
  }

  @Nullable Ending ending() {
    return ending;
  }

  boolean hasEnded() {
    return ending != null;
  }

  /// Whether this script, or one that runs it, is the same with the same arguments.
  boolean isWithin(String identity) {
    return place.identity().equals(identity)
        || (starter != null && starter.script().isWithin(identity));
  }

  /// Whether a script that fails inside this one is null here (L26).
  boolean answersNull() {
    return dialect == Dialect.MIMOCODE;
  }

  /// How often a call that is known by this was made before.
  int occurrence(String key) {
    return occurrences.merge(key, 1, Integer::sum) - 1;
  }

  /// Hears the guest until it can do nothing more, or has ended.
  void drain() throws InterruptedException {
    while (ending == null) {
      switch (guest.next()) {
        case GuestEvent.Called call -> ask(call);
        case GuestEvent.Noted note when note.function().equals("clear") -> clear(note);
        case GuestEvent.Noted note -> notes.hear(note);
        case GuestEvent.Idle(var waiting) -> {
          if (open.isEmpty()) {
            end(deadlock(waiting));
          }
          return;
        }
        case GuestEvent.Finished(var value) -> end(new Ending.Finished(value));
        case GuestEvent.Failed(var fault) -> end(failed(fault));
      }
    }
  }

  private void ask(GuestEvent.Called event) {
    if (CallReader.isWorkflow(event)) {
      var call = reader.workflow(event);
      open.put(call.number(), "workflow(" + call.reference().shown() + ")");
      var run = new NestedRun(tree, this, call, budgets.of(event.tags()));
      nested.add(run);
      tree.nest(run);
      return;
    }
    var call = reader.read(event);
    switch (call) {
      case TimerCall(_, _, var timer) -> {
        moments.add(call.number());
        if (timer > 0) {
          timers.put(timer, call.number());
        }
      }
      case AgentCall _, ContinueCall _, FileCall _, ToolCall _, GateCall _ -> {}
    }
    open.put(call.number(), call.request().label());
    var request = budgets.charged(call.request(), event.tags());
    if (!request.kind().isAgent()) {
      schedule(call, request);
    } else if (tree.countAgent()) {
      agents++;
      tree.pass(gate, this, () -> schedule(call, request));
    } else {
      tree.later(() -> refuse(call));
    }
  }

  private void schedule(HostCall asked, ActivityRequest charged) {
    var call = tree.amended().map(asked::asking).orElse(asked);
    var request = call.request().withBudget(charged.budget());
    int seq =
        tree.schedule(
            placed(request),
            delivery -> {
              boolean cleared = steps.remove(call.number()) == null;
              if (request.kind().isAgent()) {
                tree.leave(gate);
              }
              if (!cleared) {
                answer(call, delivery);
              }
            });
    steps.put(call.number(), seq);
  }

  /// The script has no use any more for one of its timers; nothing will come of it.
  private void clear(GuestEvent.Noted note) {
    var call = timers.remove(CallReader.object(note.arguments()).path("id").asInt());
    if (call == null) {
      throw new CallReader.UnknownCall("a timer is cleared that was never set");
    }
    open.remove(call);
    var step = steps.remove(call);
    if (step != null) {
      tree.abandon(step);
    }
  }

  private void refuse(HostCall call) throws InterruptedException {
    var answer = call.answer(new StepOutcome.Failed("agent_cap", tree.capMessage()));
    hand(
        call,
        answer,
        lost -> {
          tree.losses().add(key(call.number()), loss(0, call, lost));
          tree.tellCap();
        });
  }

  private void answer(HostCall call, Delivery delivery) throws InterruptedException {
    if (hasEnded()) {
      return;
    }
    tree.advance(delivery);
    if (delivery.outcome() instanceof StepOutcome.Completed) {
      turns.answered(call, delivery.seq());
    }
    hand(
        call,
        call.answer(delivery.outcome()),
        lost ->
            tree.losses()
                .addAgent(key(call.number()), loss(delivery.seq(), call, lost), lost.message()));
  }

  private void hand(HostCall call, Answer answer, Consumer<Answer.Lost> lost)
      throws InterruptedException {
    settle(
        call.number(),
        switch (answer) {
          case Answer.Value(var json) -> tree.resolved(json);
          case Answer.Rejection(var code, var message) -> tree.rejected(code, message);
          case Answer.Lost loss -> {
            lost.accept(loss);
            yield tree.resolved(loss.json(call));
          }
        });
  }

  LossKey.Call key(int call) {
    return new LossKey.Call(place.number(), call);
  }

  private Loss loss(int seq, HostCall call, Answer.Lost lost) {
    var request = call.request();
    return new Loss(seq, request.label(), place.phase(request.phase()), lost.reason());
  }

  /// Answers one call, and lets the guest go on until it can do nothing more.
  void settle(int call, Settlement settlement) throws InterruptedException {
    if (hasEnded()) {
      return;
    }
    open.remove(call);
    guest.settle(call, settlement);
    drain();
    tellStarter();
  }

  /// Once this script has ended, who runs it goes on.
  void tellStarter() throws InterruptedException {
    if (ending != null && starter != null) {
      abandonOpen();
      starter.run().end(ending);
    }
  }

  /// A script that this one ran needs nothing any more.
  void left(NestedRun run) {
    nested.remove(run);
  }

  private void end(Ending how) {
    ending = how;
    // That a moment was not waited for is no loss.
    open.keySet().removeAll(moments);
    if (!open.isEmpty()) {
      tree.log()
          .write(
              "abandoned: the script ended without awaiting %d calls: %s"
                  .formatted(
                      open.size(),
                      open.values().stream().sorted().collect(Collectors.joining(", "))));
    }
  }

  /// Gives up what this script has asked for and not awaited (L110).
  private void abandonOpen() {
    steps.values().forEach(tree::abandon);
    List.copyOf(nested).forEach(NestedRun::abandon);
  }

  /// Nobody waits for this script any more.
  void abandon() {
    if (ending == null) {
      ending = new Ending.Abandoned();
    }
    abandonOpen();
  }

  private Ending failed(ScriptFault fault) {
    var position =
        fault.line() < 1 || fault.column() < 1
            ? null
            : new SourcePosition(
                fault.file().isEmpty() ? place.name() : fault.file(), fault.line(), fault.column());
    return new Ending.Failed(fault.code(), fault.name() + ": " + fault.message(), position);
  }

  private Ending deadlock(GuestEvent.@Nullable Position waiting) {
    var position =
        waiting == null || waiting.line() < 1
            ? null
            : new SourcePosition(place.name(), waiting.line(), Math.max(1, waiting.column()));
    return new Ending.Failed(
        "deadlock",
        "the script awaits a promise that nothing can settle: no agent, read or other call is open",
        position);
  }
}
