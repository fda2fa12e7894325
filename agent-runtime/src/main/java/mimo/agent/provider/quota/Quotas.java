package mimo.agent.provider.quota;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import org.jspecify.annotations.Nullable;

/// What is known of the quotas of the providers that one run asks. Thread-safe.
public final class Quotas {

  private final ConcurrentMap<String, QuotaGate> gates = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Standing standing;

  /// What is known when a run begins to ask.
  public enum Standing {
    /// Nothing, so every provider is taken to have quota left until it says otherwise.
    UNKNOWN,
    /// A used-up quota has stopped the run before: the first request to each provider is a probe,
    /// and the others wait for what comes of it.
    IN_DOUBT
  }

  public Quotas(InstantSource clock, Standing standing) {
    this.clock = clock;
    this.standing = standing;
  }

  /// The same models, whose providers are asked only as far as their quotas are known to reach.
  public ModelResolver over(ModelResolver models) {
    return new ModelResolver() {
      @Override
      public Resolution resolve(@Nullable String reference) {
        return gated(models.resolve(reference));
      }

      @Override
      public Resolution resolve(@Nullable String reference, @Nullable String caller) {
        return gated(models.resolve(reference, caller));
      }

      @Override
      public boolean maps(String name) {
        return models.maps(name);
      }
    };
  }

  private Resolution gated(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Unresolved none -> none;
      case Resolution.Resolved model ->
          new Resolution.Resolved(
              new QuotaProvider(model.provider(), gate(model.provider().id())),
              model.model(),
              model.price(),
              model.efforts(),
              model.size());
    };
  }

  private QuotaGate gate(String provider) {
    return gates.computeIfAbsent(
        provider, _ -> new QuotaGate(clock, standing == Standing.IN_DOUBT));
  }
}
