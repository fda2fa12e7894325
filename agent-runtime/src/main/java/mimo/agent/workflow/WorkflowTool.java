package mimo.agent.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.tool.Need;
import mimo.agent.tool.Standing;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.workflow.WorkflowLauncher.Answered;
import mimo.agent.workflow.WorkflowLauncher.Launched;
import mimo.agent.workflow.WorkflowLauncher.Script;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Starts and follows workflows for the agent of a session (A42). Thread-safe.
public final class WorkflowTool implements Tool {

  static final String NAME = "workflow";

  private static final String RUN = "run";
  private static final String SCRIPT = "script";
  private static final String ARGS = "args";

  private static final ToolSpec SPEC =
      new ToolSpec(
          NAME,
          """
          Runs workflows: scripts that split work among many agents. run starts one, by name or \
          script file, and its result comes to you by itself. answer puts a question of a run to \
          the user.\
          """,
          """
          {"type":"object","properties":{\
          "action":{"type":"string","enum":\
          ["list","run","status","wait","answer","resume","cancel"]},\
          "name":{"type":"string","description":"with run: as list shows it"},\
          "script":{"type":"string","description":"with run: or a file of the workspace"},\
          "args":{"type":"object","description":"with run: its arguments"},\
          "run":{"type":"string","description":"id of a run; status, wait: none for all here"},\
          "step":{"type":"integer","description":"with answer, if several ask"},\
          "timeout":{"type":"integer","minimum":1,"description":"wait: seconds, at most %d"}},\
          "required":["action"],"additionalProperties":false}\
          """
              .formatted(AgentLimits.AWAITED_SECONDS),
          ToolSpec.Effect.CHANGES);

  private final SessionRuns runs;
  private final WorkflowLauncher launcher;

  public WorkflowTool(SessionRuns runs, WorkflowLauncher launcher) {
    this.runs = runs;
    this.launcher = launcher;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return input.has(SCRIPT)
        ? List.of(new Need.Use(), new Need.Read(input.path(SCRIPT).asText()))
        : List.of(new Need.Use());
  }

  @Override
  public Optional<Standing> standing() {
    var working =
        runs.live().stream()
            .sorted()
            .map(run -> "- the workflow run " + run + " works")
            .collect(Collectors.joining("\n"));
    return working.isEmpty()
        ? Optional.empty()
        : Optional.of(new Standing(Standing.Kind.RUNNING, working));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    return switch (input.path("action").asText()) {
      case "list" -> Result.ok(String.join("\n", launcher.list()));
      case RUN -> start(input);
      case "status" -> status(input);
      case "wait" -> await(input, cancellation);
      case "answer" -> answer(input);
      case "resume" -> named(input) == null ? unnamed() : begun(launcher.resume(nameOf(input)));
      case "cancel" -> named(input) == null ? unnamed() : launcher.cancel(nameOf(input));
      case String other ->
          Result.error(
              "there is no action '"
                  + other
                  + "'; list, run, status, wait, answer, resume, cancel");
    };
  }

  private static @Nullable String named(ObjectNode input) {
    var run = input.path(RUN).asText();
    return run.isBlank() ? null : run;
  }

  private static String nameOf(ObjectNode input) {
    return input.path(RUN).asText();
  }

  private static Result unnamed() {
    return Result.error("'run' is missing: the id of a run");
  }

  private Result start(ObjectNode input) throws InterruptedException {
    var name = input.path("name").asText();
    var file = input.path(SCRIPT).asText();
    if (name.isBlank() == file.isBlank()) {
      return Result.error("give a 'name' or a 'script'; list shows the names");
    }
    var crowded = runs.refusal();
    if (crowded.isPresent()) {
      return Result.error(crowded.get());
    }
    var script = file.isBlank() ? new Script.Named(name) : new Script.InFile(file);
    return begun(launcher.start(script, arguments(input.path(ARGS))));
  }

  private static @Nullable String arguments(JsonNode given) {
    return given.isMissingNode() ? null : given.isTextual() ? given.asText() : Json.write(given);
  }

  private Result begun(Launched launched) {
    return switch (launched) {
      case Launched.Refused(var why) -> Result.error(why);
      case Launched.Working(var run) -> {
        runs.follow(run);
        yield Result.ok(SessionRuns.begun(run.id()));
      }
    };
  }

  private Result status(ObjectNode input) {
    if (named(input) != null) {
      return launcher.status(nameOf(input));
    }
    var lines =
        runs.live().stream()
            .sorted()
            .map(run -> launcher.status(run).text())
            .collect(Collectors.joining("\n\n"));
    return Result.ok(lines.isEmpty() ? "No workflow of this session is at work." : lines);
  }

  private Result await(ObjectNode input, CancellationToken cancellation)
      throws InterruptedException {
    var awaited = named(input) == null ? runs.live() : Set.of(nameOf(input));
    int seconds =
        Math.min(
            input.path("timeout").asInt(AgentLimits.AWAITED_SECONDS), AgentLimits.AWAITED_SECONDS);
    boolean rest;
    try (var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
      rest = runs.await(awaited, TimeUnit.SECONDS.toNanos(seconds));
    }
    return Result.ok(
        rest
            ? "None of them is at work. What was not yet told follows."
            : "After %d s still at work: %s".formatted(seconds, String.join(", ", runs.live())));
  }

  /// A run that waited for the answer and nothing else goes on at once.
  private Result answer(ObjectNode input) throws InterruptedException {
    if (named(input) == null) {
      return unnamed();
    }
    var step = input.has("step") ? Integer.valueOf(input.path("step").asInt()) : null;
    return switch (launcher.answer(nameOf(input), step)) {
      case Answered.Refused(var why) -> Result.error(why);
      case Answered.Taken(var run, var text) -> {
        if (runs.isLive(run)) {
          yield Result.ok(text);
        }
        var resumed = begun(launcher.resume(run));
        yield new Result(text + "\n" + resumed.text(), resumed.status());
      }
    };
  }
}
