package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.engine.CancellationToken;

/// The way to the tools of which a model is not told with each request: it finds them here, and
/// calls them through this one (A35). Thread-safe.
///
/// A call through it is the call it contains, from the moment it is planned: so it is decided, run,
/// told and counted like a direct one, and only the conversation keeps the words as they were.
public final class DeferredTools implements Tool {

  static final String NAME = "tools";

  private static final String CALL = "call";

  private static final String SCHEMA =
      """
      {"type":"object","properties":{\
      "action":{"type":"string","enum":["find","call"]},\
      "query":{"type":"string","description":"with find: words; none for all"},\
      "name":{"type":"string","description":"with call: the tool"},\
      "arguments":{"type":"object","description":"with call: its arguments"}},\
      "required":["action"],"additionalProperties":false}\
      """;

  private final List<ToolSpec> specs;
  private final ToolSpec spec;

  /// @param specs those of the tools it leads to
  DeferredTools(List<ToolSpec> specs) {
    this.specs = List.copyOf(specs);
    var names = specs.stream().map(ToolSpec::name).collect(Collectors.joining(", "));
    this.spec =
        new ToolSpec(
            NAME,
            "Finds and calls tools that are not listed: " + names + ". find shows their arguments.",
            SCHEMA,
            ToolSpec.Effect.READS);
  }

  /// The call that a model means by a call: the one within it, if it goes through this tool.
  public static Content.ToolCall meant(Content.ToolCall call) {
    if (!call.tool().equals(NAME)
        || !(Arguments.parse(call.arguments()) instanceof Arguments.Fit(var input))
        || !input.path("action").asText().equals(CALL)) {
      return call;
    }
    var name = input.path("name").asText();
    var arguments = input.path("arguments");
    return name.isBlank() || name.equals(NAME)
        ? call
        : new Content.ToolCall(
            call.id(),
            name,
            arguments.isTextual()
                ? arguments.asText()
                : arguments.isMissingNode() ? "{}" : Json.write(arguments));
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) {
    if (input.path("action").asText().equals(CALL)) {
      return Result.error("'name' must be that of a tool; find shows which there are");
    }
    var words = input.path("query").asText().toLowerCase(Locale.ROOT).strip().split("\\s+");
    var found = specs.stream().filter(each -> fits(each, words)).toList();
    var shown = found.isEmpty() ? specs : found;
    var text = shown.stream().map(DeferredTools::shown).collect(Collectors.joining("\n\n"));
    return Result.ok(found.isEmpty() ? "Nothing fits. There are:\n\n" + text : text);
  }

  private static boolean fits(ToolSpec tool, String[] words) {
    var text = (tool.name() + " " + tool.description()).toLowerCase(Locale.ROOT);
    for (var word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static String shown(ToolSpec tool) {
    var text = tool.name() + ": " + tool.description() + "\narguments: " + tool.schema();
    return BoundedText.head(text, AgentLimits.FOUND_TOOL_CHARS);
  }
}
