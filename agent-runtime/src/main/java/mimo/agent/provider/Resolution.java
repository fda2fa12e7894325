package mimo.agent.provider;

import org.jspecify.annotations.Nullable;

/// What became of a model name.
public sealed interface Resolution {

  /// The name means a model that can be asked.
  ///
  /// @param model the model's own id, without the provider
  /// @param price what it costs; null if unknown, which is not the same as free
  /// @param efforts how hard it can be asked to think
  /// @param size how much it takes in and says
  record Resolved(
      Provider provider, String model, @Nullable Price price, EffortSupport efforts, ModelSize size)
      implements Resolution {

    /// A model of which nobody knows how much it takes in.
    public Resolved(Provider provider, String model, @Nullable Price price, EffortSupport efforts) {
      this(provider, model, price, efforts, ModelSize.UNKNOWN);
    }

    /// A model of which nobody knows how hard it can be asked to think.
    public Resolved(Provider provider, String model, @Nullable Price price) {
      this(provider, model, price, EffortSupport.UNKNOWN);
    }

    /// The full name, `provider/id`.
    public String reference() {
      return provider.id() + "/" + model;
    }
  }

  /// The name means nothing here.
  ///
  /// @param code a snake_case name, for example `model_unknown` or `provider_access`
  /// @param message what was found and what to do, for people
  record Unresolved(String code, String message) implements Resolution {}
}
