package mimo.cli.config;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import mimo.agent.provider.catalog.ProtocolName;
import mimo.cli.config.Configuration.Price;
import mimo.cli.config.Configuration.ProviderSection;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import org.jspecify.annotations.Nullable;

/// Turns the text of one configuration file into a [Configuration], or says where it is wrong.
final class ConfigurationReader {

  /// `{env:NAME}` in a string stands for a variable, so that files need not hold keys.
  private static final Pattern VARIABLE = Pattern.compile("\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");

  static final int MAX_CONCURRENCY = 10_000;

  private static final List<String> TOP =
      List.of("$schema", "model", "provider", "model_aliases", "concurrency");

  private static final List<String> OPTIONS = List.of("baseURL", "apiKey", "protocol", "cassette");

  private final String text;
  private final Map<String, String> environment;

  private ConfigurationReader(String text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
  }

  static Configuration read(String file, String text, Map<String, String> environment) {
    return new ConfigurationReader(text, environment).configuration(JsoncReader.read(file, text));
  }

  private Configuration configuration(ConfigNode.Section root) {
    String model = null;
    Integer concurrency = null;
    Map<String, ProviderSection> providers = Map.of();
    Map<String, String> aliases = Map.of();
    for (var member : root.members()) {
      switch (member.name()) {
        case "model" -> model = text(member);
        case "concurrency" -> concurrency = concurrency(member);
        case "provider" -> providers = map(member, this::provider);
        case "model_aliases" -> aliases = map(member, this::text);
        case "$schema" -> text(member);
        default -> throw unknown(member, TOP, "");
      }
    }
    return new Configuration(model, providers, aliases, concurrency);
  }

  private ProviderSection provider(ConfigNode.Member provider) {
    var options = ProviderSection.NONE;
    Map<String, Price> prices = new HashMap<>();
    for (var member : section(provider).members()) {
      switch (member.name()) {
        case "options" -> options = options(section(member));
        case "models" -> section(member).members().forEach(model -> addPrice(model, prices));
        default -> throw unknown(member, List.of("options", "models"), " of a provider");
      }
    }
    return options.withPrices(prices);
  }

  private ProviderSection options(ConfigNode.Section options) {
    String baseUrl = null;
    String apiKey = null;
    ProtocolName protocol = null;
    String cassette = null;
    for (var option : options.members()) {
      switch (option.name()) {
        case "baseURL" -> baseUrl = text(option);
        case "apiKey" -> apiKey = text(option);
        case "protocol" -> protocol = protocol(option);
        case "cassette" -> cassette = text(option);
        default -> throw unknown(option, OPTIONS, " of a provider");
      }
    }
    return new ProviderSection(baseUrl, apiKey, protocol, cassette, Map.of());
  }

  private ProtocolName protocol(ConfigNode.Member member) {
    try {
      return ProtocolName.of(text(member));
    } catch (IllegalArgumentException unknown) {
      throw wrong(member.value(), String.valueOf(unknown.getMessage()));
    }
  }

  private void addPrice(ConfigNode.Member model, Map<String, Price> prices) {
    for (var member : section(model).members()) {
      if (!member.name().equals("cost")) {
        throw unknown(member, List.of("cost"), " of a model");
      }
      prices.put(model.name(), price(member));
    }
  }

  private Price price(ConfigNode.Member cost) {
    BigDecimal input = null;
    BigDecimal output = null;
    BigDecimal cacheRead = null;
    for (var member : section(cost).members()) {
      switch (member.name()) {
        case "input" -> input = dollars(member);
        case "output" -> output = dollars(member);
        case "cache_read" -> cacheRead = dollars(member);
        default -> throw unknown(member, List.of("input", "output", "cache_read"), " of a cost");
      }
    }
    if (input == null || output == null) {
      throw wrong(cost.value(), "a cost has input and output, in US dollars per million tokens");
    }
    return new Price(input, output, cacheRead);
  }

  private ConfigNode.Section section(ConfigNode.Member member) {
    if (member.value() instanceof ConfigNode.Section section) {
      return section;
    }
    throw wrongKind(member, "an object");
  }

  private <T> Map<String, T> map(ConfigNode.Member member, Function<ConfigNode.Member, T> convert) {
    var map = new HashMap<String, T>();
    section(member).members().forEach(entry -> map.put(entry.name(), convert.apply(entry)));
    return map;
  }

  private String text(ConfigNode.Member member) {
    if (!(member.value() instanceof ConfigNode.Text found)) {
      throw wrongKind(member, "a string");
    }
    return VARIABLE
        .matcher(found.value())
        .replaceAll(match -> {
          var value = environment.get(match.group(1));
          if (value == null) {
            throw wrong(found, "the variable " + match.group(1) + " is not set");
          }
          return java.util.regex.Matcher.quoteReplacement(value);
        });
  }

  private int concurrency(ConfigNode.Member member) {
    var wanted = "'concurrency' is a whole number from 1 to " + MAX_CONCURRENCY;
    if (!(member.value() instanceof ConfigNode.Digits digits)) {
      throw wrong(member.value(), wanted + ", found " + member.value().kindWord());
    }
    var number = new BigDecimal(digits.value());
    if (number.stripTrailingZeros().scale() > 0
        || number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(MAX_CONCURRENCY)) > 0) {
      throw wrong(digits, wanted + ", found " + digits.value());
    }
    return number.intValueExact();
  }

  private BigDecimal dollars(ConfigNode.Member member) {
    if (member.value() instanceof ConfigNode.Digits digits && !digits.value().startsWith("-")) {
      return new BigDecimal(digits.value());
    }
    throw wrongKind(member, "a number that is not negative");
  }

  private CommandException unknown(ConfigNode.Member member, List<String> known, String where) {
    return CommandException.at(
        member.position(),
        "config_invalid",
        "unknown key '" + member.name() + "'" + where + Nearest.hint(member.name(), known),
        text);
  }

  private CommandException wrongKind(ConfigNode.Member member, String wanted) {
    return wrong(
        member.value(),
        "'" + member.name() + "' is " + wanted + ", found " + member.value().kindWord());
  }

  private CommandException wrong(@Nullable ConfigNode node, String message) {
    return CommandException.at(
        java.util.Objects.requireNonNull(node).position(), "config_invalid", message, text);
  }
}
