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
          tree.schedule(caller.of(call.lookup(caller.location())), this::found);
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
      started = start(text);
    } catch (ComposeException refusal) {
      refuse(refusal);
      return;
    }
    script = started;
    started.drain();
    started.tellStarter();
  }

  private ScriptExecution start(ScriptText text) throws InterruptedException {
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
    var place = place(meta, text, identity);
    tree.losses().nest(place.number(), starter.key(call.number()));
    var dialect = Dialect.of(null, meta, text.file().location());
    var options = tree.options().withDialect(dialect).within(place.workspace());
    var launch = GuestLaunches.of(program.text(), call.arguments(), seed, tree.world(), options);
    var gate =
        call.maxConcurrentAgents() == 0
            ? starter.gate()
            : new AgentGate(starter.gate(), call.maxConcurrentAgents());
    var terms = new ScriptExecution.Terms(gate, dialect, budget(meta));
    return new ScriptExecution(
        tree, fresh.start(launch), place, new ScriptExecution.Starter(starter, this), terms);
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
    var delivery = tree.await(starter.place().of(call.lookup(wanted, text.file().location())));
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
    leave();
    switch (ending) {
      case Ending.Finished(var value) -> answer("\"value\":" + finished(value), inside);
      case Ending.Failed failed -> answerFailure(failed, inside);
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
