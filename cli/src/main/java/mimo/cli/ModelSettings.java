package mimo.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import mimo.agent.provider.Price;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.ProviderLimits;
import mimo.agent.provider.catalog.CatalogSettings;
import mimo.agent.provider.catalog.OwnModel;
import mimo.agent.provider.catalog.ProviderSettings;
import mimo.agent.provider.offline.Cassette;
import mimo.cli.config.Configuration;
import mimo.cli.config.Configuration.ModelSection;
import mimo.cli.config.Configuration.ProviderSection;
import mimo.cli.error.CommandException;
import mimo.cli.run.ModelNames;
import org.jspecify.annotations.Nullable;

/// What the configuration says about models, as the agents' room takes it.
///
/// @param names what a run has noted; what it has not is left to the configuration
record ModelSettings(Configuration configuration, ModelNames names) {

  CatalogSettings catalog() {
    var providers = new HashMap<String, ProviderSettings>();
    configuration.providers().forEach((id, section) -> providers.put(id, provider(section)));
    var model = names.model() == null ? configuration.model() : names.model();
    return new CatalogSettings(
        model,
        configuration.smallModel(),
        providers,
        names.aliases().orElseGet(configuration::modelAliases),
        configuration.modelGroups(),
        configuration.keys());
  }

  private static ProviderSettings provider(ProviderSection section) {
    var models = new HashMap<String, OwnModel>();
    section.models().forEach((id, model) -> models.put(id, model(model)));
    return new ProviderSettings(
        section.baseUrl(),
        section.apiKey(),
        section.protocol(),
        models,
        new Patience(
            millis(section.waits().connect(), ProviderLimits.CONNECT),
            millis(section.waits().chunk(), ProviderLimits.IDLE)));
  }

  private static Duration millis(@Nullable Integer millis, Duration usual) {
    return millis == null ? usual : Duration.ofMillis(millis);
  }

  private static OwnModel model(ModelSection section) {
    return new OwnModel(
        section.price() == null ? null : price(section.price()),
        section.window(),
        section.output(),
        section.efforts(),
        section.reasoning(),
        section.interleaved());
  }

  private static Price price(Configuration.Price price) {
    BigDecimal cached = price.cacheRead() == null ? price.input() : price.cacheRead();
    return ProviderSettings.usdPerMillion(price.input(), price.output(), cached);
  }

  /// The recorded conversation the offline model plays, if one is configured.
  @Nullable Cassette cassette() {
    var offline = configuration.providers().get("offline");
    var file = offline == null ? null : offline.cassette();
    if (file == null) {
      return null;
    }
    try {
      return Cassette.parse(Files.readString(Path.of(file)));
    } catch (IOException | IllegalArgumentException unusable) {
      throw new CommandException(
          "cassette_invalid", "cannot use the cassette " + file + ": " + unusable.getMessage());
    }
  }
}
