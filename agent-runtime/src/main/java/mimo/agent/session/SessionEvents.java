package mimo.agent.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.maxmode.Choice;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.AttemptStarted;
import mimo.agent.session.SessionFact.Began;
import mimo.agent.session.SessionFact.CandidatesLost;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.Ended;
import mimo.agent.session.SessionFact.FilesKept;
import mimo.agent.session.SessionFact.PermissionDecided;
import mimo.agent.session.SessionFact.Prompted;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.ToolEnded;
import mimo.agent.session.SessionFact.ToolStarted;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.session.SessionFact.TurnRedone;
import mimo.agent.session.SessionFact.TurnsUndone;
import mimo.agent.tool.DeferredTools;
import org.jspecify.annotations.Nullable;

/// Tells a session as the events that were heard while it happened (A11), but for what was never
/// durable: deltas, retries, and what ended without a trace. Serves one session, on one thread.
public final class SessionEvents {

  private final List<AgentEvent> events = new ArrayList<>();
  private final Map<String, Content.ToolCall> calls = new LinkedHashMap<>();
  private final Map<String, Content.ToolCall> running = new LinkedHashMap<>();
  private String model = "";
  private TokenUsage used = TokenUsage.NONE;
  private @Nullable TurnReceived turn;
  private int number;
  private boolean working;
  private boolean judging;

  private SessionEvents() {}

  /// The events of these facts, in order. A session that has not ended leaves its starts open.
  public static List<AgentEvent> of(List<SessionFact> facts) {
    var projection = new SessionEvents();
    facts.forEach(projection::add);
    return List.copyOf(projection.events);
  }

  private void add(SessionFact fact) {
    switch (fact) {
      case Began began -> {
        model = began.model();
        startAgent();
      }
      case TurnReceived next -> {
        endTurn();
        startAgent();
        begin(next);
      }
      case PermissionDecided decision -> decided(decision);
      case ToolStarted(var call) -> start(call);
      case ToolEnded(var answer, var took) -> end(answer, took);
      case CandidatesLost(var choice) -> lost(choice);
      case Prompted _, FilesKept _, CheckpointKept _ -> {}
      case TurnsUndone(var from, _) -> {
        endAgent(Status.ABORTED);
        events.add(
            new AgentEvent.Notice("turns_undone", "turn " + from + " and later were undone"));
      }
      case TurnRedone(var again) ->
          events.add(new AgentEvent.Notice("turn_redone", "turn " + again + " was redone"));
      case Arrived(var from, _) -> {
        endTurn();
        startAgent();
        events.add(AgentEvent.Notice.arrived(from));
      }
      case GoalFact goal -> add(goal);
      case Rebuilt rebuilt -> {
        endTurn();
        events.add(AgentEvent.Notice.rebuilt(rebuilt));
      }
      case Chosen chosen -> model = chosen.model();
      case Asked _ -> {
        // A turn that was cut off has no end of its own.
        endAgent(Status.ABORTED);
        startAgent();
      }
      case TurnEnded(var status, _, _, _) ->
          endAgent(
              switch (status) {
                case ANSWERED -> Status.OK;
                case FAILED -> Status.ERROR;
                case INTERRUPTED -> Status.ABORTED;
              });
      case AttemptStarted(var reason) -> {
        endAgent(Status.ERROR);
        events.add(new AgentEvent.Notice("agent_again", reason + "; the agent begins anew"));
        startAgent();
      }
      case Ended(var code, _) -> endAgent(code == null ? Status.OK : Status.ERROR);
    }
  }

  private void add(GoalFact fact) {
    switch (fact) {
      case GoalFact.Checked _, GoalFact.Accepted _, GoalFact.Judged _ -> startJudging();
      case GoalFact.Ruled ruled -> {
        startJudging();
        events.add(new AgentEvent.GoalEnd(Status.OK, ruled));
        judging = false;
      }
      case GoalFact.Set _, GoalFact.Cleared _ -> {}
    }
  }

  /// A step that has no reply; the next one has its number.
  private void lost(Choice choice) {
    endTurn();
    startAgent();
    used = used.plus(choice.overheadSum());
    events.add(new AgentEvent.StepStart(number + 1));
    events.add(new AgentEvent.CandidatesStart(choice.wanted(), choice.candidates().size()));
    events.add(new AgentEvent.CandidatesEnd(Status.ABORTED, choice));
    events.add(new AgentEvent.StepEnd(number + 1, Status.ABORTED, choice.overheadSum()));
  }

  /// Where the gate was stopped, it goes on in another turn, with a start of its own.
  private void startJudging() {
    if (!judging) {
      endTurn();
      startAgent();
      judging = true;
      events.add(new AgentEvent.GoalStart());
    }
  }

  private void begin(TurnReceived next) {
    turn = next;
    used = used.plus(next.paid());
    events.add(new AgentEvent.StepStart(++number));
    var choice = next.choice();
    if (choice != null) {
      events.add(new AgentEvent.CandidatesStart(choice.wanted(), choice.candidates().size()));
      events.add(new AgentEvent.CandidatesEnd(Status.OK, choice));
    }
    var thought = Content.words(next.content(), Content.Reasoning.class);
    if (!thought.isEmpty()) {
      events.add(new AgentEvent.ReasoningStart());
      events.add(new AgentEvent.ReasoningEnd(thought, Status.OK));
    }
    var said = Content.words(next.content(), Content.Text.class);
    if (!said.isEmpty()) {
      events.add(new AgentEvent.TextStart());
      events.add(new AgentEvent.TextEnd(said, Status.OK));
    }
    for (var piece : next.content()) {
      if (piece instanceof Content.ToolCall call) {
        calls.put(call.id(), DeferredTools.meant(call));
      }
    }
  }

  private void decided(PermissionDecided decision) {
    var call = calls.get(decision.call());
    if (call != null) {
      var reason = decision.reason();
      events.add(new AgentEvent.PermissionStart(call.id(), call.tool(), reason));
      events.add(new AgentEvent.PermissionEnd(call.id(), decision.outcome(), reason));
    }
  }

  private void start(String id) {
    var call = calls.remove(id);
    if (call != null) {
      running.put(id, call);
      events.add(new AgentEvent.ToolStart(id, call.tool(), call.arguments()));
    }
  }

  private void end(Message.ToolAnswer answer, Duration took) {
    // Calls for which no tool acts have no start of their own.
    start(answer.call());
    var call = running.remove(answer.call());
    if (call != null) {
      events.add(
          new AgentEvent.ToolEnd(answer.call(), call.tool(), answer, Status.of(answer), took));
    }
  }

  /// What is recorded of a turn went well; what came to nothing has no trace.
  private void endTurn() {
    if (turn == null) {
      return;
    }
    for (var call : List.copyOf(running.values())) {
      var unknown = new Message.ToolAnswer(call.id(), "aborted", Message.Status.ERROR);
      events.add(
          new AgentEvent.ToolEnd(call.id(), call.tool(), unknown, Status.ABORTED, Duration.ZERO));
    }
    calls.clear();
    running.clear();
    events.add(new AgentEvent.StepEnd(number, Status.OK, turn.paid()));
    turn = null;
  }

  private void startAgent() {
    if (!working) {
      working = true;
      used = TokenUsage.NONE;
      number = 0;
      events.add(new AgentEvent.AgentStart(model));
    }
  }

  private void endAgent(Status status) {
    if (working) {
      endTurn();
      if (judging) {
        judging = false;
        events.add(new AgentEvent.GoalEnd(status == Status.OK ? Status.ABORTED : status, null));
      }
      events.add(new AgentEvent.AgentEnd(status, used));
      working = false;
    }
  }
}
