package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import mimo.agent.PlannedCalls.Planned;
import mimo.agent.ToolSource.Who;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.permission.Authority;
import mimo.agent.session.AgentSession;
import mimo.agent.session.AgentSession.Opening;
import mimo.agent.session.SessionAttempt;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.ReadBeforehand;
import mimo.agent.tool.Tool;
import mimo.agent.tool.Toolbox;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.redaction.Placeholders;
import org.jspecify.annotations.Nullable;

/// Performs the steps by which a script calls a tool itself, with no model between (L59): one of
/// those agents have, with the permissions agents have. Thread-safe.
///
/// The input is `{"tool", "input", "timeoutMs"?}`, and the value is what the tool answers, as a
/// JSON string. What happens is written down as for an agent's call: one that was cut off is not
/// run again, since nobody knows what it did (D27).
public final class ToolActivity implements Activity {

  private static final String NO_REPORT = "{}";
  private static final String BAD_ARGUMENT = "bad_argument";
  private static final String FAILED = "tool_failed";

  /// There is but one call in a step.
  private static final String CALL = "call";

  private final Authority authority;
  private final ToolSource tools;
  private final LongSupplier nanos;

  /// The activity behind `tool()`.
  ///
  /// @param authority what scripts may do
  /// @param nanos the monotonic clock
  public ToolActivity(Authority authority, ToolSource tools, LongSupplier nanos) {
    this.authority = authority;
    this.tools = tools;
    this.nanos = nanos;
  }

  /// What a step asks for.
  ///
  /// @param timeout how long it may take; null for as long as the tool lets it
  private record Asked(String tool, JsonNode input, @Nullable Duration timeout) {}

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    var json = Json.parse(request.input());
    var millis = json.path("timeoutMs");
    var asked =
        new Asked(
            json.path("tool").asText(),
            json.path("input"),
            millis.isMissingNode() ? null : Duration.ofMillis(millis.asLong()));
    if (Placeholders.in(asked.input().toString())) {
      return failed(FAILED, "not run: its input holds a mark in place of a secret");
    }
    return switch (AgentSession.open(context.session())) {
      case Opening.Lost(var reason) -> failed(FAILED, reason);
      // Nothing ends the session of a call but the step's own end.
      case Opening.Over over -> failed(FAILED, over.message());
      case Opening.Open(var session) -> perform(asked, session, context);
    };
  }

  private ActivityResult perform(Asked asked, AgentSession session, ActivityContext context)
      throws InterruptedException {
    var rights = authority;
    var who = new Who(context.run() + "/" + context.seq(), "", Who.Kind.WORKFLOWS);
    var situation = new ToolSource.Situation(rights, List.of(), session.recorded(), who);
    try (var box = ReadBeforehand.in(tools.open(situation))) {
      box.ready(Set.of(asked.tool()), context.cancellation());
      var tool = box.find(asked.tool());
      if (tool.isEmpty()) {
        return failed(
            BAD_ARGUMENT,
            "tool: there is no tool \"%s\"; there are %s"
                .formatted(asked.tool(), String.join(", ", box.names())));
      }
      return call(tool.get(), asked, new Work(box, session.current(), context));
    }
  }

  /// What a call is made with.
  private record Work(Toolbox box, SessionAttempt attempt, ActivityContext context) {}

  private ActivityResult call(Tool tool, Asked asked, Work work) throws InterruptedException {
    var arguments = asked.input().toString();
    if (tool.arguments(arguments) instanceof Arguments.Unfit(var fault)) {
      return failed(BAD_ARGUMENT, "tool: " + fault);
    }
    var consent = new Consent(authority, work.box(), work.attempt(), _ -> {});
    var calls =
        new ToolCalls(
            new ToolCalls.Equipment(work.box(), AgentTask.ChangeAhead.IGNORED, null),
            consent,
            work.attempt(),
            _ -> {},
            nanos);
    var call = new Content.ToolCall(CALL, tool.spec().name(), arguments);
    var context = work.context();
    var ending =
        LimitedWork.run(
            "tool-" + context.seq(),
            own ->
                calls
                    .run(
                        List.of(new Planned(call, null)),
                        new AgentLoop.Stops(own, context.pausing()))
                    .getFirst(),
            new Patience(asked.timeout(), null),
            context.cancellation());
    return switch (ending) {
      case LimitedWork.Ending.Done<Message.ToolAnswer>(var answer) -> result(answer);
      case LimitedWork.Ending.TimedOut<Message.ToolAnswer>(var limit) ->
          failed(FAILED, "the tool did not end within " + limit.toMillis() + " ms");
      case LimitedWork.Ending.Stalled<Message.ToolAnswer> _ ->
          throw new IllegalStateException("a tool may be silent");
      case LimitedWork.Ending.Stopped<Message.ToolAnswer> _ ->
          context.pausing().isCancelled()
              ? new ActivityResult.Cancelled()
              : failed(FAILED, "the tool was interrupted");
    };
  }

  private static ActivityResult result(Message.ToolAnswer answer) {
    return switch (answer.status()) {
      case OK ->
          new ActivityResult.Completed(
              Json.write(Json.object().textNode(answer.text())), NO_REPORT);
      case DENIED, SKIPPED -> failed("permission_denied", answer.text());
      case ERROR -> failed(FAILED, answer.text());
    };
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, NO_REPORT);
  }
}
