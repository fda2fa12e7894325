package mimo.agent.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.provider.ModelReply.Finish;
import org.jspecify.annotations.Nullable;

/// Writes the chunks of one streamed chat completion, in the shapes real providers use.
public final class ChatScript implements ReplyScript {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> events = new ArrayList<>();
  private final int chunkChars;
  private int calls;

  private ChatScript(int chunkChars) {
    this.chunkChars = chunkChars;
  }

  /// A script whose text leaves in chunks of `chunkChars` characters.
  public static ChatScript inChunksOf(int chunkChars) {
    return new ChatScript(chunkChars);
  }

  public static ChatScript start() {
    return inChunksOf(5);
  }

  @Override
  public ChatScript text(String text) {
    pieces(text).forEach(piece -> delta().put("content", piece).add());
    return this;
  }

  @Override
  public ChatScript reasoning(String text) {
    pieces(text).forEach(piece -> delta().put("reasoning_content", piece).add());
    return this;
  }

  @Override
  public ChatScript toolCall(String id, String tool, String arguments) {
    int index = calls++;
    delta().call(index, id, tool, "").add();
    pieces(arguments).forEach(piece -> delta().call(index, null, null, piece).add());
    return this;
  }

  @Override
  public ChatScript finish(Finish finish) {
    return finish(
        switch (finish) {
          case STOP -> "stop";
          case TOOL_CALLS -> "tool_calls";
          case LENGTH -> "length";
          case FILTERED -> "content_filter";
          case REPEATED -> throw new IllegalArgumentException("no provider says so");
        });
  }

  public ChatScript finish(String reason) {
    var chunk = chunk();
    var choice = chunk.putArray("choices").addObject();
    choice.put("index", 0).putObject("delta");
    choice.put("finish_reason", reason);
    events.add(chunk.toString());
    return this;
  }

  /// The last chunk, which only counts.
  @Override
  public ChatScript usage(long input, long output) {
    var chunk = chunk();
    chunk.putArray("choices");
    chunk
        .putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    events.add(chunk.toString());
    return this;
  }

  @Override
  public ChatScript raw(String data) {
    events.add(data);
    return this;
  }

  /// The reply, closed by `[DONE]`.
  @Override
  public FakeReply done() {
    events.add("[DONE]");
    return FakeReply.streamed(events);
  }

  @Override
  public FakeReply ends() {
    return FakeReply.streamed(events);
  }

  private static ObjectNode chunk() {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-1")
        .put("object", "chat.completion.chunk")
        .put("created", 1_700_000_000)
        .put("model", "fake");
  }

  private List<String> pieces(String text) {
    return pieces(text, chunkChars);
  }

  static List<String> pieces(String text, int chunkChars) {
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); at += chunkChars) {
      pieces.add(text.substring(at, Math.min(text.length(), at + chunkChars)));
    }
    return pieces;
  }

  private Delta delta() {
    return new Delta();
  }

  private final class Delta {
    private final ObjectNode chunk = chunk();
    private final ObjectNode delta;

    Delta() {
      var choice = chunk.putArray("choices").addObject().put("index", 0);
      delta = choice.putObject("delta");
      choice.putNull("finish_reason");
    }

    Delta put(String field, String text) {
      delta.put(field, text);
      return this;
    }

    Delta call(int index, @Nullable String id, @Nullable String tool, String arguments) {
      var call = delta.putArray("tool_calls").addObject().put("index", index);
      if (id != null) {
        call.put("id", id).put("type", "function");
      }
      var function = call.putObject("function");
      if (tool != null) {
        function.put("name", tool);
      }
      function.put("arguments", arguments);
      return this;
    }

    void add() {
      events.add(chunk.toString());
    }
  }
}
