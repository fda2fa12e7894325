package mimo.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import mimo.agent.file.AttachedText;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.question.Asker;
import mimo.agent.tool.Tool;
import mimo.agent.workflow.WorkflowLauncher;
import mimo.cli.command.Launch;
import mimo.cli.command.Resumption;
import mimo.cli.command.Runs;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.script.NamedWorkflow;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.GateWords;
import mimo.cli.terminal.Outcome;
import mimo.engine.AskedGate;
import mimo.engine.CancellationToken;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.RunId;
import org.jspecify.annotations.Nullable;

/// The workflows of this folder, and the runs of this machine's store, for the agent of a session.
/// Thread-safe: each call has runs of its own to speak with.
///
/// @param here the workflows, where nobody is asked whether he trusts them
/// @param model who thinks in runs that are started: `provider/id`
/// @param asker answers what runs ask
record LocalWorkflows(Supplier<Runs> runs, Scripts here, PathGuard guard, String model, Asker asker)
    implements WorkflowLauncher {

  /// What a repository brings along runs by its name, if it is trusted, and not by its path: it
  /// would not be the user who named it (A57).
  private static final Set<String> BROUGHT_ALONG = Set.of(".mimocode", ".claude");

  private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");

  private static final String USER = "user.name";

  /// Something that a command could refuse.
  private interface Attempt<T> {
    T make() throws InterruptedException;
  }

  @Override
  public List<String> list() {
    return here.list().stream()
        .filter(workflow -> workflow.problem() == null && !workflow.shadowed())
        .map(LocalWorkflows::line)
        .toList();
  }

  private static String line(NamedWorkflow workflow) {
    return "%s  (%s)  %s"
        .formatted(workflow.name(), workflow.origin().word(), workflow.description());
  }

  @Override
  public Launched start(Script script, @Nullable String arguments) throws InterruptedException {
    return launched(() -> {
      var launch =
          new Launch(
              script(script),
              arguments,
              model,
              null,
              Launch.Size.UNSAID,
              null,
              null,
              Launch.Models.ANY,
              "-");
      return runs.get().start(launch, Audience.of(List.of()));
    });
  }

  @Override
  public Launched resume(String run) throws InterruptedException {
    return launched(
        () -> runs.get().resume(runs.get().id(run), Resumption.EXACT, Audience.of(List.of())));
  }

  private Launched launched(Attempt<Runs.Running> attempt) throws InterruptedException {
    try {
      return new Launched.Working(new Live(attempt.make()));
    } catch (CommandException refused) {
      return new Launched.Refused(words(refused.failure()));
    }
  }

  private mimo.cli.script.Script script(Script script) {
    return switch (script) {
      case Script.Named(var name) -> {
        if (name.contains("/") || Scripts.isScript(name)) {
          throw new CommandException(
              "workflow_unknown", "'" + name + "' is no name; give a file as 'script'");
        }
        yield here.find(name);
      }
      case Script.InFile(var path) -> file(path);
    };
  }

  private mimo.cli.script.Script file(String path) {
    if (guard.locate(guard.relative(path)) instanceof Location.Inside(_, var real, _)) {
      for (var part : real) {
        if (BROUGHT_ALONG.contains(part.toString())) {
          throw new CommandException(
              "untrusted", path + " is the repository's own: run it by its name");
        }
      }
      if (!Scripts.isScript(real.toString())) {
        throw new CommandException("script_invalid", path + " is no script by its ending");
      }
    }
    return switch (AttachedText.read(guard, path)) {
      case AttachedText.Refused(var code, var message) -> throw new CommandException(code, message);
      case AttachedText.Found(var text) ->
          new mimo.cli.script.Script(guard.relative(path), real(path).toString(), text);
    };
  }

  private Path real(String path) {
    return guard.locate(guard.relative(path)) instanceof Location.Inside(_, var real, _)
        ? guard.root().resolve(real)
        : guard.root().resolve(path);
  }

  @Override
  public Tool.Result status(String run) {
    try {
      var line = runs.get().find(run);
      var lines = new ArrayList<String>();
      lines.add(
          "run %s  %s  %s  %d steps, %d lost"
              .formatted(line.id(), line.workflow(), line.status(), line.steps(), line.losses()));
      if (line.parking() != null) {
        lines.add("waits: " + words(line.parking().failure()));
      }
      lines.addAll(questions(line.id()));
      return Tool.Result.ok(String.join("\n", lines));
    } catch (CommandException refused) {
      return Tool.Result.error(words(refused.failure()));
    }
  }

  private List<String> questions(RunId run) {
    return runs.get().gates(run).stream()
        .filter(AskedGate::open)
        .map(gate -> "asks at step " + gate.seq() + ": " + gate.question())
        .toList();
  }

  @Override
  public Tool.Result cancel(String run) throws InterruptedException {
    try (var watch = runs.get().watch()) {
      var id = watch.find(run).id();
      return switch (watch.ask(id, new ControlRequest.Cancel())) {
        case ControlOutcome.Applied() -> Tool.Result.ok("Run " + id + " is cancelled.");
        case ControlOutcome.Open() ->
            Tool.Result.ok("Run " + id + " will be cancelled by whoever works on it.");
        case ControlOutcome.Refused(var code, var message) ->
            Tool.Result.error(code + ": " + message);
      };
    } catch (CommandException refused) {
      return Tool.Result.error(words(refused.failure()));
    }
  }

  @Override
  public Answered answer(String run, @Nullable Integer step) throws InterruptedException {
    try {
      var id = runs.get().id(run);
      var open =
          runs.get().gates(id).stream()
              .filter(gate -> gate.open() && (step == null || gate.seq() == step))
              .toList();
      return open.size() == 1
          ? answered(id, open.getFirst())
          : new Answered.Refused(
              open.isEmpty()
                  ? "run " + id + " asks nothing of the kind"
                  : "run "
                      + id
                      + " asks more than one thing; name the step:\n"
                      + String.join("\n", questions(id)));
    } catch (CommandException refused) {
      return new Answered.Refused(words(refused.failure()));
    }
  }

  private Answered answered(RunId run, AskedGate gate) throws InterruptedException {
    var words = new GateWords(gate.question(), gate.schema(), gate.fallback());
    var question = "Run " + run + ", step " + gate.seq() + ", asks: " + gate.question();
    var never = CancellationToken.never();
    return switch (asker.ask(new Asker.Question(question, words.choices()), never)) {
      case Asker.Reply.Nobody() ->
          new Answered.Refused(
              "nobody is there to answer; the user can: mimo runs answer " + run + " VALUE");
      case Asker.Reply.Answered(var typed) -> {
        var meaning = words.meaning(typed);
        var misfit = words.misfit(meaning);
        yield misfit.isPresent()
            ? new Answered.Refused(misfit.get())
            : passedOn(run, gate, meaning);
      }
    };
  }

  private Answered passedOn(RunId run, AskedGate gate, String meaning) throws InterruptedException {
    var who = System.getProperty(USER, "somebody");
    return switch (runs.get().answer(run, gate, meaning, who)) {
      case ControlOutcome.Refused(var code, var message) ->
          new Answered.Refused(code + ": " + message);
      case ControlOutcome.Applied(), ControlOutcome.Open() ->
          new Answered.Taken(run.value(), "The user answered step " + gate.seq() + ": " + meaning);
    };
  }

  @Override
  public Optional<Ended> ended(String run) {
    try {
      var line = runs.get().find(run);
      return OVER.contains(line.status())
          ? Optional.of(
              ended(
                  Outcome.told(line.id(), line.status(), runs.get().events(line.id())), List.of()))
          : Optional.empty();
    } catch (CommandException gone) {
      return Optional.empty();
    }
  }

  private static Ended ended(Outcome outcome, List<String> questions) {
    var failure = outcome.failure();
    var text =
        failure == null
            ? outcome.text().orElse(String.valueOf(outcome.value()))
            : String.join("\n", words(failure), String.join("\n", questions)).strip();
    var lost =
        outcome.losses().isEmpty()
            ? ""
            : "\n(%d agents were lost)".formatted(outcome.losses().size());
    return new Ended(
        String.valueOf(outcome.run()),
        outcome.status(),
        OVER.contains(outcome.status()),
        text + lost);
  }

  private static String words(Failure failure) {
    var at = failure.position();
    return failure.code() + ": " + (at == null ? "" : at + ": ") + failure.message();
  }

  /// A run this process works on.
  private final class Live implements LiveRun {
    private final Runs.Running running;

    Live(Runs.Running running) {
      this.running = running;
    }

    @Override
    public String id() {
      return running.id().value();
    }

    @Override
    public Ended await() throws InterruptedException {
      var outcome = Outcome.of(running.await(), false, running::source);
      return ended(
          outcome, outcome.status().equals("parked") ? questions(running.id()) : List.of());
    }

    @Override
    public void pause() {
      running.pause();
    }

    @Override
    public void close() {
      running.close();
    }
  }
}
