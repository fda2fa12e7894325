package mimo.compose;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mimo.compose.Losses.LossKey;
import mimo.compose.call.AgentAnswers;
import mimo.compose.call.CallReader;
import mimo.compose.call.HostCall;
import mimo.compose.call.HostCall.Answer;
import mimo.compose.call.KeptTurns;
import mimo.engine.Delivery;
import mimo.engine.Loss;
import mimo.engine.RunScope;
import mimo.engine.SourcePosition;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import mimo.engine.WorkflowResult.Resumable;
import mimo.sandbox.Guest;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.SandboxException;
import mimo.sandbox.ScriptFault;
import org.jspecify.annotations.Nullable;

/// One script on its way through one run: takes what the guest does in its order, and whenever the
/// guest can do nothing more, hands it the next answer. Confined to the run's thread.
final class ScriptExecution {

  private final Guest guest;
  private final RunScope run;
  private final String scriptName;
  private final ComposeOptions options;
  private final CallReader reader;

  /// Calls that wait for their step, by the step's number.
  private final Map<Integer, HostCall> open = new HashMap<>();

  private final KeptTurns turns = new KeptTurns();

  /// Calls that get no step because the run has started its last agent.
  private final Queue<HostCall> refused = new ArrayDeque<>();

  private final Queue<Delivery> deliveries = new ArrayDeque<>();
  private final Losses losses = new Losses();
  private final RunLog log;
  private final Notes notes;
  private final SubBudgets budgets;
  private Instant clock;
  private long spent;
  private int agents;
  private boolean capTold;

  ScriptExecution(Guest guest, RunScope run, String scriptName, ComposeOptions options) {
    this.guest = guest;
    this.run = run;
    this.scriptName = scriptName;
    this.options = options;
    this.reader =
        new CallReader(scriptName, new AgentAnswers(soft(options)), options.agentTypes(), turns);
    this.log = new RunLog(run::log, run::enterPhase);
    this.budgets = new SubBudgets(run, 0, scriptName);
    this.notes = new Notes(log, losses, budgets);
    this.clock = run.startedAt();
  }

  /// What this dialect answers with null where others throw (L23, L25).
  private static Set<String> soft(ComposeOptions options) {
    return options.dialect() == Dialect.MIMOCODE
        ? Set.of("agent_cap", "schema_exhausted")
        : Set.of();
  }

  WorkflowResult toTheEnd() throws InterruptedException {
    try {
      while (true) {
        switch (guest.next()) {
          case GuestEvent.Called call -> ask(call);
          case GuestEvent.Noted note -> notes.hear(note);
          case GuestEvent.Idle(var waiting) -> {
            if (!settleNext()) {
              return deadlock(waiting);
            }
          }
          case GuestEvent.Finished(var value) -> {
            return finished(value);
          }
          case GuestEvent.Failed(var fault) -> {
            return failed(fault);
          }
        }
      }
    } catch (SandboxException broken) {
      return stopped(broken);
    } catch (CallReader.UnknownCall unknown) {
      return fault("worker_protocol", unknown.getMessage(), null);
    }
  }

  private void ask(GuestEvent.Called event) {
    var call = reader.read(event);
    if (call.request().kind().isAgent()) {
      if (agents == options.maxAgents()) {
        refused.add(call);
        return;
      }
      agents++;
    }
    open.put(run.schedule(budgets.charged(call.request(), event.tags())), call);
  }

  /// Hands the guest one answer; false if there is none to come.
  private boolean settleNext() throws InterruptedException {
    if (!refused.isEmpty()) {
      refuse(refused.remove());
      return true;
    }
    if (deliveries.isEmpty()) {
      if (run.openSteps() == 0) {
        return false;
      }
      deliveries.addAll(run.awaitDeliveries());
    }
    settle(deliveries.remove());
    return true;
  }

  private void refuse(HostCall call) {
    var message =
        "the run has started its %d agents; raise --max-agents".formatted(options.maxAgents());
    var answer = call.answer(new StepOutcome.Failed("agent_cap", message));
    guest.settle(
        call.number(),
        answer(
            call,
            answer,
            lost -> {
              losses.add(new LossKey.Call(call.number()), loss(0, call, lost));
              if (!capTold) {
                capTold = true;
                log.write("warning: " + message + "; agent() gives null from here on");
              }
            }));
  }

  private void settle(Delivery delivery) {
    var call = open.remove(delivery.seq());
    if (call == null) {
      throw new IllegalStateException(
          "step " + delivery.seq() + " was delivered but not asked for");
    }
    if (delivery.outcome() instanceof StepOutcome.Completed) {
      turns.answered(call, delivery.seq());
    }
    clock = delivery.clock();
    spent = delivery.spent();
    guest.settle(
        call.number(),
        answer(
            call,
            call.answer(delivery.outcome()),
            lost ->
                losses.addAgent(
                    new LossKey.Call(call.number()),
                    loss(delivery.seq(), call, lost),
                    lost.message())));
  }

  private static Loss loss(int seq, HostCall call, Answer.Lost lost) {
    return new Loss(seq, call.request().label(), call.request().phase(), lost.reason());
  }

  private Settlement answer(HostCall call, Answer answer, Consumer<Answer.Lost> lost) {
    return switch (answer) {
      case Answer.Value(var json) -> new Settlement.Resolved(json, clock, spent);
      case Answer.Rejection(var code, var message) ->
          new Settlement.Rejected(code, message, clock, spent);
      case Answer.Lost loss -> {
        lost.accept(loss);
        yield new Settlement.Resolved(loss.json(call), clock, spent);
      }
    };
  }

  private WorkflowResult finished(String value) {
    sayWhatWasAbandoned();
    log.close();
    if (agents > 0 && losses.agents() == agents) {
      var text =
          agents == 1
              ? "the only agent was lost: "
              : "all " + agents + " agents were lost; the first: ";
      return fault("all_agents_lost", text + losses.firstAgent(), null);
    }
    return new WorkflowResult.Finished(value, losses.all());
  }

  private void sayWhatWasAbandoned() {
    if (!open.isEmpty()) {
      var labels =
          open.values().stream()
              .map(call -> call.request().label())
              .sorted()
              .collect(Collectors.joining(", "));
      log.write(
          "abandoned: the script ended without awaiting %d calls: %s"
              .formatted(open.size(), labels));
    }
  }

  private WorkflowResult failed(ScriptFault fault) {
    sayWhatWasAbandoned();
    log.close();
    var position =
        fault.line() < 1 || fault.column() < 1
            ? null
            : new SourcePosition(
                fault.file().isEmpty() ? scriptName : fault.file(), fault.line(), fault.column());
    return fault(fault.code(), fault.name() + ": " + fault.message(), position);
  }

  private WorkflowResult deadlock(GuestEvent.@Nullable Position waiting) {
    log.close();
    var position =
        waiting == null || waiting.line() < 1
            ? null
            : new SourcePosition(scriptName, waiting.line(), Math.max(1, waiting.column()));
    return fault(
        "deadlock",
        "the script awaits a promise that nothing can settle: no agent, read or other call is open",
        position);
  }

  private WorkflowResult stopped(SandboxException broken) throws InterruptedException {
    if (run.cancellation().isCancelled()) {
      throw new InterruptedException("the run is being stopped");
    }
    // A killed worker says nothing about the script: a fresh one takes the run up again (S22).
    var resumable = broken.code().equals("worker_died") ? Resumable.YES : Resumable.NO;
    return new WorkflowResult.Failed(
        broken.code(), String.valueOf(broken.getMessage()), null, resumable, losses.all());
  }

  private WorkflowResult fault(
      String code, @Nullable String message, @Nullable SourcePosition position) {
    return new WorkflowResult.Failed(
        code, String.valueOf(message), position, Resumable.NO, losses.all());
  }
}
