package mimo.agent;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.agent.tool.Toolbox;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.ParkReason;
import org.jspecify.annotations.Nullable;

/// Performs a run's agent steps: one prompt in, one answer out (L40, L84, L85).
///
/// The input is `{"prompt", "schema"?, "model"?, "timeoutMs"?, "stallMs"?, "retries"?,
/// "maxTurns"?}`. A text answer comes back as a JSON string, a shaped one as itself.
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
      Set.of("failed", "max_turns", "empty", "budget", "schema_exhausted", "cassette_exhausted");
  private static final String NO_REPORT = "{}";

  private final AgentSettings settings;
  private final ModelResolver models;
  private final Toolbox tools;
  private final AgentListener listener;
  private final LongSupplier nanos;
  private final String system;

  /// Runs and model names that were told to mean nothing.
  private final Set<String> unmapped = ConcurrentHashMap.newKeySet();

  /// The activity behind `agent()`.
  ///
  /// @param nanos the monotonic clock
  public AgentActivity(
      AgentSettings settings,
      ModelResolver models,
      Toolbox tools,
      AgentListener listener,
      LongSupplier nanos) {
    this.settings = settings;
    this.models = models;
    this.tools = tools;
    this.listener = listener;
    this.nanos = nanos;
    this.system = SystemPrompt.in(settings.workspace());
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
    return switch (model(input.model(), context)) {
      case Resolution.Unresolved(var code, var message) ->
          parked(code, message).orElseGet(() -> failed(code, message));
      case Resolution.Resolved model -> perform(input, schema, model, context);
    };
  }

  /// A plain word that is mapped to nothing means the run's own model; told once for each (L71).
  private Resolution model(@Nullable String asked, ActivityContext context) {
    var resolution = models.resolve(asked == null ? settings.model() : asked);
    if (asked == null
        || asked.indexOf('/') >= 0
        || !(resolution instanceof Resolution.Unresolved(_, var message))) {
      return resolution;
    }
    if (unmapped.size() < AgentLimits.UNMAPPED_MODELS
        && unmapped.add(context.run() + " " + asked)) {
      var text = message + " The run's own model is used.";
      heard(context, new AgentEvent.Notice("model_unmapped", text));
    }
    return models.resolve(settings.model());
  }

  private ActivityResult perform(
      AgentInput input,
      @Nullable AnswerSchema schema,
      Resolution.Resolved model,
      ActivityContext context)
      throws InterruptedException {
    if (model.price() == null && StepMeter.countsMoney(context.allowance())) {
      return failed(
          "price_unknown",
          "its budget is money and the price of " + model.reference() + " is not known");
    }
    var offline = model.provider().id().equals(OfflineProvider.ID);
    var report = new AgentReport(model.reference(), offline);
    var turns = Math.min(settings.maxTurns(), input.bounds().maxTurns());
    var task = new AgentTask(model, system, input.prompt(), tools, schema, turns);
    var meter = new StepMeter(context, model.price());
    Consumer<AgentEvent> events = report.andThen(each -> heard(context, each));
    var ending =
        new AgentAttempts(task, input.bounds(), meter, events, nanos)
            .run("agent-" + context.seq(), context.cancellation());
    return switch (ending) {
      case LimitedWork.Ending.Done<AgentOutcome>(var outcome) -> result(outcome, report.json());
      case LimitedWork.Ending.Stopped<AgentOutcome> _ ->
          context.cancellation().isCancelled()
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

  private static ActivityResult result(AgentOutcome outcome, String report) {
    return switch (outcome) {
      case AgentOutcome.Answered(var value) -> new ActivityResult.Completed(value, report);
      case AgentOutcome.Ended(var code, var message) -> ended(code, message, report);
    };
  }

  private static ActivityResult ended(String code, String message, String report) {
    return parked(code, message)
        .orElseGet(() ->
            LOSS_REASONS.contains(code)
                ? new ActivityResult.Failed(code, message, report)
                : new ActivityResult.Failed("failed", code + ": " + message, report));
  }

  /// Whether a run waits for somebody to act where an agent ends like this.
  static boolean parks(String code) {
    return PARKING.containsKey(code);
  }

  private static Optional<ActivityResult> parked(String code, String message) {
    return Optional.ofNullable(PARKING.get(code))
        .map(reason -> new ActivityResult.Suspended(reason, code, message));
  }

  private void heard(ActivityContext context, AgentEvent event) {
    listener.heard(context.run(), context.seq(), event);
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, NO_REPORT);
  }
}
