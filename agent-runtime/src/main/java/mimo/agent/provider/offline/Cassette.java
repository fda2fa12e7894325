package mimo.agent.provider.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;

/// Replies recorded beforehand, one JSON object a line (A24).
///
/// A line has `text`, `tool_calls` (`[{"id"?, "tool", "arguments"}]`) or `error` (`{"code",
/// "message"}`), and optionally `usage`, `cut` and `when`. A conversation takes the lines whose
/// `when` its prompt holds, or that have none, one for each of its replies, from the first on. A
/// line with `cut: true` is a stream that breaks off: its text is heard and withdrawn, and the next
/// line counts.
public final class Cassette {

  private static final String EXHAUSTED = "cassette_exhausted";

  private record Line(int number, JsonNode json) {
    boolean cut() {
      return json.path("cut").asBoolean();
    }

    boolean suits(String prompt) {
      return prompt.contains(json.path("when").asText(""));
    }
  }

  private final List<Line> lines;

  private Cassette(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /// Reads a cassette.
  ///
  /// @throws IllegalArgumentException if a line is no such object; the message names the line
  public static Cassette parse(String text) {
    if (text.length() > AgentLimits.CASSETTE_CHARS) {
      throw new IllegalArgumentException(
          "a cassette may have " + AgentLimits.CASSETTE_CHARS + " characters");
    }
    var lines = new ArrayList<Line>();
    int number = 0;
    for (var line : text.split("\r?\n", -1)) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(number, checked(number, line)));
      }
    }
    return new Cassette(lines);
  }

  private static JsonNode checked(int number, String line) {
    try {
      var json = Json.parse(line);
      if (!json.has("text") && !json.has("tool_calls") && !json.has("error")) {
        throw new IllegalArgumentException("needs one of text, tool_calls, error");
      }
      return json;
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "cassette line " + number + ": " + malformed.getMessage(), malformed);
    }
  }

  ModelReply reply(ModelRequest request, StreamListener listener) {
    long due = request.messages().stream().filter(Message.Model.class::isInstance).count();
    var prompt = Conversation.of(request.messages()).prompt();
    for (var line : lines) {
      if (!line.suits(prompt)) {
        continue;
      }
      if (line.cut()) {
        if (due == 0) {
          listener.text(line.json().path("text").asText());
          listener.restarted("cut", Duration.ZERO);
        }
      } else if (due-- == 0) {
        return reply(request, line);
      }
    }
    return new ModelReply.Faulted(
        EXHAUSTED, "the cassette has no further line for this conversation");
  }

  private static ModelReply reply(ModelRequest request, Line line) {
    var json = line.json();
    if (json.has("error")) {
      var error = json.get("error");
      return new ModelReply.Faulted(
          error.path("code").asText("failed"), error.path("message").asText("recorded error"));
    }
    var content = new ArrayList<Content>();
    if (json.has("text")) {
      content.add(new Content.Text(json.get("text").asText()));
    }
    for (var call : json.path("tool_calls")) {
      var id = call.path("id").asText("cassette_" + line.number() + "_" + content.size());
      var arguments = call.path("arguments");
      content.add(
          new Content.ToolCall(
              id,
              call.path("tool").asText(),
              arguments.isContainerNode() ? Json.write(arguments) : arguments.asText()));
    }
    var counted = OfflineProvider.reply(request, content);
    return json.has("usage")
        ? new ModelReply.Completed(content, counted.finish(), usage(json.get("usage")))
        : counted;
  }

  private static TokenUsage usage(JsonNode usage) {
    return new TokenUsage(
        usage.path("input").asLong(),
        usage.path("output").asLong(),
        usage.path("reasoning").asLong(),
        usage.path("cacheRead").asLong());
  }
}
