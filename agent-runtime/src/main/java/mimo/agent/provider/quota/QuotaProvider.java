package mimo.agent.provider.quota;

import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.quota.QuotaGate.Entry;
import mimo.engine.CancellationToken;

/// A provider behind the gate of its quota.
final class QuotaProvider implements Provider {

  private final Provider provider;
  private final QuotaGate gate;

  QuotaProvider(Provider provider, QuotaGate gate) {
    this.provider = provider;
    this.gate = gate;
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    return switch (gate.enter(cancellation)) {
      case Entry.Closed(var why) -> why;
      case Entry.Pass pass -> {
        try (pass) {
          yield pass.told(provider.ask(request, listener, cancellation));
        }
      }
    };
  }

  @Override
  public String toString() {
    return provider.toString();
  }
}
