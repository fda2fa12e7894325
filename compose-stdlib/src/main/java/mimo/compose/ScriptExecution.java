package mimo.compose;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;
import mimo.compose.call.AgentCall;
import mimo.compose.call.CallReader;
import mimo.compose.call.HostCall;
import mimo.compose.call.HostCall.Answer;
import mimo.engine.Delivery;
import mimo.engine.Loss;
import mimo.engine.RunScope;
import mimo.engine.SourcePosition;
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

  /// Guest numbers of calls that get no step because the run has started its last agent.
  private final Queue<Integer> refused = new ArrayDeque<>();

  private final Queue<Delivery> deliveries = new ArrayDeque<>();
  private final Losses losses = new Losses();
  private final RunLog log;
  private Instant clock;
  private long spent;
  private int agents;
  private int agentsLost;
  private @Nullable Loss firstLost;

  ScriptExecution(Guest guest, RunScope run, String scriptName, ComposeOptions options) {
    this.guest = guest;
    this.run = run;
    this.scriptName = scriptName;
    this.options = options;
    this.reader = new CallReader(scriptName);
    this.log = new RunLog(run::log, run::enterPhase);
    this.clock = run.startedAt();
  }

  WorkflowResult toTheEnd() throws InterruptedException {
    try {
      while (true) {
        switch (guest.next()) {
          case GuestEvent.Called call -> ask(call);
          case GuestEvent.Noted note -> hear(note);
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
    if (call instanceof AgentCall) {
      if (agents == options.maxAgents()) {
        refused.add(call.number());
        return;
      }
      agents++;
    }
    open.put(run.schedule(call.request()), call);
  }

  private void hear(GuestEvent.Noted note) {
    var content = CallReader.object(note.arguments());
    switch (note.function()) {
      case "log" -> log.write(content.path("text").asText());
      case "phase" -> log.enterPhase(content.path("title").asText());
      case "warning" -> log.write("warning: " + content.path("message").asText());
      case "lost" -> {
        var slot = content.path("slot").asText();
        var reason = content.path("reason").asText();
        losses.add(new Loss(0, slot, content.path("phase").asText(""), reason));
        log.write("lost " + slot + ": " + content.path("message").asText());
      }
      case String other -> throw new CallReader.UnknownCall("note '" + other + "' is not known");
    }
  }

  /// Hands the guest one answer; false if there is none to come.
  private boolean settleNext() throws InterruptedException {
    if (!refused.isEmpty()) {
      var message =
          "the run has started its %d agents; raise --max-agents".formatted(options.maxAgents());
      guest.settle(refused.remove(), new Settlement.Rejected("agent_cap", message, clock, spent));
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

  private void settle(Delivery delivery) {
    var call = open.remove(delivery.seq());
    if (call == null) {
      throw new IllegalStateException(
          "step " + delivery.seq() + " was delivered but not asked for");
    }
    clock = delivery.clock();
    spent = delivery.spent();
    guest.settle(
        call.number(),
        switch (call.answer(delivery.outcome())) {
          case Answer.Value(var json) -> new Settlement.Resolved(json, clock, spent);
          case Answer.Rejection(var code, var message) ->
              new Settlement.Rejected(code, message, clock, spent);
          case Answer.Lost(var reason, var message) -> {
            lose(delivery.seq(), call, reason, message);
            yield new Settlement.Resolved("null", clock, spent);
          }
        });
  }

  private void lose(int seq, HostCall call, String reason, String message) {
    var request = call.request();
    var loss = new Loss(seq, request.label(), request.phase(), reason);
    losses.add(loss);
    agentsLost++;
    if (firstLost == null) {
      firstLost = new Loss(seq, request.label(), request.phase(), reason + ": " + message);
    }
  }

  private WorkflowResult finished(String value) {
    sayWhatWasAbandoned();
    log.close();
    var first = firstLost;
    if (first != null && agentsLost == agents) {
      return fault(
          "all_agents_lost",
          (agents == 1
                  ? "the only agent was lost: '%s' by %s"
                  : "all " + agents + " agents were lost; the first, '%s', by %s")
              .formatted(first.label(), first.reason()),
          null);
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
