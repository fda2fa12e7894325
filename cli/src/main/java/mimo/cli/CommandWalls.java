package mimo.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import mimo.agent.command.Bubblewrap;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.ChosenConfinement;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.command.MountPoints;
import mimo.agent.command.SandboxLayout;
import mimo.agent.command.ScratchFolders;
import mimo.agent.command.TrustedPrograms;
import mimo.agent.command.Unconfined;
import mimo.agent.permission.DeniedFiles;
import mimo.agent.permission.PermissionRules;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import org.jspecify.annotations.Nullable;

/// What the commands of agents run within in one workspace, as the user has configured it.
final class CommandWalls {

  private final Path workspace;
  private final Folders folders;
  private final Map<String, String> environment;
  private final Configuration configuration;

  CommandWalls(
      Path workspace,
      Folders folders,
      Map<String, String> environment,
      Configuration configuration) {
    this.workspace = workspace;
    this.folders = folders;
    this.environment = environment;
    this.configuration = configuration;
  }

  /// The programs mimo itself calls.
  TrustedPrograms programs() {
    return TrustedPrograms.of(environment.getOrDefault("PATH", ""), workspace);
  }

  /// The variables of child processes.
  ChildEnvironment variables(List<ProviderListing> providers) {
    return variables(providers, Map.of());
  }

  /// The same, with some more that the user gives to one program. Of those, too, none is a
  /// provider's key (A45).
  ChildEnvironment variables(List<ProviderListing> providers, Map<String, String> more) {
    var all = new HashMap<>(environment);
    all.putAll(more);
    var wanted = new HashSet<>(configuration.sandbox().environment());
    wanted.addAll(more.keySet());
    var names = new HashSet<String>();
    providers.forEach(provider -> names.addAll(provider.keyVariables()));
    return ChildEnvironment.of(all, wanted, names, keys(names));
  }

  private Set<String> keys(Set<String> names) {
    var keys = new HashSet<String>();
    names.stream().map(environment::get).filter(Objects::nonNull).forEach(keys::add);
    configuration.providers().values().stream()
        .map(Configuration.ProviderSection::apiKey)
        .filter(Objects::nonNull)
        .forEach(keys::add);
    return keys;
  }

  /// The walls: those of bubblewrap, if the user does not want none and they work.
  ///
  /// @param guarded names below the workspace that no command may change
  /// @param points those of this process
  ChosenConfinement chosen(List<Path> guarded, MountPoints points, ScratchFolders scratch)
      throws InterruptedException {
    var none = new Unconfined(programs().find("setsid").orElse(null));
    return configuration.sandbox().on()
        ? ChosenConfinement.choose(bubblewrap(guarded, points, scratch), none)
        : ChosenConfinement.switchedOff(none);
  }

  private @Nullable Bubblewrap bubblewrap(
      List<Path> guarded, MountPoints points, ScratchFolders scratch) {
    return programs()
        .find("bwrap")
        .map(program -> new Bubblewrap(program, layout(guarded), points, scratch.fresh()))
        .map(walls -> walls.hiding(denied()::now))
        .orElse(null);
  }

  private DeniedFiles denied() {
    var rules = PermissionRules.builtIn().and(configuration.permissions());
    return new DeniedFiles(rules, workspace, home());
  }

  private SandboxLayout layout(List<Path> guarded) {
    var home = home();
    return new SandboxLayout(
        workspace,
        home,
        Stream.of(folders.config(), folders.data(), folders.cache(), folders.state())
            .distinct()
            .toList(),
        configuration.sandbox().read().stream().map(name -> readable(home, name)).toList(),
        guarded,
        configuration.sandbox().network() ? Network.OPEN : Network.NONE);
  }

  Path home() {
    var named = Path.of(environment.getOrDefault("HOME", ""));
    return named.isAbsolute() ? named.normalize() : Path.of(System.getProperty("user.home", "/"));
  }

  private static Path readable(Path home, String name) {
    return name.startsWith("~/") ? home.resolve(name.substring(2)) : Path.of(name);
  }
}
