package mimo.compose.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mimo.compose.SpendingLimit;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ActivityRequest;
import mimo.engine.ContentKey;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `workflow(ref, args, options)`: another script is to run inside this run.
///
/// @param number the guest's number for this call
/// @param arguments the other script's `args` as JSON text; null if none were given
/// @param settled whether a failure is handed over as a record instead of thrown
/// @param maxConcurrentAgents how many of its agents may be asked at once; 0 if nobody says
/// @param budget what it may spend, if the caller limits it
/// @param workspace the folder it is to work in, below the caller's; empty for the same
/// @param path where in the caller's structure it was asked
/// @param phase the group the caller was in
public record WorkflowCall(
    int number,
    Reference reference,
    @Nullable String arguments,
    boolean settled,
    int maxConcurrentAgents,
    Optional<SpendingLimit> budget,
    String workspace,
    String path,
    String phase,
    @Nullable SourcePosition position) {

  /// Which script is meant.
  public sealed interface Reference {

    /// What is written for it where it was asked, for people and as part of what it is known by.
    String shown();

    record Name(String shown) implements Reference {}

    /// A file below the workspace, or below the folder of the script that asks.
    record File(String shown) implements Reference {}

    /// The script itself.
    record Inline(String text) implements Reference {
      @Override
      public String shown() {
        return "an inline script";
      }
    }
  }

  static WorkflowCall of(
      GuestEvent.Called event, ObjectNode arguments, @Nullable SourcePosition position) {
    var args = arguments.get("args");
    return new WorkflowCall(
        event.call(),
        reference(arguments),
        args == null ? null : args.toString(),
        CallReader.text(arguments, "failureMode").equals("settled"),
        arguments.path("maxConcurrentAgents").asInt(0),
        Optional.ofNullable(arguments.get("budget")).map(WorkflowCall::budget),
        CallReader.text(arguments, "workspace"),
        event.path(),
        CallReader.phase(event),
        position);
  }

  private static SpendingLimit budget(JsonNode limit) {
    long amount = limit.path("amount").asLong();
    for (var unit : SpendingLimit.Unit.values()) {
      if (unit.word().equals(limit.path("unit").asText()) && amount >= 1) {
        return new SpendingLimit(unit, amount);
      }
    }
    throw new UnknownCall("a budget of " + limit);
  }

  private static Reference reference(ObjectNode arguments) {
    if (arguments.has("source")) {
      return new Reference.Inline(CallReader.text(arguments, "source"));
    }
    if (arguments.has("scriptPath")) {
      return new Reference.File(CallReader.text(arguments, "scriptPath"));
    }
    if (arguments.has("name")) {
      return new Reference.Name(CallReader.text(arguments, "name"));
    }
    throw new UnknownCall("a workflow without a name");
  }

  /// The step that finds the script and reads it: what it answers is the script for ever.
  ///
  /// @param caller where the script that asks was found
  public ActivityRequest lookup(String caller) {
    var input = JsonNodeFactory.instance.objectNode();
    switch (reference) {
      case Reference.Name(var name) -> input.put("name", name);
      case Reference.File(var file) -> input.put("scriptPath", file).put("caller", caller);
      case Reference.Inline _ -> throw new IllegalStateException("an inline script is there");
    }
    return request(input, reference.shown());
  }

  /// The step that reads a file which the script, or a file of it, imports.
  ///
  /// @param entry where the script itself was found
  public ActivityRequest lookup(Import wanted, String entry) {
    var input =
        JsonNodeFactory.instance
            .objectNode()
            .put("import", wanted.specifier())
            .put("importer", wanted.importer())
            .put("script", wanted.script())
            .put("entry", entry);
    return request(input, wanted.specifier());
  }

  /// A file that is asked for.
  ///
  /// @param script what errors call the script itself
  /// @param importer what errors call the file that imports
  public record Import(String script, String importer, String specifier) {}

  private ActivityRequest request(ObjectNode input, String label) {
    var text = input.toString();
    return new ActivityRequest(
        StepKind.WORKFLOW, ContentKeys.of(text), path, text, label, phase, position);
  }

  /// What this call is known by among all others of its script, but for how often it was made.
  public ContentKey key() {
    var identity = JsonNodeFactory.instance.objectNode().put("kind", "workflow").put("path", path);
    if (reference instanceof Reference.Inline(var text)) {
      identity.put("source", text);
    } else {
      identity.put("ref", reference.shown());
    }
    return ContentKeys.of(identity.toString());
  }
}
