package mimo.agent.provider.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import mimo.agent.provider.Effort;
import mimo.agent.provider.Price;
import mimo.agent.provider.ProviderEndpoint.Patience;
import org.jspecify.annotations.Nullable;

/// What the user says about a provider: `provider.<id>` in the user's own configuration, never in a
/// repository's (A79).
///
/// @param baseUrl null for the preset's
/// @param apiKey null for the one in the environment
/// @param protocol what is spoken there; null for the preset's, or the most usual one
/// @param models what is said of single ones, by id
public record ProviderSettings(
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable ProtocolName protocol,
    Map<String, OwnModel> models,
    Patience patience) {

  public static final ProviderSettings NONE =
      new ProviderSettings(null, null, null, Map.of(), Patience.DEFAULT);

  private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

  public ProviderSettings {
    models = Map.copyOf(models);
  }

  public static ProviderSettings at(String baseUrl) {
    return new ProviderSettings(baseUrl, null, null, Map.of(), Patience.DEFAULT);
  }

  public ProviderSettings withProtocol(ProtocolName name) {
    return new ProviderSettings(baseUrl, apiKey, name, models, patience);
  }

  public ProviderSettings withApiKey(String key) {
    return new ProviderSettings(baseUrl, key, protocol, models, patience);
  }

  public ProviderSettings withModels(Map<String, OwnModel> those) {
    return new ProviderSettings(baseUrl, apiKey, protocol, those, patience);
  }

  /// What is said of one model.
  OwnModel model(String id) {
    return models.getOrDefault(id, OwnModel.NONE);
  }

  /// Efforts from a text such as `low medium high`, as `models.<id>.efforts` gives them.
  ///
  /// @throws IllegalArgumentException if a word is no effort
  public static Set<Effort> efforts(String words) {
    return EffortTable.levels(words);
  }

  /// A price from US dollars per million tokens, as `models.<id>.cost` gives them.
  ///
  /// @throws IllegalArgumentException if one is negative or has no end of digits
  public static Price usdPerMillion(BigDecimal input, BigDecimal output, BigDecimal cacheRead) {
    return new Price(micros(input), micros(output), micros(cacheRead));
  }

  private static long micros(BigDecimal usd) {
    try {
      return usd.multiply(MICRO).setScale(0, RoundingMode.CEILING).longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("the price " + usd + " USD is too large", tooLarge);
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "ProviderSettings[baseUrl=%s, apiKey=%s, protocol=%s, models=%s, patience=%s]"
        .formatted(baseUrl, apiKey == null ? "none" : "set", protocol, models, patience);
  }
}
