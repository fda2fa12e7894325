package mimo.agent;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mimo.agent.AgentEvent.Outcome;
import mimo.agent.message.Content;
import mimo.agent.message.Message.Status;
import mimo.agent.permission.Approver.Answer;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Question;
import mimo.agent.permission.Ruling;
import mimo.agent.session.SessionAttempt;
import mimo.agent.session.SessionAttempt.Fate;
import mimo.agent.session.SessionFact.PermissionDecided;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;

/// Gets the permission for each call before it runs: by rules, or from whoever is asked. Confined
/// to the agent's thread.
///
/// What came of a question is written down before the call acts. So a call that was decided before
/// the program was stopped is not asked for again; only a rule that denies it by now counts more.
final class Consent {

  private static final String SKIPPED =
      "skipped: the user rejected a call before this one, so nothing more is changed in this turn";

  private final Authority authority;
  private final Toolbox tools;
  private final SessionAttempt session;
  private final Consumer<AgentEvent> events;
  private final Map<String, HookAnswer> hooked = new HashMap<>();
  private boolean rejected;

  Consent(Authority authority, Toolbox tools, SessionAttempt session, Consumer<AgentEvent> events) {
    this.authority = authority;
    this.tools = tools;
    this.session = session;
    this.events = events;
  }

  /// The calls of another message follow; what was rejected in the one before is past (A6).
  void newMessage() {
    rejected = false;
  }

  /// The result of a call that must not run; empty if it may.
  ///
  /// @throws InterruptedException if stopped while somebody is asked
  Optional<Tool.Result> refusal(Content.ToolCall call, CancellationToken cancellation)
      throws InterruptedException {
    var known = session.decided(call.id());
    var tool = tools.find(call.tool());
    if (tool.isEmpty()) {
      return Optional.empty();
    }
    if (!(session.fate(call.id()) instanceof Fate.Open)) {
      known.ifPresent(decided -> tell(call, decided));
      return Optional.empty();
    }
    if (!(tool.get().arguments(call.arguments()) instanceof Arguments.Fit(var input))) {
      // What is wrong with them is its result.
      return Optional.empty();
    }
    if (rejected && tool.get().spec().effect() == Effect.CHANGES) {
      return Optional.of(new Tool.Result(SKIPPED, Status.SKIPPED));
    }
    var asked = new Call(call.tool(), tool.get().spec().effect(), tool.get().needs(input));
    var ruling = authority.permissions().rule(asked);
    if (ruling.decision() != Decision.DENY && known.isEmpty()) {
      ruling = hooked(call, ruling, cancellation);
    }
    return switch (ruling.decision()) {
      case ALLOW -> {
        known.ifPresent(decided -> tell(call, decided));
        yield known.flatMap(this::refused);
      }
      case DENY ->
          refused(
              decided(
                  call, ruling, new PermissionDecided(call.id(), Outcome.DENIED, ruling.reason())));
      case ASK -> {
        if (known.isPresent()) {
          tell(call, known.get());
          yield refused(known.get());
        }
        var question =
            new Question(asked, ruling, tool.get().preview(input), authority.links(asked));
        yield refused(decided(call, ruling, ask(call, question, cancellation)));
      }
    };
  }

  /// Hooks can only narrow what the rules allow (A86). What they come to is decided like the rest,
  /// so that a later process does not ask them again.
  private Ruling hooked(Content.ToolCall call, Ruling ruling, CancellationToken cancellation)
      throws InterruptedException {
    var use = new ToolUse(call.id(), call.tool(), call.arguments());
    var answer = tools.hooks().tell(new HookMoment.ToolBefore(use), cancellation);
    answer.notices().forEach(text -> events.accept(AgentEvent.Notice.hook(text)));
    hooked.put(call.id(), answer);
    return switch (answer.word()) {
      case PASS -> ruling;
      case ASK -> ruling.and(Ruling.always(Decision.ASK, answer.reason()));
      case DENY -> Ruling.always(Decision.DENY, answer.reason());
    };
  }

  /// What hooks said to a call that may run; nothing if they were not asked in this process.
  HookAnswer hooked(Content.ToolCall call) {
    return hooked.getOrDefault(call.id(), HookAnswer.NOTHING);
  }

  private PermissionDecided ask(
      Content.ToolCall call, Question question, CancellationToken cancellation)
      throws InterruptedException {
    var rule = question.ruling().reason();
    events.accept(new AgentEvent.PermissionStart(call.id(), call.tool(), rule));
    var end = new PermissionDecided(call.id(), Outcome.ABORTED, rule);
    try {
      end =
          switch (authority.approver().ask(question, cancellation)) {
            case Answer.Once _ -> decision(call, Outcome.ALLOWED_ONCE, rule);
            case Answer.Always _ -> always(call, question);
            case Answer.Rejected(var note) ->
                decision(
                    call,
                    Outcome.REJECTED,
                    note == null ? rule : rule + "; the user says: " + note);
            case Answer.Unattended(var why) ->
                decision(call, Outcome.UNATTENDED, rule + "; " + why);
          };
      return end;
    } finally {
      events.accept(new AgentEvent.PermissionEnd(call.id(), end.outcome(), end.reason()));
    }
  }

  /// What cannot be remembered is allowed once.
  private PermissionDecided always(Content.ToolCall call, Question question) {
    var rule = question.ruling().reason();
    if (!question.canBeRemembered()) {
      return decision(call, Outcome.ALLOWED_ONCE, rule);
    }
    authority.grants().add(question.ruling().always());
    return decision(call, Outcome.ALLOWED_ALWAYS, rule);
  }

  private static PermissionDecided decision(Content.ToolCall call, Outcome outcome, String reason) {
    return new PermissionDecided(call.id(), outcome, reason);
  }

  /// Written down at once; a rule's own word is told here, an answer has been told.
  private PermissionDecided decided(
      Content.ToolCall call, Ruling ruling, PermissionDecided decision) {
    if (ruling.decision() == Decision.DENY) {
      tell(call, decision);
    }
    session.decided(decision);
    return decision;
  }

  private void tell(Content.ToolCall call, PermissionDecided decision) {
    rejected = rejected || decision.outcome() == Outcome.REJECTED;
    events.accept(new AgentEvent.PermissionStart(call.id(), call.tool(), decision.reason()));
    events.accept(new AgentEvent.PermissionEnd(call.id(), decision.outcome(), decision.reason()));
  }

  private Optional<Tool.Result> refused(PermissionDecided decision) {
    rejected = rejected || decision.outcome() == Outcome.REJECTED;
    if (decision.outcome().allows()) {
      return Optional.empty();
    }
    var words = decision.outcome().name().toLowerCase(Locale.ROOT);
    return Optional.of(
        new Tool.Result("not run: " + words + " by " + decision.reason(), Status.DENIED));
  }
}
