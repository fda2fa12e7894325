package mimo.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import mimo.agent.AgentLimits;
import mimo.agent.ToolSource.Who;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.json.Json;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookAnswer.Context;
import mimo.agent.tool.HookAnswer.Word;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;

/// What one agent's hooks are told, and what they mean by what they say (A86).
///
/// @param folder where the agent works
/// @param cleaning takes secrets out of a text
record HookWords(Who who, Path folder, UnaryOperator<String> cleaning) {

  private static final int VERSION = 1;

  /// All that a hook can say.
  private static final Set<String> KEYS = Set.of("decision", "reason", "context");

  /// Whether a hook is to be told. Some of Claude Code's are about the user's own agent, or about
  /// the others, alone.
  boolean concern(Hook hook, HookMoment moment) {
    return hook.isAbout(moment)
        && (hook.origin().dialect() == Dialect.MIMO || ClaudeWords.concern(hook, moment, who));
  }

  /// What a hook reads.
  String input(Hook hook, HookMoment moment) {
    var input =
        switch (hook.origin().dialect()) {
          case MIMO -> own(moment);
          case CLAUDE -> ClaudeWords.input(moment, who, folder);
        };
    return Json.write(cleaned(input)) + "\n";
  }

  private ObjectNode own(HookMoment moment) {
    var input = Json.object();
    input.put("v", VERSION).put("event", HookEvent.of(moment).word());
    input.put("session", who.session()).put("agent", who.agent()).put("cwd", folder.toString());
    var data = input.putObject("data");
    switch (moment) {
      case HookMoment.SessionStart(var resumed) -> data.put("resumed", resumed);
      case HookMoment.Prompt(var text) -> data.put("prompt", text);
      case HookMoment.ToolBefore(var use) -> call(data, use);
      case HookMoment.ToolAfter(var use, var result) -> {
        call(data, use);
        data.put("output", result.text());
        data.put("status", result.status().name().toLowerCase(Locale.ROOT));
      }
      case HookMoment.Compaction(var trigger) -> data.put("trigger", trigger);
      case HookMoment.Stop(var answer, var refused) -> {
        data.set("answer", parsed(answer));
        data.put("refused", refused);
      }
      case HookMoment.SessionEnd() -> {}
    }
    return input;
  }

  private static void call(ObjectNode data, ToolUse use) {
    data.put("call", use.call()).put("tool", use.tool());
    data.set("input", parsed(use.arguments()));
  }

  /// What is no JSON is told as a text.
  static JsonNode parsed(String text) {
    try {
      return text.isBlank() ? Json.object() : Json.parse(text);
    } catch (IllegalArgumentException noJson) {
      return Json.object().textNode(text);
    }
  }

  private JsonNode cleaned(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var clean = Json.object();
      object
          .properties()
          .forEach(each -> clean.set(cleaning.apply(each.getKey()), cleaned(each.getValue())));
      return clean;
    }
    if (node.isArray()) {
      var clean = Json.object().arrayNode();
      node.forEach(each -> clean.add(cleaned(each)));
      return clean;
    }
    return node.isTextual() ? Json.object().textNode(cleaning.apply(node.textValue())) : node;
  }

  /// What a hook means that has ended well.
  ///
  /// @throws IllegalArgumentException if nobody can tell
  HookAnswer answer(Hook hook, HookMoment moment, String output) {
    if (output.isBlank()) {
      return HookAnswer.NOTHING;
    }
    return switch (hook.origin().dialect()) {
      case MIMO -> own(hook, output);
      case CLAUDE -> ClaudeWords.answer(hook, moment, output);
    };
  }

  private static HookAnswer own(Hook hook, String output) {
    var said = object(output);
    for (var each : said.properties()) {
      if (!KEYS.contains(each.getKey())) {
        throw new IllegalArgumentException(
            "unknown key '" + each.getKey() + "'; it says " + new TreeSet<>(KEYS));
      }
    }
    var reason = reason(hook, text(said, "reason"));
    var decision = text(said, "decision");
    var word =
        switch (decision) {
          case "deny" -> HookAnswer.deny(reason);
          case "ask" -> HookAnswer.ask(reason);
          // It can only narrow: what it allows was allowed before.
          case "", "allow" -> HookAnswer.NOTHING;
          default -> throw new IllegalArgumentException("'" + decision + "' is no decision");
        };
    return fitting(hook, word).and(context(hook, text(said, "context")));
  }

  /// A text of an object; empty if it has none.
  ///
  /// @throws IllegalArgumentException if there is something else
  static String text(JsonNode said, String key) {
    var value = said.path(key);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw new IllegalArgumentException("its " + key + " is no string");
    }
    return value.asText("");
  }

  /// A word that means nothing at this event is told of, and else without effect.
  static HookAnswer fitting(Hook hook, HookAnswer answer) {
    boolean means =
        switch (answer.word()) {
          case PASS -> true;
          case ASK -> hook.event() == HookEvent.TOOL_BEFORE;
          case DENY -> hook.event().canBeRefused();
        };
    if (means) {
      return answer;
    }
    var word = answer.word() == Word.ASK ? "ask" : "deny";
    return HookAnswer.notice(
        "the hook '%s' (%s) says %s, which means nothing at %s"
            .formatted(hook.name(), hook.origin().place(), word, hook.event().word()));
  }

  static HookAnswer context(Hook hook, String text) {
    return text.isBlank()
        ? HookAnswer.NOTHING
        : new HookAnswer(
            Word.PASS, "", List.of(new Context(hook.name(), bounded(text))), List.of());
  }

  /// @throws IllegalArgumentException if it is none
  static JsonNode object(String output) {
    var said = Json.parse(output);
    if (!said.isObject()) {
      throw new IllegalArgumentException("it is no JSON object");
    }
    return said;
  }

  /// Why a hook refuses something, for people and models.
  static String reason(Hook hook, String given) {
    var words = bounded(given.strip());
    return "the hook '" + hook.name() + "'" + (words.isEmpty() ? "" : ": " + words);
  }

  static String bounded(String text) {
    int most = AgentLimits.HOOK_CONTEXT_CHARS;
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "\n(cut here: a hook says at most " + most + " characters)";
  }
}
