package mimo.compose;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.call.WorkflowCall;
import mimo.compose.call.WorkflowCall.Reference;
import mimo.engine.Delivery;
import mimo.engine.Entrance;
import mimo.engine.Loss;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.Digests;
import mimo.sandbox.Compilation;
import mimo.sandbox.ImportedFiles.Found;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// A script that another one runs, from the call to its answer (L44). Confined to the run's thread.
final class NestedRun {

  private final ScriptTree tree;
  private final ScriptExecution starter;
  private final WorkflowCall call;
  private final int budget;
  private final String seed;
  private String title = "";
  private @Nullable Sandbox realm;
  private @Nullable ScriptExecution script;
  private boolean admitted;
  private boolean over;

  /// @param budget the run's number of the budget that the call counts against
  NestedRun(ScriptTree tree, ScriptExecution starter, WorkflowCall call, int budget) {
    this.budget = budget;
    this.tree = tree;
    this.starter = starter;
    this.call = call;
    var key = call.key().value();
    // Not of when it was asked: an edit elsewhere must not change what it draws.
    this.seed = Digests.hex(starter.place().seed() + " " + key + " " + starter.occurrence(key));
  }

  int depth() {
    return starter.place().depth() + 1;
  }

  /// Whether somebody still waits for it.
  boolean isWanted() {
    return !over && !starter.hasEnded();
  }

  void refuseDepth() throws InterruptedException {
    refuse(
        new ComposeException(
            "workflow_depth",
            "workflows run at most %d deep inside one another"
                .formatted(ComposeLimits.NESTING_DEPTH)));
  }

  /// There is room: finds the script.
  void begin() throws InterruptedException {
    admitted = true;
    if (!isWanted()) {
      leave();
      return;
    }
    var caller = starter.place();
    switch (call.reference()) {
      case Reference.Inline(var text) -> {
        var position = call.position();
        var place = position == null ? caller.name() : position.toString();
        open(
            new ScriptText(
                "<inline at " + place + ">",
                new ScriptFile("inline", caller.location(), text),
                Optional.empty()));
      }
      case Reference.Name _, Reference.File _ ->
          tree.schedule(starter.placed(call.lookup(caller.location())), this::found);
    }
  }

  private void found(Delivery delivery) throws InterruptedException {
    if (!isWanted()) {
      leave();
      return;
    }
    tree.advance(delivery);
    switch (delivery.outcome()) {
      case StepOutcome.Completed(var value) -> open(ScriptText.parse(value));
      case StepOutcome.Failed(var code, var message) -> refuse(new ComposeException(code, message));
    }
  }

  private void open(ScriptText text) throws InterruptedException {
    ScriptExecution started;
    try {
      var program = read(text);
      if (!(enter(program) instanceof Entrance.Entered(var part))) {
        // What came of it before is on its way.
        return;
      }
      started = start(program, part);
    } catch (ComposeException refusal) {
      refuse(refusal);
      return;
    }
    script = started;
    started.drain();
    started.tellStarter();
  }

  /// A script that was found and compiled.
  private record Program(Sandbox realm, ScriptMeta meta, ScriptFiles files, ScriptPlace place) {}

  private Program read(ScriptText text) throws InterruptedException {
    var fresh = tree.sandbox().nested();
    realm = fresh;
    var files = new ArrayList<ScriptFile>();
    files.add(text.file());
    var meta = compile(fresh, text, files);
    text.argumentsSchema()
        .ifPresent(schema -> ArgumentCheck.check(meta.name(), call.arguments(), schema));
    var program = new ScriptFiles(files);
    var identity = identity(program, call.arguments());
    if (starter.isWithin(identity)) {
      throw new ComposeException(
          "workflow_cycle", "workflow '" + meta.name() + "' runs inside itself with the same args");
    }
    title = meta.name();
    return new Program(fresh, meta, program, place(meta, text, identity));
  }

  private Entrance enter(Program program) {
    var options = options(program);
    var models = tree.models();
    var request =
        NestedStep.request(call, title, program.files(), program.place(), options, models);
    return tree.enter(request.within(starter.part()), this::answered);
  }

  private ComposeOptions options(Program program) {
    var place = program.place();
    var dialect = Dialect.of(null, program.meta(), place.location());
    return tree.options().withDialect(dialect).within(place.workspace());
  }

  /// An earlier generation has what comes of it.
  private void answered(Delivery delivery) throws InterruptedException {
    leave();
    if (starter.hasEnded()) {
      return;
    }
    tree.advance(delivery);
    switch (delivery.outcome()) {
      case StepOutcome.Completed(var json) -> {
        var whole = NestedStep.Whole.of(json);
        tree.countAnswered(whole.agents());
        starter.count(whole.agents());
        answer("\"value\":" + finished(whole.value()), Optional.empty());
      }
      case StepOutcome.Failed(var code, var message) ->
          throw new IllegalStateException("only a value is reused: " + code + " " + message);
    }
  }

  private ScriptExecution start(Program program, int part) throws InterruptedException {
    var place = program.place();
    tree.losses().nest(place.number(), starter.key(call.number()));
    var options = options(program);
    var launch =
        GuestLaunches.of(program.files().text(), call.arguments(), seed, tree.world(), options);
    var gate =
        call.maxConcurrentAgents() == 0
            ? starter.gate()
            : new AgentGate(starter.gate(), call.maxConcurrentAgents());
    var terms = new ScriptExecution.Terms(gate, options.dialect(), budget(program.meta()), part);
    var from = new ScriptExecution.Starter(starter, this);
    var guest = program.realm().start(launch);
    return new ScriptExecution(tree, guest, place, from, terms);
  }

  /// The strictest of what the caller, the script itself and all around them allow (L96).
  private int budget(ScriptMeta meta) {
    int number = budget;
    for (var limit : List.of(call.budget(), meta.budget())) {
      if (limit.isPresent()) {
        var name = "workflow '%s'".formatted(meta.name());
        number = tree.openBudget(number, name, limit.get().toBudget());
      }
    }
    return number;
  }

  private ScriptPlace place(ScriptMeta meta, ScriptText text, String identity) {
    var fresh =
        new ScriptPlace.Fresh(
            tree.nextScript(),
            meta.name(),
            text.name(),
            text.file().location(),
            identity,
            seed,
            meta.model(),
            call.workspace());
    return starter.place().below(fresh, call.path(), call.phase());
  }

  /// What a program is, and what it was given.
  ///
  /// @param arguments JSON text; null if none were given
  static String identity(ScriptFiles program, @Nullable String arguments) {
    var given = arguments == null ? "none" : ContentKeys.of(arguments).value();
    return program.hash() + " " + given;
  }

  private ScriptMeta compile(Sandbox fresh, ScriptText text, List<ScriptFile> files)
      throws InterruptedException {
    var source = new ScriptSource(text.name(), text.file().text());
    var compilation =
        fresh.compile(
            source,
            (importer, specifier) -> imported(text, files, importer.name(), specifier),
            // Scripts have run beside this eraser by now: what it says is for this run alone.
            tree.texts().unchanged());
    return switch (compilation) {
      case Compilation.Rejected(var faults) -> throw fault(text, faults.getFirst());
      case Compilation.Compiled compiled -> meta(text, compiled.meta());
    };
  }

  private static ScriptMeta meta(ScriptText text, String json) {
    try {
      return ScriptMeta.parse(json);
    } catch (ComposeException wrong) {
      throw new ComposeException(wrong.code(), text.name() + ": " + wrong.getMessage());
    }
  }

  private static ComposeException fault(ScriptText text, ScriptFault fault) {
    var file = fault.file().isEmpty() ? text.name() : fault.file();
    var at = fault.line() < 1 ? file : file + ":" + fault.line() + ":" + fault.column();
    return new ComposeException(
        fault.code(), "%s: %s: %s".formatted(at, fault.name(), fault.message()));
  }

  /// Reads one imported file, as a step: what it held is journaled like the script itself.
  private Found imported(ScriptText text, List<ScriptFile> files, String importer, String specifier)
      throws InterruptedException {
    if (call.reference() instanceof Reference.Inline) {
      return new Found.Refused("script_invalid", "an inline script cannot import anything");
    }
    var wanted = new WorkflowCall.Import(text.name(), importer, specifier);
    var delivery = tree.await(starter.placed(call.lookup(wanted, text.file().location())));
    return switch (delivery.outcome()) {
      case StepOutcome.Failed(var code, var message) -> new Found.Refused(code, message);
      case StepOutcome.Completed(var value) -> {
        var file = ScriptText.parse(value);
        if (!files.contains(file.file())) {
          files.add(file.file());
        }
        yield new Found.File(new ScriptSource(file.name(), file.file().text()));
      }
    };
  }

  /// The script has ended: its starter goes on.
  void end(Ending ending) throws InterruptedException {
    var number = script == null ? 0 : script.place().number();
    var inside = tree.losses().leave(number);
    if (script != null) {
      starter.count(script.agents());
      tell(script, ending, inside);
    }
    leave();
    switch (ending) {
      case Ending.Finished(var value) -> answer("\"value\":" + finished(value), inside);
      case Ending.Failed failed -> answerFailure(failed, inside);
      case Ending.Abandoned _ -> {}
    }
  }

  /// Says what the script came to, for generations to come.
  private void tell(ScriptExecution ended, Ending ending, Optional<Loss> inside) {
    switch (ending) {
      case Ending.Finished(var value) ->
          tree.leave(
              ended.part(),
              inside.isPresent() || tree.losses().hidesSome()
                  ? NestedStep.lossy()
                  : new NestedStep.Whole(ended.agents(), value).toOutcome());
      case Ending.Failed failed ->
          tree.leave(ended.part(), new StepOutcome.Failed(failed.code(), failed.told()));
      case Ending.Abandoned _ -> {}
    }
  }

  private String finished(String value) {
    return call.settled()
        ? "{\"ok\":true,\"status\":\"succeeded\",\"workflowName\":%s,\"output\":%s}"
            .formatted(quoted(title), value)
        : value;
  }

  private void answerFailure(Ending.Failed failed, Optional<Loss> inside)
      throws InterruptedException {
    var message = "workflow '%s' failed: %s".formatted(title, failed.told());
    var error =
        JsonNodeFactory.instance.objectNode().put("code", failed.code()).put("message", message);
    if (call.settled()) {
      var record =
          JsonNodeFactory.instance
              .objectNode()
              .put("ok", false)
              .put("status", "failed")
              .put("workflowName", title)
              .putNull("output");
      record.set("error", error);
      answer("\"value\":" + record, inside);
    } else if (starter.answersNull()) {
      answer("\"value\":null", Optional.of(lost(failed, message, inside)));
    } else {
      answer("\"error\":" + error, inside);
    }
  }

  /// A nested run that is null is a loss (L107); one that failed for something lost in it is that.
  private Loss lost(Ending.Failed failed, String message, Optional<Loss> inside) {
    tree.log().write("lost workflow(" + title + "): " + message);
    if (inside.isPresent() && failed.code().equals("script_error")) {
      return inside.get();
    }
    var place = starter.place();
    var loss = new Loss(0, "workflow(" + title + ")", place.phase(call.phase()), failed.code());
    tree.losses().add(starter.key(call.number()), loss);
    return loss;
  }

  private void answer(String content, Optional<Loss> loss) throws InterruptedException {
    var told = loss.map(this::told).map(json -> ",\"loss\":" + json).orElse("");
    starter.settle(call.number(), tree.resolved("{" + content + told + "}"));
  }

  private ObjectNode told(Loss loss) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("call", call.number())
        .put("label", loss.label())
        .put("reason", loss.reason());
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  private void refuse(ComposeException refusal) throws InterruptedException {
    leave();
    starter.settle(
        call.number(), tree.rejected(refusal.code(), String.valueOf(refusal.getMessage())));
  }

  /// Nobody waits for it any more.
  void abandon() {
    if (script != null) {
      script.abandon();
      leave();
    }
  }

  private void leave() {
    if (over) {
      return;
    }
    over = true;
    starter.left(this);
    if (realm != null) {
      realm.close();
    }
    if (admitted) {
      tree.door(this).leave();
    }
  }
}
