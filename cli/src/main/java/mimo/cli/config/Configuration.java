package mimo.cli.config;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.provider.catalog.ProtocolName;
import org.jspecify.annotations.Nullable;

/// What the user configured. Absent means: as if the key were not there.
///
/// @param model the model to use when nothing names one, `provider/id` or an alias
/// @param providers settings by provider id
/// @param modelAliases short names and the models they stand for
/// @param concurrency how many agents work at once
public record Configuration(
    @Nullable String model,
    Map<String, ProviderSection> providers,
    Map<String, String> modelAliases,
    @Nullable Integer concurrency) {

  public static final Configuration EMPTY = new Configuration(null, Map.of(), Map.of(), null);

  public Configuration {
    providers = Map.copyOf(providers);
    modelAliases = Map.copyOf(modelAliases);
  }

  /// This configuration with `later` laid over it: what `later` says wins.
  public Configuration with(Configuration later) {
    var sections = new TreeMap<>(providers);
    later.providers.forEach((id, section) -> sections.merge(id, section, ProviderSection::with));
    var aliases = new HashMap<>(modelAliases);
    aliases.putAll(later.modelAliases);
    return new Configuration(
        later.model != null ? later.model : model,
        sections,
        aliases,
        later.concurrency != null ? later.concurrency : concurrency);
  }

  /// One provider's settings.
  ///
  /// @param baseUrl where it is
  /// @param apiKey its key; never shown
  /// @param protocol what is spoken there
  /// @param cassette a recorded conversation, for the provider `offline`
  /// @param prices prices by model id
  public record ProviderSection(
      @Nullable String baseUrl,
      @Nullable String apiKey,
      @Nullable ProtocolName protocol,
      @Nullable String cassette,
      Map<String, Price> prices) {

    public ProviderSection {
      prices = Map.copyOf(prices);
    }

    static final ProviderSection NONE = new ProviderSection(null, null, null, null, Map.of());

    ProviderSection withPrices(Map<String, Price> known) {
      return new ProviderSection(baseUrl, apiKey, protocol, cassette, known);
    }

    ProviderSection with(ProviderSection later) {
      var merged = new HashMap<>(prices);
      merged.putAll(later.prices);
      return new ProviderSection(
          later.baseUrl != null ? later.baseUrl : baseUrl,
          later.apiKey != null ? later.apiKey : apiKey,
          later.protocol != null ? later.protocol : protocol,
          later.cassette != null ? later.cassette : cassette,
          merged);
    }

    /// A key is a secret: it appears in no text.
    @Override
    public String toString() {
      return "ProviderSection[baseUrl=%s, protocol=%s, prices=%s]"
          .formatted(baseUrl, protocol, prices);
    }
  }

  /// US dollars per million tokens.
  ///
  /// @param cacheRead for input read from the provider's cache; null if not told apart
  public record Price(BigDecimal input, BigDecimal output, @Nullable BigDecimal cacheRead) {}
}
