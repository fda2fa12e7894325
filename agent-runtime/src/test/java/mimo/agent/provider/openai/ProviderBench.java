package mimo.agent.provider.openai;

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
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.testing.RecordingStreamListener;
import mimo.agent.testing.VirtualTime;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.engine.CancellationToken;

/// A provider called `acme` in virtual time, and what it was heard to say.
final class ProviderBench {

  static final String KEY = "sk-secret-4711";

  static final ToolSpec READ =
      new ToolSpec("read", "Reads a file.", "{\"type\":\"object\"}", Effect.READS);

  static final ModelRequest REQUEST =
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

  final VirtualTime time = VirtualTime.fromNoon();
  final RecordingStreamListener listener = new RecordingStreamListener();
  final Provider provider;

  private ProviderBench(URI baseUrl, Patience patience) {
    var endpoint =
        new ProviderEndpoint(
            "acme",
            baseUrl,
            ApiKey.of(KEY, baseUrl),
            List.of("ACME_API_KEY"),
            Dialect.PLAIN,
            patience);
    provider =
        new ChatCompletions(new HttpTransport(), new RetryLoop(time, LONGEST, time), time)
            .open(endpoint);
  }

  static ProviderBench at(URI baseUrl) {
    return new ProviderBench(baseUrl, Patience.DEFAULT);
  }

  static ProviderBench impatientAt(URI baseUrl) {
    var patience = new Patience(Patience.DEFAULT.connect(), Duration.ofSeconds(1));
    return new ProviderBench(baseUrl, patience);
  }

  ModelReply ask() throws InterruptedException {
    return provider.ask(REQUEST, listener, CancellationToken.never());
  }
}
