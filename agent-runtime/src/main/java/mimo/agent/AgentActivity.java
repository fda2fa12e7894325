package mimo.agent;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.agent.session.AgentSession;
import mimo.agent.session.AgentSession.Opening;
import mimo.agent.session.SessionEvents;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.ParkReason;
import org.jspecify.annotations.Nullable;

/// Performs a run's agent steps: one prompt in, one answer out (L40, L84, L85).
///
/// The input is `{"prompt", "schema"?, "model"?, "effort"?, "agentType"?, "timeoutMs"?, "stallMs"?,
/// "retries"?, "maxTurns"?, "max"?}`; with `"keep": true` others may go on with what was said, and
/// `"after"` is the step with whose conversation this one goes on (L82). A text answer comes back
/// as a JSON string, a shaped one as itself.
public final class AgentActivity implements Activity {

  /// What no agent can get past before someone has acted or time has passed: the run parks.
  private static final Map<String, ParkReason> PARKING =
      Map.of(
          "provider_access", ParkReason.PROVIDER,
          "provider_credit", ParkReason.PROVIDER,
          "provider_config", ParkReason.PROVIDER,
          "model_unknown", ParkReason.PROVIDER,
          "no_model", ParkReason.PROVIDER,
          "no_key", ParkReason.PROVIDER,
          "usage_limit", ParkReason.USAGE_LIMIT);

  private static final Set<String> LOSS_REASONS =
      Set.of(
          "failed",
          "max_turns",
          "empty",
          "budget",
          "guard",
          "schema_exhausted",
          "cassette_exhausted",
          "goal_not_met",
          "goal_unverified",
          "partial");
  private static final String NO_REPORT = "{}";

  private final AgentBriefing briefing;
  private final AgentListener listener;
  private final LongSupplier nanos;
  private final Overshoot overshoot;

  /// The activity behind `agent()`.
  ///
  /// @param nanos the monotonic clock
  public AgentActivity(
      AgentSettings settings,
      ModelResolver models,
      ToolSource tools,
      AgentListener listener,
      LongSupplier nanos) {
    this.briefing = new AgentBriefing(settings, models, tools, listener);
    this.listener = listener;
    this.nanos = nanos;
    this.overshoot = settings.overshoot();
  }

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    AgentInput input;
    try {
      input = AgentInput.parse(request.input());
    } catch (IllegalArgumentException malformed) {
      return failed("bad_argument", "agent(): " + malformed.getMessage());
    }
    AnswerSchema schema = null;
    if (input.schema() != null) {
      switch (AnswerSchema.read(input.schema())) {
        case AnswerSchema.Reading.Usable(var usable) -> schema = usable;
        case AnswerSchema.Reading.Invalid(var message) -> {
          return failed(AnswerSchema.Reading.Invalid.CODE, message);
        }
      }
    }
    return switch (AgentSession.open(context.session())) {
      case Opening.Lost(var reason) -> failed("session_lost", reason);
      case Opening.Over over -> over(over);
      case Opening.Open(var session) ->
          perform(new AgentBriefing.Asked(input, schema, context), session);
    };
  }

  /// Only the step's end is to be written once more.
  private static ActivityResult over(Opening.Over over) {
    var report = new AgentReport(over.model(), isOffline(over.model()), null);
    SessionEvents.of(over.facts()).forEach(report);
    return new ActivityResult.Failed(over.code(), over.message(), report.json());
  }

  private static boolean isOffline(String model) {
    return model.startsWith(OfflineProvider.ID + "/");
  }

  private ActivityResult perform(AgentBriefing.Asked asked, AgentSession session)
      throws InterruptedException {
    var recorded = new AgentBriefing.Recorded(session.began(), session.recorded());
    return switch (briefing.brief(asked, recorded)) {
      case AgentBriefing.Briefing.Refused(var code, var message) ->
          parked(code, message, null).orElseGet(() -> failed(code, message));
      case AgentBriefing.Briefing.Ready ready -> {
        try (var _ = ready.task().tools()) {
          session.begin(ready.began());
          var refused = refusal(asked, ready, session);
          var result = refused.isPresent() ? refused.get() : work(asked, ready, session);
          end(session, result, asked.context());
          yield result;
        }
      }
    };
  }

  /// A goal is set once, whatever becomes of the process: tests are guarded as they were then.
  private static Optional<ActivityResult> refusal(
      AgentBriefing.Asked asked, AgentBriefing.Briefing.Ready ready, AgentSession session)
      throws InterruptedException {
    var goal = asked.input().goal();
    var pursuit = ready.task().terms().goal();
    if (goal == null || pursuit == null || pursuit.ledger().goal() != null) {
      return Optional.empty();
    }
    try {
      var set = pursuit.setting(goal, asked.context().cancellation());
      pursuit.begin(set, session.current()::ofGoal);
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(failed("failed", "the goal cannot be set: " + refused.getMessage()));
    }
  }

  /// An agent that was stopped goes on when the run is resumed.
  private static void end(AgentSession session, ActivityResult result, ActivityContext context) {
    switch (result) {
      case ActivityResult.Completed _ -> session.end(null, null);
      case ActivityResult.Failed(var code, var message, _) -> {
        if (!context.pausing().isCancelled()) {
          session.end(code, message);
        }
      }
      case ActivityResult.Suspended _, ActivityResult.Cancelled _ -> {}
    }
  }

  private ActivityResult work(
      AgentBriefing.Asked asked, AgentBriefing.Briefing.Ready ready, AgentSession session)
      throws InterruptedException {
    var context = asked.context();
    var model = ready.task().model();
    if (model.price() == null && StepMeter.countsMoney(context.allowance())) {
      return failed(
          "price_unknown",
          "its budget is money and the price of " + model.reference() + " is not known");
    }
    var pursuit = ready.task().terms().goal();
    if (pursuit != null && StepMeter.countsMoney(context.allowance())) {
      var judge = pursuit.unpricedJudge();
      if (!judge.isEmpty()) {
        return failed(
            "price_unknown",
            "its budget is money and the price of the judge " + judge + " is not known");
      }
    }
    var report = new AgentReport(model.reference(), isOffline(model.reference()), model.price());
    SessionEvents.of(session.earlier()).forEach(report);
    var events = report.andThen(present(session, context));
    var meter = new StepMeter(context, model, overshoot);
    var attempts =
        new AgentAttempts(ready.task(), session, asked.input().bounds(), meter, events, nanos);
    var ending =
        attempts.run(
            "agent-" + context.seq(),
            new AgentLoop.Stops(context.cancellation(), context.pausing()));
    return switch (ending) {
      case LimitedWork.Ending.Done<AgentOutcome>(AgentOutcome.Answered(var value)) ->
          new ActivityResult.Completed(
              value, report.json(), memo(asked.input(), ready, attempts.said(), events));
      case LimitedWork.Ending.Done<AgentOutcome>(AgentOutcome.Ended ended) ->
          ended(ended, report.json());
      case LimitedWork.Ending.Stopped<AgentOutcome> _ ->
          context.pausing().isCancelled()
              ? new ActivityResult.Cancelled()
              : new ActivityResult.Failed("failed", "the agent was interrupted", report.json());
      case LimitedWork.Ending.Stalled<AgentOutcome>(var silence) ->
          new ActivityResult.Failed(
              "stalled",
              "the agent made no progress for " + silence.toMillis() + " ms",
              report.json());
      case LimitedWork.Ending.TimedOut<AgentOutcome>(var limit) ->
          new ActivityResult.Failed(
              "timeout", "the agent did not end within " + limit.toMillis() + " ms", report.json());
    };
  }

  private Consumer<AgentEvent> present(AgentSession session, ActivityContext context) {
    return new PresentEvents(
        session::current, event -> listener.heard(context.run(), context.seq(), event));
  }

  /// What a later turn needs of this one; null if none may come, or it would be too long.
  private static @Nullable String memo(
      AgentInput input,
      AgentBriefing.Briefing.Ready ready,
      List<Message> said,
      Consumer<AgentEvent> events) {
    if (input.keeping() == AgentInput.Keeping.FORGOTTEN) {
      return null;
    }
    var turn = new KeptConversation.Turn(input.after(), ready.effort(), said);
    var memo = KeptConversation.memo(ready.start(), turn);
    if (memo == null) {
      var text = "This conversation is too long to be kept; it cannot go on.";
      events.accept(new AgentEvent.Notice("conversation_too_long", text));
    }
    return memo;
  }

  private static ActivityResult ended(AgentOutcome.Ended how, String report) {
    var code = how.code();
    var message = how.message();
    return parked(code, message, how.until())
        .orElseGet(() ->
            LOSS_REASONS.contains(code)
                ? new ActivityResult.Failed(code, message, report)
                : new ActivityResult.Failed("failed", code + ": " + message, report));
  }

  /// Whether a run waits for somebody to act where an agent ends like this.
  static boolean parks(String code) {
    return PARKING.containsKey(code);
  }

  private static Optional<ActivityResult> parked(
      String code, String message, @Nullable Instant until) {
    return Optional.ofNullable(PARKING.get(code))
        .map(reason -> new ActivityResult.Suspended(reason, code, message, until));
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, NO_REPORT);
  }
}
