package mimo.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.AgentLimits;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.hook.Hook.Origin;
import mimo.agent.json.Json;

/// Hooks as the settings of Claude Code have them. Theirs are strings for a shell, so each is one
/// argument of that shell, as it is written: nothing is ever put into it.
///
/// @param hooks in the order in which they are written
/// @param notices what of them is left aside, and why
public record ClaudeSettings(List<Hook> hooks, List<String> notices) {

  private static final Map<String, HookEvent> EVENTS = events();

  /// A hook's name is that of what they run.
  private static final Set<String> INTERPRETERS =
      Set.of(
          "sh", "bash", "zsh", "env", "node", "npx", "bun", "deno", "python", "python3", "uv",
          "ruby", "perl", "php", "timeout");

  public ClaudeSettings {
    hooks = List.copyOf(hooks);
    notices = List.copyOf(notices);
  }

  private static Map<String, HookEvent> events() {
    var events = new LinkedHashMap<String, HookEvent>();
    events.put("SessionStart", HookEvent.SESSION_START);
    events.put("UserPromptSubmit", HookEvent.PROMPT);
    events.put("PreToolUse", HookEvent.TOOL_BEFORE);
    events.put("PostToolUse", HookEvent.TOOL_AFTER);
    events.put("PreCompact", HookEvent.COMPACTION);
    events.put("Stop", HookEvent.STOP);
    events.put(ClaudeWords.SUBAGENT_STOP, HookEvent.STOP);
    events.put("SessionEnd", HookEvent.SESSION_END);
    return Map.copyOf(events);
  }

  /// Reads the hooks in a file of settings.
  ///
  /// @param shell which reads their strings
  /// @param file as people are told of it
  /// @param guard decides before each run of one of them
  /// @throws IllegalArgumentException if the file cannot be understood
  public static ClaudeSettings read(String text, Path shell, String file, HookGuard guard) {
    var settings = Json.parse(text);
    var hooks = new ArrayList<Hook>();
    var notices = new ArrayList<String>();
    if (settings.path("disableAllHooks").asBoolean(false)) {
      return new ClaudeSettings(hooks, notices);
    }
    for (var event : settings.path("hooks").properties()) {
      var known = EVENTS.get(event.getKey());
      if (known == null) {
        notices.add(
            "hooks at %s in %s are left aside: there is no such moment here."
                .formatted(event.getKey(), file));
        continue;
      }
      var origin = new Origin(file + " " + event.getKey(), Dialect.CLAUDE, guard);
      for (var matcher : event.getValue()) {
        for (var hook : matcher.path("hooks")) {
          add(known, matcher, hook, new Reader(shell, origin, hooks, notices));
        }
      }
    }
    return new ClaudeSettings(hooks, notices);
  }

  /// What a file is read into.
  private record Reader(Path shell, Origin origin, List<Hook> hooks, List<String> notices) {}

  private static void add(HookEvent event, JsonNode matcher, JsonNode hook, Reader reader) {
    try {
      if (reader.hooks().size() >= AgentLimits.HOOKS) {
        throw new IllegalArgumentException("there are more than " + AgentLimits.HOOKS);
      }
      reader.hooks().add(hook(event, matcher, hook, reader));
    } catch (IllegalArgumentException wrong) {
      reader
          .notices()
          .add(
              "a hook of %s is left aside: %s."
                  .formatted(reader.origin().place(), wrong.getMessage()));
    }
  }

  private static Hook hook(HookEvent event, JsonNode matcher, JsonNode hook, Reader reader) {
    var type = hook.path("type").asText("command");
    if (!type.equals("command")) {
      throw new IllegalArgumentException("only hooks of the type command are run, not " + type);
    }
    var command = hook.path("command").asText("");
    if (command.isBlank()) {
      throw new IllegalArgumentException("it has no command");
    }
    boolean aboutTools = event == HookEvent.TOOL_BEFORE || event == HookEvent.TOOL_AFTER;
    var pattern = aboutTools ? matcher.path("matcher").asText("") : "";
    return new Hook(
        name(command),
        event,
        List.of(reader.shell().toString(), "-c", command),
        ToolPattern.expressions(pattern),
        time(hook.path("timeout")),
        reader.origin());
  }

  /// The last part of its first word that says something.
  private static String name(String command) {
    for (var word : command.strip().split("\\s+", -1)) {
      var name = HookSettings.lastPart(word.replaceAll("[\"';]", ""));
      if (!name.isEmpty() && !INTERPRETERS.contains(name) && !name.startsWith("-")) {
        return name;
      }
    }
    return "hook";
  }

  /// What is longer than a hook may take is cut to that.
  private static Duration time(JsonNode seconds) {
    if (!seconds.isNumber()) {
      return Duration.ofSeconds(AgentLimits.HOOK_SECONDS);
    }
    return Duration.ofSeconds(
        (long) Math.clamp(seconds.asDouble(), 1d, (double) AgentLimits.HOOK_SECONDS_MOST));
  }
}
