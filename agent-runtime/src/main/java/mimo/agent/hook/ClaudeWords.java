package mimo.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mimo.agent.ToolSource.Who;
import mimo.agent.json.Json;
import mimo.agent.message.Message.Status;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;

/// The words of hooks that were written for Claude Code. They narrow as all hooks do: what they
/// approve was allowed before.
final class ClaudeWords {

  /// Arguments that are paths, which those hooks expect to be absolute.
  private static final List<String> PATHS = List.of("file_path", "notebook_path", "path");

  /// The event of the agents that are not the user's own.
  static final String SUBAGENT_STOP = "SubagentStop";

  private ClaudeWords() {}

  /// Calls that failed are no `PostToolUse`, and `Stop` is about the user's own agent.
  static boolean concern(Hook hook, HookMoment moment, Who who) {
    return switch (moment) {
      case HookMoment.ToolAfter(_, var result) -> result.status() == Status.OK;
      case HookMoment.Stop _ ->
          hook.origin().place().endsWith(SUBAGENT_STOP) != (who.kind() == Who.Kind.USERS);
      case HookMoment.SessionStart _,
          HookMoment.Prompt _,
          HookMoment.ToolBefore _,
          HookMoment.Compaction _,
          HookMoment.SessionEnd _ ->
          true;
    };
  }

  static ObjectNode input(HookMoment moment, Who who, Path folder) {
    var input = Json.object();
    input.put("session_id", who.session()).put("transcript_path", "");
    input.put("cwd", folder.toString()).put("permission_mode", "default");
    switch (moment) {
      case HookMoment.SessionStart(var resumed) ->
          event(input, "SessionStart").put("source", resumed ? "resume" : "startup");
      case HookMoment.Prompt(var text) -> event(input, "UserPromptSubmit").put("prompt", text);
      case HookMoment.ToolBefore(var use) -> call(event(input, "PreToolUse"), use, folder);
      case HookMoment.ToolAfter(var use, var result) -> {
        call(event(input, "PostToolUse"), use, folder);
        input.put("tool_response", result.text());
      }
      case HookMoment.Compaction(var trigger) ->
          event(input, "PreCompact").put("trigger", trigger).put("custom_instructions", "");
      case HookMoment.Stop(var answer, var refused) -> {
        event(input, who.kind() == Who.Kind.USERS ? "Stop" : SUBAGENT_STOP);
        input.put("stop_hook_active", refused > 0);
        input.put("last_assistant_message", HookWords.parsed(answer).asText(answer));
      }
      case HookMoment.SessionEnd() -> event(input, "SessionEnd").put("reason", "other");
    }
    return input;
  }

  private static ObjectNode event(ObjectNode input, String name) {
    return input.put("hook_event_name", name);
  }

  private static void call(ObjectNode input, ToolUse use, Path folder) {
    input.put("tool_name", ClaudeNames.of(use.tool())).put("tool_use_id", use.call());
    var arguments = HookWords.parsed(use.arguments());
    if (arguments instanceof ObjectNode object) {
      for (var name : PATHS) {
        var path = object.path(name).asText("");
        if (!path.isEmpty() && path.indexOf('\0') < 0) {
          object.put(name, folder.resolve(path).normalize().toString());
        }
      }
    }
    input.set("tool_input", arguments);
  }

  /// @throws IllegalArgumentException if nobody can tell what it means
  static HookAnswer answer(Hook hook, HookMoment moment, String output) {
    if (!output.strip().startsWith("{")) {
      boolean told =
          moment instanceof HookMoment.Prompt || moment instanceof HookMoment.SessionStart;
      return told ? HookWords.context(hook, output) : HookAnswer.NOTHING;
    }
    var said = HookWords.object(output);
    var own = said.path("hookSpecificOutput");
    if (!own.isMissingNode() && !own.isObject()) {
      throw new IllegalArgumentException("its hookSpecificOutput is no object");
    }
    var answer =
        HookWords.fitting(hook, word(hook, said, own))
            .and(HookWords.context(hook, HookWords.text(own, "additionalContext")));
    if (moment instanceof HookMoment.ToolAfter && isBlock(said)) {
      answer = HookWords.context(hook, said.path("reason").asText("")).and(answer);
    }
    return answer.and(notices(hook, said, own));
  }

  private static boolean isBlock(JsonNode said) {
    return switch (HookWords.text(said, "decision")) {
      case "block" -> true;
      // Nothing is allowed by a hook.
      case "", "approve" -> false;
      default -> throw new IllegalArgumentException("its decision is neither block nor approve");
    };
  }

  private static HookAnswer word(Hook hook, JsonNode said, JsonNode own) {
    var reason = said.path("reason").asText("");
    if (!goesOn(said) && hook.event() != HookEvent.STOP) {
      return HookAnswer.deny(HookWords.reason(hook, said.path("stopReason").asText(reason)));
    }
    if (isBlock(said) && hook.event() != HookEvent.TOOL_AFTER) {
      return HookAnswer.deny(HookWords.reason(hook, reason));
    }
    var why = HookWords.reason(hook, own.path("permissionDecisionReason").asText(reason));
    var decision = HookWords.text(own, "permissionDecision").toLowerCase(Locale.ROOT);
    return switch (decision) {
      case "deny" -> HookAnswer.deny(why);
      case "ask" -> HookAnswer.ask(why);
      // Nothing is allowed by a hook.
      case "", "allow" -> HookAnswer.NOTHING;
      default -> throw new IllegalArgumentException("'" + decision + "' is no permissionDecision");
    };
  }

  private static boolean goesOn(JsonNode said) {
    var word = said.path("continue");
    if (!word.isMissingNode() && !word.isBoolean()) {
      throw new IllegalArgumentException("its continue is neither true nor false");
    }
    return word.asBoolean(true);
  }

  private static HookAnswer notices(Hook hook, JsonNode said, JsonNode own) {
    var answer = HookAnswer.NOTHING;
    var message = said.path("systemMessage").asText("");
    if (!message.isBlank()) {
      answer = HookAnswer.notice("the hook '" + hook.name() + "': " + HookWords.bounded(message));
    }
    // What was decided on and shown is what runs: a call is never put in other words.
    return own.has("updatedInput")
        ? answer.and(
            new HookAnswer(
                HookAnswer.Word.DENY,
                "the hook '"
                    + hook.name()
                    + "' wants another input for the call, which hooks cannot give here",
                List.of(),
                List.of()))
        : answer;
  }
}
