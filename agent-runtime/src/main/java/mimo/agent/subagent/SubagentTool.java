package mimo.agent.subagent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.TurnOutcome;
import mimo.agent.output.AnswerSchema;
import mimo.agent.subagent.Subagent.Ended;
import mimo.agent.subagent.Subagent.Task;
import mimo.agent.subagent.Subagents.Begun;
import mimo.agent.subagent.Subagents.Manner;
import mimo.agent.subagent.Subagents.Order;
import mimo.agent.tool.Standing;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Has other agents work for the agent of a session (A42). Thread-safe.
///
/// An answer is told once: as the result of `run`, or by itself. So `wait` only waits.
public final class SubagentTool implements Tool {

  static final String NAME = "agent";

  private static final String USUAL = "general";
  private static final String PROMPT = "prompt";
  private static final String ID = "id";

  /// What one does may change something, so one runs alone; `spawn` is for several at once.
  private static final ToolSpec SPEC =
      new ToolSpec(
          NAME,
          """
          Has another agent work on a part of the task, in a context of its own: give it all it \
          needs to know. run waits for its answer; spawn does not, the answer comes to you by \
          itself. explore only looks; general can do what you can.\
          """,
          """
          {"type":"object","properties":{\
          "action":{"type":"string","enum":["run","spawn","status","wait","send","cancel"]},\
          "type":{"type":"string","description":"which agent; default general"},\
          "prompt":{"type":"string","description":"with run, spawn, send"},\
          "model":{"type":"string"},\
          "output_schema":{"type":"object","description":"JSON Schema of the answer"},\
          "id":{"type":"string","description":"such as A1; status, wait: none for all"},\
          "timeout":{"type":"integer","minimum":1,"description":"wait: seconds, at most %d"}},\
          "required":["action"],"additionalProperties":false}\
          """
              .formatted(AgentLimits.AWAITED_SECONDS),
          ToolSpec.Effect.CHANGES);

  private final Subagents subagents;
  private final ParentRights rights;
  private final String model;

  /// @param rights those of the agent which has the tool
  /// @param model who thinks for that agent: `provider/id`
  public SubagentTool(Subagents subagents, ParentRights rights, String model) {
    this.subagents = subagents;
    this.rights = rights;
    this.model = model;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    return switch (input.path("action").asText()) {
      case "run" -> begin(input, Manner.AWAITED, cancellation);
      case "spawn" -> begin(input, Manner.BACKGROUND, cancellation);
      case "status" -> status(input);
      case "wait" -> await(input, cancellation);
      case "send" -> send(input);
      case "cancel" -> cancel(input);
      case String other ->
          Result.error(
              "there is no action '" + other + "'; run, spawn, status, wait, send, cancel");
    };
  }

  @Override
  public Optional<Standing> standing() {
    var working =
        subagents.all().stream()
            .filter(Subagent::works)
            .map(Subagent::identity)
            .map(who -> "- the agent %s (%s) works".formatted(who.name(), who.agent()))
            .collect(Collectors.joining("\n"));
    return working.isEmpty()
        ? Optional.empty()
        : Optional.of(new Standing(Standing.Kind.RUNNING, working));
  }

  private Result begin(ObjectNode input, Manner manner, CancellationToken cancellation)
      throws InterruptedException {
    var answered = new CompletableFuture<Ended>();
    Consumer<Ended> told = manner == Manner.AWAITED ? answered::complete : subagents::arrive;
    AnswerSchema schema = null;
    if (input.has("output_schema")) {
      switch (AnswerSchema.read(input.get("output_schema"))) {
        case AnswerSchema.Reading.Invalid(var why) -> {
          return Result.error("'output_schema' " + why);
        }
        case AnswerSchema.Reading.Usable(var usable) -> schema = usable;
      }
    }
    var task = task(input, schema, told);
    if (task == null) {
      return Result.error("'prompt' is missing: what shall it do?");
    }
    var order =
        new Order(input.path("type").asText(USUAL), input.path("model").textValue(), model, manner);
    return switch (subagents.begin(order, task)) {
      case Begun.Refused(var why) -> Result.error(why);
      case Begun.Working(var agent) ->
          manner == Manner.AWAITED
              ? answer(agent, answered, cancellation)
              : Result.ok(
                  ("%s (%s) is at work. Its answer comes to you by itself; wait for it before you"
                          + " end.")
                      .formatted(agent.identity().name(), agent.identity().agent()));
    };
  }

  private @Nullable Task task(
      ObjectNode input, @Nullable AnswerSchema schema, Consumer<Ended> told) {
    var prompt = input.path(PROMPT).asText();
    return prompt.isBlank() ? null : new Task(prompt, schema, rights, told);
  }

  /// Whoever stops waiting for an answer has no use for it.
  private static Result answer(
      Subagent agent, CompletableFuture<Ended> answered, CancellationToken cancellation)
      throws InterruptedException {
    try (var _ = cancellation.onCancel(agent::stop)) {
      var ended = answered.get();
      var report = Told.report(ended);
      return ended.outcome() instanceof TurnOutcome.Answered
          ? Result.ok(report)
          : Result.error(report);
    } catch (InterruptedException stopped) {
      agent.stop();
      throw stopped;
    } catch (ExecutionException never) {
      throw new IllegalStateException("an answer that failed", never);
    }
  }

  private Result status(ObjectNode input) {
    if (input.has(ID)) {
      return subagents
          .find(input.path(ID).asText())
          .map(agent -> Result.ok(Told.line(agent.standing())))
          .orElseGet(() -> unknown(input));
    }
    var lines = subagents.standings().stream().map(Told::line).collect(Collectors.joining("\n"));
    return Result.ok(lines.isEmpty() ? "There are no subagents yet." : lines);
  }

  private Result unknown(ObjectNode input) {
    var known =
        subagents.all().stream()
            .map(agent -> agent.identity().name())
            .collect(Collectors.joining(", "));
    return Result.error(
        "there is no subagent '%s'; there are %s"
            .formatted(input.path(ID).asText(), known.isEmpty() ? "none yet" : known));
  }

  private Result await(ObjectNode input, CancellationToken cancellation)
      throws InterruptedException {
    List<Subagent> awaited = subagents.all();
    if (input.has(ID)) {
      var one = subagents.find(input.path(ID).asText());
      if (one.isEmpty()) {
        return unknown(input);
      }
      awaited = List.of(one.get());
    }
    int seconds =
        Math.min(
            input.path("timeout").asInt(AgentLimits.AWAITED_SECONDS), AgentLimits.AWAITED_SECONDS);
    long patience = TimeUnit.SECONDS.toNanos(seconds);
    try (var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
      for (var agent : awaited) {
        patience = agent.await(patience);
      }
    }
    var lines =
        awaited.stream()
            .map(agent -> Told.line(agent.standing()))
            .collect(Collectors.joining("\n"));
    return Result.ok(
        awaited.isEmpty()
            ? "There are no subagents yet."
            : lines + "\nWhat was answered and not yet told follows.");
  }

  private Result send(ObjectNode input) {
    var agent = subagents.find(input.path(ID).asText());
    if (agent.isEmpty()) {
      return unknown(input);
    }
    var task = task(input, null, subagents::arrive);
    if (task == null) {
      return Result.error("'prompt' is missing: what shall it hear?");
    }
    boolean works = agent.get().works();
    var refusal = works ? null : subagents.refusal().orElse(null);
    if (refusal != null) {
      return Result.error(refusal);
    }
    var name = agent.get().identity().name();
    return agent.get().ask(task)
        ? Result.ok(
            name
                + (works ? " hears it once it is done with what it does" : " is at work")
                + ". Its answer comes to you by itself.")
        : Result.error("too much waits for " + name + " already; wait for it first");
  }

  private Result cancel(ObjectNode input) {
    var agent = subagents.find(input.path(ID).asText());
    return agent
        .map(each ->
            Result.ok(
                each.identity().name()
                    + (each.stop() ? " is being stopped." : " does nothing at the moment.")))
        .orElseGet(() -> unknown(input));
  }
}
