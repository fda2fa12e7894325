package mimo.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mimo.agent.json.Json;
import mimo.cli.command.Launch;
import mimo.cli.command.Runs;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.mcp.ServedTool.Caller;
import mimo.cli.mcp.ServedTool.Effect;
import mimo.cli.script.NamedWorkflow;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.GateWords;
import mimo.cli.terminal.Outcome;
import mimo.engine.AskedGate;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.RunId;
import org.jspecify.annotations.Nullable;

/// The tools mimo offers to other programs: what they can learn of workflows, and do with runs.
/// Thread-safe.
final class ServedTools {

  private static final int WAIT_SECONDS = 50;
  private static final int MOST_SECONDS = 3_600;
  private static final int MOST_LISTED = 100;
  private static final int MOST_VALUE_CHARS = 200_000;
  private static final List<String> OVER = List.of("completed", "failed", "cancelled");

  private static final String WAITING =
      """
      "wait_seconds":{"type":"integer","minimum":0,"maximum":%d,"description":"how long to \
      wait for the end; default %d. The run goes on afterwards"}\
      """
          .formatted(MOST_SECONDS, WAIT_SECONDS);

  private static final String RUN =
      """
      "run":{"type":"string","description":"the run's id, or its first digits"}\
      """;

  private final ServedWorkflows workflows;
  private final ServedRuns served;

  ServedTools(ServedWorkflows workflows, ServedRuns served) {
    this.workflows = workflows;
    this.served = served;
  }

  List<ServedTool> all() {
    return List.of(
        listWorkflows(),
        describeWorkflow(),
        runWorkflow(),
        runStatus(),
        waitRun(),
        listRuns(),
        answerRun(),
        resumeRun(),
        cancelRun());
  }

  private ServedTool listWorkflows() {
    return new ServedTool(
        "list_workflows",
        "Lists the workflows that can be run here by name.",
        schema(""),
        Effect.READS,
        (_, _) -> listed());
  }

  private ServedTool describeWorkflow() {
    return new ServedTool(
        "describe_workflow",
        "Says what a workflow does and which arguments it takes.",
        schema("\"workflow\":{\"type\":\"string\",\"description\":\"its name\"}", "workflow"),
        Effect.READS,
        (input, _) -> described(text(input, "workflow")));
  }

  private ServedTool runWorkflow() {
    return new ServedTool(
        "run_workflow",
        "Starts a durable run of a workflow and waits for its end, up to wait_seconds. The"
            + " result holds the run's id, its status, and its value once it is completed.",
        schema(
            """
            "workflow":{"type":"string","description":"its name"},\
            "arguments":{"description":"what the workflow takes, as JSON"},\
            "model":{"type":"string","description":"provider/id, where not the default"},\
            "budget":{"type":"string","description":"what it may spend, such as 2usd or 500k"},\
            """
                + WAITING,
            "workflow"),
        Effect.CHANGES,
        this::run);
  }

  private ServedTool runStatus() {
    return new ServedTool(
        "run_status",
        "Says how a run stands: its status, its value, or the questions it waits for.",
        schema(RUN, "run"),
        Effect.READS,
        (input, _) -> status(id(input)));
  }

  private ServedTool waitRun() {
    return new ServedTool(
        "wait_run",
        "Waits for a run that works here to end, up to wait_seconds, and says how it stands.",
        schema(RUN + "," + WAITING, "run"),
        Effect.READS,
        (input, caller) -> awaited(id(input), input, caller));
  }

  private ServedTool listRuns() {
    return new ServedTool(
        "list_runs",
        "Lists the newest runs and how each stands.",
        schema(""),
        Effect.READS,
        (_, _) -> runs());
  }

  private ServedTool answerRun() {
    return new ServedTool(
        "answer_run",
        "Answers a question a run waits for, and goes on with the run.",
        schema(
            RUN
                + """
                ,"step":{"type":"integer","description":"the step that asks, if several do"},\
                "answer":{"type":"string","description":"the answer"},\
                """
                + WAITING,
            "run",
            "answer"),
        Effect.CHANGES,
        this::answer);
  }

  private ServedTool resumeRun() {
    return new ServedTool(
        "resume_run",
        "Takes up a run that was cut off, paused or parked, exactly where it stopped.",
        schema(RUN + "," + WAITING, "run"),
        Effect.CHANGES,
        (input, caller) -> awaited(served.resume(id(input)), input, caller));
  }

  private ServedTool cancelRun() {
    return new ServedTool(
        "cancel_run",
        "Stops a run for good.",
        schema(RUN, "run"),
        Effect.CHANGES,
        (input, _) -> cancel(id(input)));
  }

  private static String schema(String properties, String... required) {
    var json = Json.object().put("type", "object");
    json.set("properties", Json.parse("{" + properties + "}"));
    var names = json.putArray("required");
    List.of(required).forEach(names::add);
    json.put("additionalProperties", false);
    return Json.write(json);
  }

  private static String text(ObjectNode input, String name) {
    var text = input.path(name).asText();
    if (text.isBlank()) {
      throw new CommandException("bad_argument", "'" + name + "' is missing");
    }
    return text;
  }

  private RunId id(ObjectNode input) {
    return workflows.runs().get().id(text(input, "run"));
  }

  private ObjectNode listed() {
    var json = Json.object();
    var all = json.putArray("workflows");
    workflows.scripts().list().stream()
        .filter(workflow -> workflow.problem() == null && !workflow.shadowed())
        .forEach(workflow ->
            all.addObject()
                .put("name", workflow.name())
                .put("origin", workflow.origin().word())
                .put("description", workflow.description()));
    return json;
  }

  private ObjectNode described(String name) {
    var found = workflows.scripts().named(name);
    var meta = NamedWorkflow.of(name, found.origin(), found.script());
    var json =
        Json.object()
            .put("name", name)
            .put("origin", found.origin().word())
            .put("title", meta.title())
            .put("description", meta.description());
    workflows.scripts().builtins().readme(name).ifPresent(text -> json.put("readme", text));
    return json;
  }

  private ObjectNode run(ObjectNode input, Caller caller) throws InterruptedException {
    var arguments = input.path("arguments");
    var name = text(input, "workflow");
    // Whoever names a path agrees to what is there; here that is the workspace's, and no person's.
    if (Scripts.isPath(name)) {
      throw new CommandException(
          "workflow_unknown", "a workflow is run by its name, not by the path " + name);
    }
    var launch =
        new Launch(
            workflows.scripts().find(name),
            arguments.isMissingNode() || arguments.isNull() ? null : Json.write(arguments),
            optional(input, "model"),
            optional(input, "budget"),
            Launch.Size.UNSAID,
            null,
            null,
            Launch.Models.ANY,
            "-");
    return awaited(served.start(launch), input, caller);
  }

  private static @Nullable String optional(ObjectNode input, String name) {
    var text = input.path(name).asText("");
    return text.isBlank() ? null : text;
  }

  private ObjectNode awaited(RunId run, ObjectNode input, Caller caller)
      throws InterruptedException {
    int seconds = Math.clamp(input.path("wait_seconds").asInt(WAIT_SECONDS), 0, MOST_SECONDS);
    served.await(run, Duration.ofSeconds(seconds), caller::progress, caller.cancellation());
    return status(run);
  }

  private ObjectNode status(RunId run) {
    var runs = workflows.runs().get();
    var line = runs.find(run.value());
    var json = json(line);
    if (OVER.contains(line.status())) {
      outcome(Outcome.told(line.id(), line.status(), runs.events(line.id())), json);
    }
    var questions = runs.gates(line.id()).stream().filter(AskedGate::open).toList();
    if (!questions.isEmpty()) {
      var asked = json.putArray("questions");
      questions.forEach(
          gate -> asked.addObject().put("step", gate.seq()).put("question", gate.question()));
    }
    return json;
  }

  private static ObjectNode json(Runs.Line line) {
    var json =
        Json.object()
            .put("run", line.id().value())
            .put("workflow", line.workflow())
            .put("status", line.status())
            .put("steps", line.steps())
            .put("lost", line.losses());
    if (line.parking() != null) {
      json.put("waits_for", line.parking().reason().word());
      json.set("failure", failure(line.parking().failure()));
    }
    return json;
  }

  private static void outcome(Outcome outcome, ObjectNode json) {
    var value = outcome.value();
    if (value != null && value.length() > MOST_VALUE_CHARS) {
      json.put("value_cut", value.substring(0, MOST_VALUE_CHARS));
    } else if (value != null) {
      json.set("value", Json.parse(value));
    }
    if (outcome.failure() != null) {
      json.set("failure", failure(outcome.failure()));
    }
  }

  static ObjectNode failure(Failure failure) {
    var json = Json.object().put("code", failure.code()).put("message", failure.message());
    if (failure.position() != null) {
      json.put("position", failure.position().toString());
    }
    return json;
  }

  private ObjectNode runs() {
    var json = Json.object();
    var all = json.putArray("runs");
    workflows.runs().get().list().stream().limit(MOST_LISTED).forEach(line -> all.add(json(line)));
    return json;
  }

  private ObjectNode answer(ObjectNode input, Caller caller) throws InterruptedException {
    var runs = workflows.runs().get();
    var run = id(input);
    var gate = gate(run, input);
    var words = new GateWords(gate.question(), gate.schema(), gate.fallback());
    var meaning = words.meaning(text(input, "answer"));
    var misfit = words.misfit(meaning);
    if (misfit.isPresent()) {
      throw new CommandException("answer_misfit", "step " + gate.seq() + ": " + misfit.get());
    }
    if (runs.answer(run, gate, meaning, "MCP client")
        instanceof ControlOutcome.Refused(var code, var message)) {
      throw new CommandException(code, message);
    }
    // Whoever works on it has heard; a run nobody works on is taken up.
    if (runs.find(run.value()).status().equals("parked")) {
      served.resume(run);
    }
    return awaited(run, input, caller);
  }

  private AskedGate gate(RunId run, ObjectNode input) {
    var step = Optional.of(input.path("step")).filter(node -> node.isInt());
    var open =
        workflows.runs().get().gates(run).stream()
            .filter(AskedGate::open)
            .filter(gate -> step.isEmpty() || step.get().asInt() == gate.seq())
            .toList();
    if (open.size() != 1) {
      throw new CommandException(
          "bad_argument",
          open.isEmpty()
              ? "run " + run + " asks nothing of the kind"
              : "run " + run + " asks more than one thing; name the step");
    }
    return open.getFirst();
  }

  private ObjectNode cancel(RunId run) throws InterruptedException {
    try (var watch = workflows.runs().get().watch()) {
      if (watch.ask(run, new ControlRequest.Cancel())
          instanceof ControlOutcome.Refused(var code, var message)) {
        throw new CommandException(code, message);
      }
    }
    return status(run);
  }
}
