package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a step did, read from the JSON object its activity left in the journal. Members it does not
/// know are skipped: journals outlive versions.
///
/// @param model `provider/id`; empty if unknown
/// @param offline whether the answers were scripted, not a model's
/// @param worktree what it changed in a copy of the repository; null if nothing, or in none
record StepReport(
    String model, boolean offline, int turns, List<ToolUse> tools, @Nullable Worktree worktree) {

  private static final StepReport NOTHING = new StepReport("", false, 0, List.of());

  /// The report of a step that worked where all do.
  StepReport(String model, boolean offline, int turns, List<ToolUse> tools) {
    this(model, offline, turns, tools, null);
  }

  StepReport {
    tools = List.copyOf(tools);
  }

  /// One tool call: what it was given, how it ended, how long it took.
  record ToolUse(String tool, String input, String status, long millis) {}

  /// A copy of the repository that was kept, and on which branch its changes are.
  record Worktree(String branch, String directory) {}

  static StepReport parse(String json) {
    try (var parser = JsonText.parser(json)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? report(parser) : NOTHING;
    } catch (IOException e) {
      return NOTHING;
    }
  }

  private static StepReport report(JsonParser parser) throws IOException {
    var model = "";
    var offline = false;
    var turns = 0;
    List<ToolUse> tools = List.of();
    Worktree worktree = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var token = parser.nextToken();
      switch (name) {
        case "model" -> model = parser.getValueAsString("");
        case "offline" -> offline = token == JsonToken.VALUE_TRUE;
        case "turns" -> turns = parser.getValueAsInt();
        case "tools" -> tools = tools(parser);
        case "worktree" -> worktree = worktree(parser);
        default -> parser.skipChildren();
      }
    }
    return new StepReport(model, offline, turns, tools, worktree);
  }

  private static @Nullable Worktree worktree(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    var branch = "";
    var directory = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "branch" -> branch = parser.getValueAsString("");
        case "directory" -> directory = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
    return new Worktree(branch, directory);
  }

  private static List<ToolUse> tools(JsonParser parser) throws IOException {
    var tools = new ArrayList<ToolUse>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return tools;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      tools.add(tool(parser));
    }
    return tools;
  }

  private static ToolUse tool(JsonParser parser) throws IOException {
    var tool = "";
    var input = "";
    var status = "";
    long millis = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "tool" -> tool = parser.getValueAsString("");
        case "input" -> input = parser.getValueAsString("");
        case "status" -> status = parser.getValueAsString("");
        case "ms" -> millis = parser.getValueAsLong();
        default -> parser.skipChildren();
      }
    }
    return new ToolUse(tool, input, status, millis);
  }
}
