package mimo.compose.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ActivityRequest;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.ContentKeys;
import mimo.sandbox.GuestEvent;
import org.jspecify.annotations.Nullable;

/// A script's `tool(name, input)` (L59).
public record ToolCall(int number, ActivityRequest request) implements HostCall {

  static ToolCall of(
      GuestEvent.Called event, ObjectNode arguments, @Nullable SourcePosition position) {
    var tool = CallReader.text(arguments, "tool");
    if (tool.isEmpty() || !(arguments.get("input") instanceof ObjectNode input)) {
      throw new UnknownCall("a tool is called without a name or an input");
    }
    // How long it may take is no part of what is asked for.
    var identity = JsonNodeFactory.instance.objectNode().put("kind", "tool").put("tool", tool);
    identity.set("input", input);
    var label = CallReader.text(arguments, "label");
    var request =
        new ActivityRequest(
            StepKind.TOOL,
            ContentKeys.of(identity.toString()),
            event.path(),
            arguments.toString(),
            label.isEmpty() ? "tool " + tool : label,
            CallReader.phase(event),
            position);
    return new ToolCall(event.call(), request);
  }

  @Override
  public Answer answer(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Completed(var value) -> new Answer.Value(value);
      case StepOutcome.Failed(var code, var message) -> new Answer.Rejection(code, message);
    };
  }
}
