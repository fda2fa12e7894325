package mimo.agent.provider.openai;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.KeyHeader;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.ModelEvent;
import mimo.agent.provider.wire.Protocol;

/// Chat completions, streamed. Thread-safe.
final class ChatProtocol implements Protocol {

  static final HttpPost.Manner MANNER = new HttpPost.Manner(KeyHeader.AUTHORIZATION, Map.of());

  private final String provider;
  private final ChatRequestWriter writer;

  /// @param provider whose signatures of thoughts may be sent back: only its own
  ChatProtocol(String provider, Dialect dialect) {
    this.provider = provider;
    this.writer = new ChatRequestWriter(provider, dialect);
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public HttpPost.Manner manner() {
    return MANNER;
  }

  @Override
  public String write(ModelRequest request) {
    return writer.write(request);
  }

  @Override
  public EventParser parser() {
    return new Parser(provider);
  }

  @Override
  public String terminal() {
    return "a finish reason";
  }

  @Override
  public Ending ending(String reason) {
    return switch (reason.toLowerCase(Locale.ROOT)) {
      case "length", "max_tokens", "model_length" -> new Ending.Usable(Finish.LENGTH);
      case "content_filter", "safety" -> new Ending.Usable(Finish.FILTERED);
      case "error", "insufficient_system_resource" -> new Ending.Broken();
      default -> new Ending.Usable(Finish.STOP);
    };
  }

  /// Chunks stand for themselves; a whole reply is read as one chunk.
  private record Parser(String provider) implements EventParser {

    /// Chunks have no name; what has one may be an error, or something nobody here knows.
    @Override
    public boolean knows(String event) {
      return event.equals("message") || event.equals("error");
    }

    @Override
    public List<ModelEvent> read(String json) throws IOException {
      var chunk = new ChatChunk(provider);
      JsonWalk.walk(json, chunk);
      return chunk.events();
    }

    @Override
    public List<ModelEvent> readWhole(String json) throws IOException {
      return read(json);
    }
  }
}
