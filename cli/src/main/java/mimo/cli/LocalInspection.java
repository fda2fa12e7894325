package mimo.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import mimo.agent.permission.Authority;
import mimo.agent.provider.anthropic.Messages;
import mimo.agent.provider.catalog.LoopbackProbe;
import mimo.agent.provider.catalog.ModelCatalog;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.provider.catalog.ProviderListing.Reach;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.openai.ChatCompletions;
import mimo.agent.provider.responses.Responses;
import mimo.cli.auth.AuthFile;
import mimo.cli.command.Inspection;
import mimo.cli.command.ModelList;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.Configuration;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Configured;
import mimo.cli.config.Folders;
import mimo.cli.doctor.Check;
import mimo.cli.doctor.CommandsCheck;
import mimo.cli.doctor.ConfigurationCheck;
import mimo.cli.doctor.Doctor;
import mimo.cli.doctor.Finding;
import mimo.cli.doctor.InstallationCheck;
import mimo.cli.doctor.JavaCheck;
import mimo.cli.doctor.ProvidersCheck;
import mimo.cli.doctor.SandboxCheck;
import mimo.cli.doctor.StoreCheck;
import mimo.cli.doctor.TerminalCheck;
import mimo.cli.doctor.ToolsCheck;
import mimo.cli.terminal.WindowSize;
import mimo.engine.EngineLimits;

/// What this machine's mimo can tell about itself. Confined to the command's thread.
final class LocalInspection implements Inspection {

  /// Loads the HTTP client and looks a name up: slower than a request of a run.
  private static final Duration ONLINE = Duration.ofSeconds(10);

  private final House.Surroundings surroundings;
  private final Folders folders;
  private final Supplier<WindowSize> window;
  private final Duration probe;

  /// @param probe how long a server on this machine may take to answer
  LocalInspection(
      House.Surroundings surroundings,
      Folders folders,
      Supplier<WindowSize> window,
      Duration probe) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.window = window;
    this.probe = probe;
  }

  @Override
  public ConfigurationFiles files() {
    return new ConfigurationFiles(folders, surroundings.environment(), surroundings.folder());
  }

  @Override
  public Configured configuration() {
    return files().read();
  }

  @Override
  public List<ConfigEntry> given() {
    var given = new ArrayList<ConfigEntry>();
    given.add(ConfigEntry.builtIn("concurrency", EngineLimits.AGENTS));
    for (var provider : catalog(configuration().configuration()).providers()) {
      if (provider.keyVariables().contains(provider.keySource())) {
        given.add(ConfigEntry.keyFrom(provider.id(), provider.keySource()));
      }
    }
    return given;
  }

  @Override
  public Authority authority() throws InterruptedException {
    var house = new House(surroundings, folders, configuration().configuration());
    return house.authority(house.guard());
  }

  private ModelCatalog catalog(Configuration configuration) {
    return new House(surroundings, folders, configuration).models();
  }

  @Override
  public ModelList models(Servers servers) {
    var configuration = configuration().configuration();
    var catalog = catalog(configuration);
    var providers = catalog.providers();
    var answers =
        switch (servers) {
          case LEFT_ALONE -> new TreeMap<String, List<String>>();
          case ASKED -> local(providers);
        };
    return new ModelOverview(catalog.aliases(), answers).of(providers, catalog.defaultModel());
  }

  @Override
  public List<ProviderListing> providers() {
    return catalog(configuration().configuration()).providers();
  }

  @Override
  public AuthFile keys() {
    return new AuthFile(folders);
  }

  /// The models of each server on this machine that answers in time.
  private SortedMap<String, List<String>> local(List<ProviderListing> providers) {
    var here = new ArrayList<ProviderListing>();
    var addresses = new ArrayList<URI>();
    for (var provider : providers) {
      if (provider.reach() == Reach.THIS_MACHINE && provider.address().isPresent()) {
        here.add(provider);
        addresses.add(provider.address().get());
      }
    }
    var models = new LoopbackProbe().models(addresses, probe);
    var byProvider = new TreeMap<String, List<String>>();
    for (int i = 0; i < here.size(); i++) {
      byProvider.put(here.get(i).id(), models.get(i));
    }
    return byProvider;
  }

  @Override
  public List<Finding> examine(Network network) throws InterruptedException {
    var checks = new ArrayList<Check>();
    checks.add(JavaCheck.ofThisProcess());
    checks.add(
        new InstallationCheck(
            surroundings.ahead().installation().dist(),
            ManagementFactory.getRuntimeMXBean().getInputArguments()));
    var configuration = new ConfigurationCheck(files());
    checks.add(configuration);
    var house = new House(surroundings, folders, configuration.readable());
    checks.add(new SandboxCheck(house::sandbox, Path.of("/proc/self/status")));
    checks.add(
        new CommandsCheck(
            new WallsOnTrial(
                    folders,
                    surroundings.environment(),
                    configuration.readable(),
                    house.models().providers())
                ::tried));
    checks.add(new ProvidersCheck(house.models(), this::local, online(network)));
    checks.add(new StoreCheck(folders.data()));
    checks.add(
        new TerminalCheck(
            surroundings.terminal(),
            surroundings.environment(),
            window,
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))));
    checks.add(new ToolsCheck(surroundings.environment().getOrDefault("PATH", "")));
    return new Doctor(checks).examine();
  }

  private static Optional<ProvidersCheck.Request> online(Network network) {
    return switch (network) {
      case THIS_MACHINE -> Optional.empty();
      case PROVIDER -> Optional.of(LocalInspection::status);
    };
  }

  private static int status(ModelCatalog.Reached provider, String path) throws IOException {
    var manner =
        switch (provider.protocol()) {
          case OPENAI_CHAT -> ChatCompletions.MANNER;
          case OPENAI_RESPONSES -> Responses.MANNER;
          case ANTHROPIC -> Messages.MANNER;
        };
    var endpoint = provider.endpoint();
    var url = URI.create(endpoint.baseUrl() + path);
    return new HttpTransport().status(url, endpoint.key(), manner, ONLINE);
  }
}
