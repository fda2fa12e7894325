package mimo.agent.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mimo.agent.provider.ModelReply.Finish;
import org.jspecify.annotations.Nullable;

/// Writes the events of one streamed reply in the Messages protocol.
public final class MessagesScript implements ReplyScript {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> events = new ArrayList<>();
  private final int chunkChars;
  private int blocks;
  private @Nullable String stopReason;
  private long input;
  private long output;

  private MessagesScript(int chunkChars) {
    this.chunkChars = chunkChars;
  }

  /// A script whose text leaves in chunks of `chunkChars` characters.
  public static MessagesScript inChunksOf(int chunkChars) {
    return new MessagesScript(chunkChars);
  }

  public static MessagesScript start() {
    return inChunksOf(5);
  }

  @Override
  public MessagesScript text(String text) {
    var deltas =
        pieces(text).stream().map(piece -> delta("text_delta").put("text", piece)).toList();
    return block(block -> block.put("type", "text").put("text", ""), deltas);
  }

  @Override
  public MessagesScript reasoning(String text) {
    return reasoning(text, "signed-" + blocks);
  }

  public MessagesScript reasoning(String text, String signature) {
    var deltas = new ArrayList<ObjectNode>();
    pieces(text).forEach(piece -> deltas.add(delta("thinking_delta").put("thinking", piece)));
    deltas.add(delta("signature_delta").put("signature", signature));
    return block(
        block -> block.put("type", "thinking").put("thinking", "").put("signature", ""), deltas);
  }

  public MessagesScript redacted(String data) {
    return block(block -> block.put("type", "redacted_thinking").put("data", data), List.of());
  }

  @Override
  public MessagesScript toolCall(String id, String tool, String arguments) {
    var deltas = new ArrayList<ObjectNode>();
    deltas.add(delta("input_json_delta").put("partial_json", ""));
    pieces(arguments)
        .forEach(piece -> deltas.add(delta("input_json_delta").put("partial_json", piece)));
    return block(
        block -> block.put("type", "tool_use").put("id", id).put("name", tool).putObject("input"),
        deltas);
  }

  @Override
  public MessagesScript finish(Finish finish) {
    return finish(
        switch (finish) {
          case STOP -> "end_turn";
          case TOOL_CALLS -> "tool_use";
          case LENGTH -> "max_tokens";
          case FILTERED -> "refusal";
          case REPEATED -> throw new IllegalArgumentException("no provider says so");
        });
  }

  public MessagesScript finish(String reason) {
    stopReason = reason;
    return this;
  }

  @Override
  public MessagesScript usage(long inputTokens, long outputTokens) {
    input = inputTokens;
    output = outputTokens;
    return this;
  }

  @Override
  public MessagesScript raw(String data) {
    events.add(data);
    return this;
  }

  @Override
  public FakeReply done() {
    var all = opened();
    all.add("{\"type\":\"message_stop\"}");
    return reply(all);
  }

  @Override
  public FakeReply ends() {
    return reply(opened());
  }

  /// The events, between how a message starts and what it says about its end.
  private List<String> opened() {
    var all = new ArrayList<String>();
    var start = event("message_start");
    var message = start.putObject("message").put("id", "msg_1").put("type", "message");
    message.put("role", "assistant").put("model", "fake").putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.putObject("usage").put("input_tokens", input).put("output_tokens", 1);
    all.add(start.toString());
    all.add("{\"type\":\"ping\"}");
    all.addAll(events);
    if (stopReason != null) {
      var delta = event("message_delta");
      delta.putObject("delta").put("stop_reason", stopReason).putNull("stop_sequence");
      delta.putObject("usage").put("output_tokens", output);
      all.add(delta.toString());
    }
    return all;
  }

  private MessagesScript block(Consumer<ObjectNode> first, List<ObjectNode> deltas) {
    int index = blocks++;
    var start = event("content_block_start").put("index", index);
    first.accept(start.putObject("content_block"));
    events.add(start.toString());
    for (var delta : deltas) {
      events.add(event("content_block_delta").put("index", index).set("delta", delta).toString());
    }
    events.add(event("content_block_stop").put("index", index).toString());
    return this;
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode delta(String type) {
    return event(type);
  }

  private List<String> pieces(String text) {
    return ChatScript.pieces(text, chunkChars);
  }

  private static FakeReply reply(List<String> events) {
    return FakeReply.streamed(events, MessagesScript::name);
  }

  /// Every event of this protocol has its type as its name.
  private static String name(String data) {
    try {
      return JSON.readTree(data).path("type").asText("content_block_delta");
    } catch (JsonProcessingException broken) {
      return "content_block_delta";
    }
  }
}
