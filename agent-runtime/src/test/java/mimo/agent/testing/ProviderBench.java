package mimo.agent.testing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import mimo.agent.message.Message;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.http.Transport;
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.provider.wire.Wire;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.engine.CancellationToken;

/// A provider called `acme` in virtual time, and what it was heard to say.
public final class ProviderBench {

  public static final String KEY = "sk-secret-4711";

  public static final ToolSpec READ =
      new ToolSpec("read", "Reads a file.", "{\"type\":\"object\"}", Effect.READS);

  public static final ModelRequest REQUEST =
      new ModelRequest(
          "acme-1",
          "Be brief.",
          List.of(new Message.User("hello")),
          List.of(READ),
          OptionalLong.empty());

  /// Delays are always the longest, so that tests can name them.
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  public final VirtualTime time = VirtualTime.fromNoon();
  public final RecordingStreamListener listener = new RecordingStreamListener();
  public final Provider provider;

  private ProviderBench(Speech speech, URI baseUrl, Patience patience, Transport transport) {
    var endpoint =
        new ProviderEndpoint(
            "acme",
            baseUrl,
            ApiKey.of(KEY, baseUrl),
            List.of("ACME_API_KEY"),
            Dialect.PLAIN,
            patience);
    var wire = new Wire(transport, new RetryLoop(time, LONGEST, time), time);
    provider = speech.maker(wire).open(endpoint);
  }

  /// A bench that speaks chat completions.
  public static ProviderBench at(URI baseUrl) {
    return at(Speech.CHAT, baseUrl);
  }

  public static ProviderBench at(Speech speech, URI baseUrl) {
    return new ProviderBench(speech, baseUrl, Patience.DEFAULT, new HttpTransport());
  }

  /// A bench that waits a second for the next byte, and no longer.
  public static ProviderBench impatientAt(URI baseUrl) {
    return impatientAt(Speech.CHAT, baseUrl);
  }

  public static ProviderBench impatientAt(Speech speech, URI baseUrl) {
    var patience = new Patience(Patience.DEFAULT.connect(), Duration.ofSeconds(1));
    return new ProviderBench(speech, baseUrl, patience, new HttpTransport());
  }

  /// A bench whose requests leave through `transport`, and that waits `idle` for the next byte.
  public static ProviderBench over(Transport transport, Speech speech, URI baseUrl, Duration idle) {
    return new ProviderBench(
        speech, baseUrl, new Patience(Patience.DEFAULT.connect(), idle), transport);
  }

  public ModelReply ask() throws InterruptedException {
    return ask(REQUEST);
  }

  public ModelReply ask(ModelRequest request) throws InterruptedException {
    return provider.ask(request, listener, CancellationToken.never());
  }
}
