package mimo.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mimo.agent.AgentLimits;
import mimo.agent.hook.Hook.Origin;
import mimo.agent.json.Json;

/// Hooks as a configuration of mimo has them: for each event a list, in which each has its command
/// as a list of words, never as one string (A85).
public final class HookSettings {

  private static final Set<String> KEYS = Set.of("command", "name", "tool", "timeout");

  private HookSettings() {}

  /// The names of all events, in their order.
  public static List<String> events() {
    return Arrays.stream(HookEvent.values()).map(HookEvent::word).toList();
  }

  /// The hooks of one event.
  ///
  /// @param list as JSON text
  /// @throws IllegalArgumentException saying what is wrong with them, and with which
  public static List<Hook> read(String event, String list, Origin origin) {
    var known =
        HookEvent.of(event)
            .orElseThrow(() -> new IllegalArgumentException("'" + event + "' is no event"));
    var items = Json.parse(list);
    if (!items.isArray()) {
      throw new IllegalArgumentException("'" + event + "' takes a list of hooks");
    }
    if (items.size() > AgentLimits.HOOKS) {
      throw new IllegalArgumentException(
          "'" + event + "' has more than " + AgentLimits.HOOKS + " hooks");
    }
    var hooks = new ArrayList<Hook>();
    for (var item : items) {
      try {
        hooks.add(hook(known, item, origin));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "hook %d of '%s': %s".formatted(hooks.size() + 1, event, wrong.getMessage()), wrong);
      }
    }
    return hooks;
  }

  private static Hook hook(HookEvent event, JsonNode item, Origin origin) {
    if (!item.isObject()) {
      throw new IllegalArgumentException("it is no object");
    }
    for (var each : item.properties()) {
      if (!KEYS.contains(each.getKey())) {
        throw new IllegalArgumentException(
            "unknown key '" + each.getKey() + "'; it takes " + new TreeSet<>(KEYS));
      }
    }
    var argv = words(item.path("command"));
    var pattern = text(item, "tool", "");
    if (!pattern.isEmpty() && event != HookEvent.TOOL_BEFORE && event != HookEvent.TOOL_AFTER) {
      throw new IllegalArgumentException("no tool plays a part in " + event.word());
    }
    return new Hook(
        text(item, "name", argv.isEmpty() ? "" : lastPart(argv.getFirst())),
        event,
        argv,
        pattern.isEmpty() ? ToolPattern.ANY : ToolPattern.wildcards(pattern),
        time(item.path("timeout")),
        origin);
  }

  private static List<String> words(JsonNode command) {
    if (command.isTextual()) {
      throw new IllegalArgumentException(
          "its command is a list of words such as [\"./check.sh\", \"--fast\"], not a string:"
              + " no shell reads it");
    }
    var words = new ArrayList<String>();
    if (command.isArray()) {
      for (var word : command) {
        if (!word.isTextual()) {
          throw new IllegalArgumentException("each word of its command is a string");
        }
        words.add(word.textValue());
      }
    }
    return words;
  }

  private static String text(JsonNode item, String key, String otherwise) {
    var value = item.path(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException("its " + key + " is a string that is not blank");
    }
    return value.textValue().strip();
  }

  static Duration time(JsonNode seconds) {
    if (seconds.isMissingNode()) {
      return Duration.ofSeconds(AgentLimits.HOOK_SECONDS);
    }
    if (!seconds.isIntegralNumber()
        || seconds.asLong() < 1
        || seconds.asLong() > AgentLimits.HOOK_SECONDS_MOST) {
      throw new IllegalArgumentException(
          "its timeout is a whole number of seconds from 1 to " + AgentLimits.HOOK_SECONDS_MOST);
    }
    return Duration.ofSeconds(seconds.asLong());
  }

  static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
