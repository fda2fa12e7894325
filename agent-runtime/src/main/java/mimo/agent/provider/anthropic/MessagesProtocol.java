package mimo.agent.provider.anthropic;

import java.util.Map;
import mimo.agent.provider.KeyHeader;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.Protocol;

/// Messages, streamed. Thread-safe.
final class MessagesProtocol implements Protocol {

  static final HttpPost.Manner MANNER =
      new HttpPost.Manner(KeyHeader.X_API_KEY, Map.of("anthropic-version", "2023-06-01"));

  private final String provider;
  private final MessagesRequestWriter writer;

  /// @param provider whose signed reasoning may be sent back: only its own
  MessagesProtocol(String provider, Dialect dialect) {
    this.provider = provider;
    this.writer = new MessagesRequestWriter(provider, dialect);
  }

  @Override
  public String path() {
    return "/messages";
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
    return new MessagesParser(provider);
  }

  @Override
  public String terminal() {
    return "a message_stop";
  }

  /// `pause_turn` is a long turn in two parts: like one that was cut, it is to be continued.
  @Override
  public Ending ending(String reason) {
    return switch (reason) {
      case "max_tokens", "pause_turn" -> new Ending.Usable(Finish.LENGTH);
      case "refusal" -> new Ending.Usable(Finish.FILTERED);
      case "model_context_window_exceeded" -> new Ending.Overflow();
      default -> new Ending.Usable(Finish.STOP);
    };
  }
}
