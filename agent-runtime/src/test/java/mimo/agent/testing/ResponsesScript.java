package mimo.agent.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.provider.ModelReply.Finish;
import org.jspecify.annotations.Nullable;

/// Writes the events of one streamed reply in the Responses protocol.
public final class ResponsesScript implements ReplyScript {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> events = new ArrayList<>();
  private final int chunkChars;
  private int items;
  private @Nullable Finish finish;
  private long input;
  private long output;

  private ResponsesScript(int chunkChars) {
    this.chunkChars = chunkChars;
  }

  /// A script whose text leaves in chunks of `chunkChars` characters.
  public static ResponsesScript inChunksOf(int chunkChars) {
    return new ResponsesScript(chunkChars);
  }

  @Override
  public ResponsesScript text(String text) {
    int index = begin("message", "msg_");
    for (var piece : ChatScript.pieces(text, chunkChars)) {
      delta("response.output_text.delta", index, piece);
    }
    var item = item(index, "message", "msg_").put("role", "assistant");
    item.putArray("content").addObject().put("type", "output_text").put("text", text);
    return end(index, item);
  }

  @Override
  public ResponsesScript reasoning(String text) {
    return reasoning(text, "sealed-" + items);
  }

  /// A thought, and what it is encrypted as.
  public ResponsesScript reasoning(String text, String encrypted) {
    int index = begin("reasoning", "rs_");
    for (var piece : ChatScript.pieces(text, chunkChars)) {
      delta("response.reasoning_summary_text.delta", index, piece);
    }
    var item = item(index, "reasoning", "rs_").put("encrypted_content", encrypted);
    item.putArray("summary").addObject().put("type", "summary_text").put("text", text);
    return end(index, item);
  }

  @Override
  public ResponsesScript toolCall(String id, String tool, String arguments) {
    int index = items++;
    var item = item(index, "function_call", "fc_").put("call_id", id).put("name", tool);
    var added = event("response.output_item.added").put("output_index", index);
    events.add(added.set("item", item.deepCopy().put("arguments", "")).toString());
    for (var piece : ChatScript.pieces(arguments, chunkChars)) {
      delta("response.function_call_arguments.delta", index, piece);
    }
    return end(index, item.put("arguments", arguments));
  }

  @Override
  public ResponsesScript finish(Finish reason) {
    finish = reason;
    return this;
  }

  @Override
  public ResponsesScript usage(long inputTokens, long outputTokens) {
    input = inputTokens;
    output = outputTokens;
    return this;
  }

  @Override
  public ResponsesScript raw(String data) {
    events.add(data);
    return this;
  }

  @Override
  public FakeReply done() {
    var all = opened();
    if (finish != null) {
      all.add(last(finish));
    }
    return reply(all);
  }

  @Override
  public FakeReply ends() {
    return reply(opened());
  }

  private List<String> opened() {
    var all = new ArrayList<String>();
    var created = event("response.created");
    created.putObject("response").put("id", "resp_1").put("status", "in_progress");
    all.add(created.toString());
    all.addAll(events);
    return all;
  }

  private String last(Finish reason) {
    var word =
        switch (reason) {
          case STOP, TOOL_CALLS -> "completed";
          case LENGTH, FILTERED -> "incomplete";
          case REPEATED -> throw new IllegalArgumentException("no provider says so");
        };
    var last = event("response." + word);
    var response = last.putObject("response").put("id", "resp_1").put("status", word);
    if (word.equals("incomplete")) {
      response
          .putObject("incomplete_details")
          .put("reason", reason == Finish.LENGTH ? "max_output_tokens" : "content_filter");
    }
    if (input + output > 0) {
      response.putObject("usage").put("input_tokens", input).put("output_tokens", output);
    }
    return last.toString();
  }

  private int begin(String type, String prefix) {
    int index = items++;
    var added = event("response.output_item.added").put("output_index", index);
    events.add(added.set("item", item(index, type, prefix)).toString());
    return index;
  }

  private void delta(String type, int index, String piece) {
    events.add(event(type).put("output_index", index).put("delta", piece).toString());
  }

  private ResponsesScript end(int index, ObjectNode item) {
    var done = event("response.output_item.done").put("output_index", index);
    events.add(done.set("item", item).toString());
    return this;
  }

  private static ObjectNode item(int index, String type, String prefix) {
    return JSON.createObjectNode().put("id", prefix + index).put("type", type);
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static FakeReply reply(List<String> events) {
    return FakeReply.streamed(events, ResponsesScript::name);
  }

  /// Every event of this protocol has its type as its name.
  private static String name(String data) {
    try {
      return JSON.readTree(data).path("type").asText("response.output_text.delta");
    } catch (JsonProcessingException broken) {
      return "response.output_text.delta";
    }
  }
}
