package mimo.agent;

import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.UsageLimits;
import mimo.engine.CancellationToken;

/// A provider for one agent, which tells others what it hears of usage limits. Thread-safe.
record ProbingProvider(Provider provider, UsageLimits.Pass pass) implements Provider {

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    var reply = provider.ask(request, listener, cancellation);
    pass.heard(reply);
    return reply;
  }
}
