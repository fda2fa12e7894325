package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import mimo.agent.provider.ModelReply.Finish;
import org.jspecify.annotations.Nullable;

/// A model of simple habits, for demonstrations and load: it looks for the files the prompt names,
/// reads a few of them, and answers with what it read. It understands nothing. Thread-safe.
public final class DemoModel implements Function<JsonNode, FakeReply> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![\\w/.])(?:[\\w.-]+/)+[\\w.*-]*|\\b[\\w-]+\\.(?:java|js|ts|md|json|py)\\b");
  private static final int MOST_FILES = 3;
  private static final int CHUNK_CHARS = 12;
  private static final int LONGEST_EXCERPT = 80;

  private final long latencyMillis;
  private final Speech speech;

  /// A model that speaks chat completions.
  ///
  /// @param latencyMillis how long it thinks before its first word
  public DemoModel(long latencyMillis) {
    this(latencyMillis, Speech.CHAT);
  }

  public DemoModel(long latencyMillis, Speech speech) {
    this.latencyMillis = latencyMillis;
    this.speech = speech;
  }

  @Override
  public FakeReply apply(JsonNode request) {
    var reply = answer(Conversation.read(speech.asChat(request)));
    return latencyMillis == 0 ? reply : reply.with(0, new FakeReply.Piece.Delay(latencyMillis));
  }

  private FakeReply answer(Conversation seen) {
    var path = seen.path();
    if (path != null && !seen.called("glob") && !seen.called("read")) {
      if (!looksLikeFile(path) && seen.offers("glob")) {
        return calls(List.of(new Call("glob", "pattern", pattern(path))), seen);
      }
      if (looksLikeFile(path) && seen.offers("read")) {
        return calls(List.of(new Call("read", "file_path", path)), seen);
      }
    }
    var files = seen.filesFound();
    if (!files.isEmpty() && !seen.called("read") && seen.offers("read")) {
      return calls(files.stream().map(file -> new Call("read", "file_path", file)).toList(), seen);
    }
    var schema = seen.tools.get("answer");
    if (schema != null && !seen.called("answer")) {
      var value = new SchemaFiller(schema, seen.excerpts()).fill();
      return said(
          script().toolCall(seen.id(0), "answer", value.toString()).finish(Finish.TOOL_CALLS),
          seen);
    }
    var text = seen.excerpts().isEmpty() ? "I read nothing." : String.join("\n", seen.excerpts());
    return said(script().text(text).finish(Finish.STOP), seen);
  }

  private static boolean looksLikeFile(String path) {
    return path.substring(path.lastIndexOf('/') + 1).contains(".") && !path.contains("*");
  }

  private static String pattern(String path) {
    return path.contains("*") ? path : path.replaceAll("/+$", "") + "/**";
  }

  private FakeReply calls(List<Call> calls, Conversation seen) {
    var script = script().reasoning("Look before you answer.");
    for (int i = 0; i < calls.size(); i++) {
      script.toolCall(seen.id(i), calls.get(i).tool(), calls.get(i).arguments());
    }
    return said(script.finish(Finish.TOOL_CALLS), seen);
  }

  private ReplyScript script() {
    return speech.script(CHUNK_CHARS);
  }

  private static FakeReply said(ReplyScript script, Conversation seen) {
    return script.usage(seen.promptChars / 4, 20).done();
  }

  private record Call(String tool, String field, String value) {
    String arguments() {
      return JSON.createObjectNode().put(field, value).toString();
    }
  }

  /// What the model can see.
  private static final class Conversation {
    private final Map<String, JsonNode> tools = new LinkedHashMap<>();
    private final Map<String, List<String>> results = new HashMap<>();
    private String prompt = "";
    private int promptChars;
    private int messages;

    static Conversation read(JsonNode request) {
      var seen = new Conversation();
      seen.promptChars = request.toString().length();
      seen.messages = request.path("messages").size();
      for (var tool : request.path("tools")) {
        var function = tool.path("function");
        seen.tools.put(function.path("name").asText(), function.path("parameters"));
      }
      var names = new HashMap<String, String>();
      for (var message : request.path("messages")) {
        seen.read(message, names);
      }
      return seen;
    }

    private void read(JsonNode message, Map<String, String> names) {
      switch (message.path("role").asText()) {
        case "user" -> prompt = prompt.isEmpty() ? message.path("content").asText() : prompt;
        case "assistant" -> {
          for (var call : message.path("tool_calls")) {
            var name = call.path("function").path("name").asText();
            names.put(call.path("id").asText(), name);
            results.computeIfAbsent(name, key -> new ArrayList<>());
          }
        }
        case "tool" -> {
          var name = names.getOrDefault(message.path("tool_call_id").asText(), "");
          results
              .computeIfAbsent(name, key -> new ArrayList<>())
              .add(message.path("content").asText());
        }
        default -> {
          // The system prompt changes no habits.
        }
      }
    }

    boolean offers(String tool) {
      return tools.containsKey(tool);
    }

    boolean called(String tool) {
      return results.containsKey(tool);
    }

    String id(int number) {
      return "call_" + messages + "_" + number;
    }

    @Nullable String path() {
      var path = PATH.matcher(prompt);
      return path.find() ? path.group().replaceAll("[.,:;]+$", "") : null;
    }

    List<String> filesFound() {
      return results.getOrDefault("glob", List.of()).stream()
          .flatMap(String::lines)
          .map(String::strip)
          .filter(line -> line.matches("[\\w./-]+\\.\\w+"))
          .limit(MOST_FILES)
          .toList();
    }

    /// The first line with words of every file that was read.
    List<String> excerpts() {
      return results.getOrDefault("read", List.of()).stream().map(Conversation::excerpt).toList();
    }

    private static String excerpt(String text) {
      return text.lines()
          .map(line -> line.replaceFirst("^\\s*\\d+[\\t|:→ ]", "").strip())
          .filter(line -> line.matches(".*\\w{3}.*"))
          .map(line -> line.substring(0, Math.min(LONGEST_EXCERPT, line.length())))
          .findFirst()
          .orElse("an empty file");
    }
  }
}
