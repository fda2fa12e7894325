package mimo.agent.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Content.Seal;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.wire.ModelEvent;
import mimo.agent.provider.wire.ProviderError;
import org.jspecify.annotations.Nullable;

/// One chunk of a stream, or one whole reply, while its JSON is walked. The two differ in a word:
/// what a chunk calls `delta`, a whole reply calls `message`.
final class ChatChunk implements JsonWalk.Visitor {

  private static final String EXTRA = ".tool_calls[].extra_content";

  private final String provider;
  private final List<ModelEvent> events = new ArrayList<>();
  private final ProviderError.Fields error = new ProviderError.Fields();

  /// @param provider who says it
  ChatChunk(String provider) {
    this.provider = provider;
  }

  private int nextIndex;
  private int index = -1;
  private @Nullable String id;
  private String tool = "";
  private String arguments = "";
  private @Nullable String extra;

  private @Nullable String finish;
  private boolean reasoned;

  private boolean counted;
  private long input;
  private long output;
  private long total;
  private long reasoning;
  private long cacheRead;

  /// What the chunk says: first its deltas, then why it ends, then what it cost.
  List<ModelEvent> events() {
    var all = new ArrayList<>(events);
    var refusal = error.error();
    if (refusal != null && (error.isPlain() || (finish == null && events.isEmpty()))) {
      all.add(new ModelEvent.Refused(refusal));
      return all;
    }
    if (finish != null) {
      all.add(new ModelEvent.Finished(finish));
    }
    if (counted) {
      all.add(new ModelEvent.Used(new TokenUsage(input, spoken(), reasoning, cacheRead)));
    }
    return all;
  }

  @Override
  public void scalar(String path, JsonParser value) throws IOException {
    var text = value.getValueAsString();
    if (text == null) {
      return;
    }
    var place = path.replace("choices[].message.", "choices[].delta.");
    switch (place) {
      case "choices[].delta.content", "choices[].delta.content[].text", "choices[].delta.refusal" ->
          said(text);
      case "choices[].delta.reasoning_content",
          "choices[].delta.reasoning",
          "choices[].delta.content[].thinking[].text" ->
          reasoned(text, place);
      case "choices[].delta.tool_calls[].index" -> index = value.getValueAsInt(-1);
      case "choices[].delta.tool_calls[].id" -> id = text.isEmpty() ? null : text;
      case "choices[].delta.tool_calls[].function.name" -> tool = text;
      case "choices[].delta.tool_calls[].function.arguments" -> arguments = text;
      case "choices[].finish_reason" -> finish = text.isEmpty() ? null : text;
      default -> countedOrRefused(path, value);
    }
  }

  @Override
  public void objectEnd(String path) {
    if (path.equals("choices[].delta.tool_calls[]")
        || path.equals("choices[].message.tool_calls[]")) {
      int place = index >= 0 ? index : nextIndex;
      if (extra != null) {
        events.add(new ModelEvent.Sealed(new Seal(provider, extra)));
      }
      events.add(new ModelEvent.ToolCallPart(place, id, tool, arguments));
      nextIndex = place + 1;
      index = -1;
      id = null;
      tool = "";
      arguments = "";
      extra = null;
    }
  }

  /// What a provider wants back with a call: the signature of the thought behind it.
  @Override
  public boolean wantsText(String path) {
    return path.endsWith(EXTRA);
  }

  @Override
  public void text(String path, String json) {
    extra = json;
  }

  private void said(String text) {
    if (!text.isEmpty()) {
      events.add(new ModelEvent.Text(text));
    }
  }

  /// Some servers say the same thought under both names, for clients old and new.
  private void reasoned(String text, String place) {
    boolean field = !place.endsWith("[].text");
    if (!text.isEmpty() && !(field && reasoned)) {
      reasoned |= field;
      events.add(new ModelEvent.Reasoning(text));
    }
  }

  private void countedOrRefused(String path, JsonParser value) throws IOException {
    int at = path.indexOf("usage.");
    var where = at < 0 ? "" : path.substring(0, at);
    if (at < 0 || !(where.isEmpty() || where.equals("choices[].") || where.equals("x_groq."))) {
      error.scalar(path, value);
      return;
    }
    long tokens = Math.max(0, value.getValueAsLong());
    switch (path.substring(at + "usage.".length())) {
      case "prompt_tokens" -> input = counted(tokens);
      case "completion_tokens" -> output = counted(tokens);
      case "total_tokens" -> total = tokens;
      case "completion_tokens_details.reasoning_tokens" -> reasoning = tokens;
      case "prompt_tokens_details.cached_tokens", "prompt_cache_hit_tokens", "cached_tokens" ->
          cacheRead = Math.max(cacheRead, tokens);
      default -> {
        // A finer count than we keep.
      }
    }
  }

  /// Some count what was thought in the sum alone.
  private long spoken() {
    return Math.max(output, total - input);
  }

  private long counted(long tokens) {
    counted = true;
    return tokens;
  }
}
