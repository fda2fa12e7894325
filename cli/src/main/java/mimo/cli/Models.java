package mimo.cli;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import mimo.agent.file.PathGuard;
import mimo.agent.provider.anthropic.Messages;
import mimo.agent.provider.catalog.LoopbackProbe;
import mimo.agent.provider.catalog.ModelCatalog;
import mimo.agent.provider.catalog.Watcher;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.agent.provider.openai.ChatCompletions;
import mimo.agent.provider.responses.Responses;
import mimo.agent.provider.responses.Unsummarised;
import mimo.agent.provider.retry.Pause;
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.provider.wire.Wire;
import mimo.cli.config.Configuration;
import mimo.cli.run.ModelNames;
import mimo.cli.terminal.Terminal.Channel;
import org.jspecify.annotations.Nullable;

/// What the names of models mean here, and how their providers are reached. Thread-safe.
final class Models {

  private final House.Surroundings surroundings;
  private final Configuration configuration;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final HttpTransport http = new HttpTransport();
  private final Unsummarised unsummarised = new Unsummarised();

  Models(
      House.Surroundings surroundings,
      Configuration configuration,
      RandomGenerator random,
      InstantSource clock) {
    this.surroundings = surroundings;
    this.configuration = configuration;
    this.random = random;
    this.clock = clock;
  }

  /// @param guard round the files that the offline model may name
  /// @param names what a run's names meant when it began
  ModelCatalog catalog(PathGuard guard, ModelNames names) {
    var settings = new ModelSettings(configuration, names);
    var wire = new Wire(http, new RetryLoop(Pause.real(), random, clock), clock);
    return new ModelCatalog(
        settings.catalog(),
        new ModelCatalog.Surroundings(surroundings.environment(), new LoopbackProbe(), watcher()),
        new ModelCatalog.Makers(
            new ChatCompletions(wire),
            new Responses(wire, unsummarised),
            new Messages(wire),
            new OfflineProvider(guard, settings.cassette())),
        surroundings.notices()::tell);
  }

  /// As the configuration has them, for whoever asks no more than that.
  ModelCatalog configured(PathGuard guard) {
    return catalog(guard, ModelNames.asConfigured(null));
  }

  /// What short names mean in a run.
  ///
  /// @param model the run's own; null where it is still to be chosen
  Map<String, String> aliases(PathGuard guard, @Nullable String model) {
    boolean none =
        configuration.modelAliases().isEmpty()
            && configuration.modelGroups().isEmpty()
            && configuration.smallModel() == null;
    return none ? Map.of() : catalog(guard, ModelNames.asConfigured(model)).aliases();
  }

  private Watcher watcher() {
    return surroundings.terminal().errChannel() == Channel.TERMINAL
        ? Watcher.TERMINAL
        : Watcher.NOBODY;
  }
}
