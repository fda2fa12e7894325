package mimo.agent.provider.responses;

import java.util.Map;
import mimo.agent.provider.KeyHeader;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.http.HttpPost;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.Protocol;
import mimo.agent.provider.wire.ProviderError;

/// Responses, streamed. Thread-safe.
final class ResponsesProtocol implements Protocol {

  static final HttpPost.Manner MANNER = new HttpPost.Manner(KeyHeader.AUTHORIZATION, Map.of());

  /// The word for a reply that came to its own end.
  static final String COMPLETED = "completed";

  private static final String SUMMARY = "reasoning.summary";

  /// The word for a reply that did not, and does not say why.
  static final String INCOMPLETE = "incomplete";

  private final String provider;
  private final ResponsesRequestWriter writer;
  private final Unsummarised unsummarised;

  /// @param provider whose encrypted reasoning may be sent back: only its own
  ResponsesProtocol(String provider, Dialect dialect, Unsummarised unsummarised) {
    this.provider = provider;
    this.writer = new ResponsesRequestWriter(provider, dialect, unsummarised);
    this.unsummarised = unsummarised;
  }

  @Override
  public String path() {
    return "/responses";
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
  public void refused(String model, ProviderError error) {
    if (error.param().startsWith(SUMMARY) || error.says(SUMMARY, "reasoning summar")) {
      unsummarised.add(provider, model);
    }
  }

  @Override
  public EventParser parser() {
    return new ResponsesParser(provider);
  }

  @Override
  public String terminal() {
    return "a response.completed";
  }

  @Override
  public Ending ending(String reason) {
    return switch (reason) {
      case COMPLETED -> new Ending.Usable(Finish.STOP);
      case "max_output_tokens", "max_tokens" -> new Ending.Usable(Finish.LENGTH);
      case "content_filter" -> new Ending.Usable(Finish.FILTERED);
      default -> new Ending.Broken();
    };
  }
}
