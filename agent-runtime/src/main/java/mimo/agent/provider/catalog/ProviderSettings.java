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
/// @param prices by model id
/// @param efforts how hard models can be asked to think, by model id
public record ProviderSettings(
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable ProtocolName protocol,
    Map<String, Price> prices,
    Map<String, Set<Effort>> efforts,
    Patience patience) {

  public static final ProviderSettings NONE =
      new ProviderSettings(null, null, null, Map.of(), Map.of(), Patience.DEFAULT);

  private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

  public ProviderSettings {
    prices = Map.copyOf(prices);
    efforts = Map.copyOf(efforts);
  }

  public static ProviderSettings at(String baseUrl) {
    return new ProviderSettings(baseUrl, null, null, Map.of(), Map.of(), Patience.DEFAULT);
  }

  public ProviderSettings withProtocol(ProtocolName name) {
    return new ProviderSettings(baseUrl, apiKey, name, prices, efforts, patience);
  }

  public ProviderSettings withApiKey(String key) {
    return new ProviderSettings(baseUrl, key, protocol, prices, efforts, patience);
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
    return "ProviderSettings[baseUrl=%s, apiKey=%s, protocol=%s, prices=%s, patience=%s]"
        .formatted(baseUrl, apiKey == null ? "none" : "set", protocol, prices, patience);
  }
}
