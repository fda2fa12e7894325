package mimo.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import mimo.agent.hook.Hook;
import mimo.agent.provider.ProviderLimits;
import mimo.cli.command.Background;
import mimo.cli.command.McpDesk;
import mimo.cli.command.Runs;
import mimo.cli.command.SandboxSwitch;
import mimo.cli.command.SessionDesk;
import mimo.cli.command.Setting;
import mimo.cli.config.Configuration.DaemonStart;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.daemon.LocalBackground;
import mimo.cli.error.CommandException;
import mimo.cli.mcp.ServedWorkflows;
import mimo.cli.run.LocalRuns;
import mimo.cli.script.Scripts;
import mimo.cli.session.LocalSessions;
import mimo.cli.terminal.Terminal;
import mimo.cli.trust.Trust;

/// What surrounds the one command of this process. Apart from [Main], which loads as little as it
/// can.
final class Outset {

  private Outset() {}

  static Setting setting(Terminal terminal, HeadStart ahead, Notices notices) {
    var environment = System.getenv();
    var folder = Path.of("").toAbsolutePath();
    var trust =
        new Trust(
            folders(environment),
            terminal,
            () -> hooks(environment, folder),
            InstantSource.system());
    // By its interface: to compare the two, the verifier would load it on every path.
    var admission = trust.admission();
    var own = folders(environment).config().resolve("workflows");
    var scripts = new Scripts(folder, own, new BuiltinScripts(), admission);
    var sandbox = new SandboxSwitch();
    var window = new TerminalWindow().listen();
    var surroundings =
        new House.Surroundings(folder, environment, ahead, terminal, notices, admission);
    return new Setting(
        terminal,
        environment,
        InstantSource.system(),
        window,
        new Interrupts(Runtime.getRuntime()::halt).listen(),
        scripts,
        trust,
        sandbox,
        new Once<>(() -> runs(house(surroundings, sandbox), scripts)),
        () -> new LocalInspection(surroundings, folders(environment), window, ProviderLimits.PROBE),
        () -> background(folder, environment),
        new Once<>(() -> sessions(house(surroundings, sandbox), scripts)),
        new Once<>(() -> mcp(house(surroundings, sandbox), scripts)),
        new Once<>(() -> house(surroundings, sandbox).memory()));
  }

  /// The user's own; none where nobody can understand the configuration, as without it no hook
  /// runs.
  private static List<Hook> hooks(Map<String, String> environment, Path folder) {
    try {
      var files = new ConfigurationFiles(folders(environment), environment, folder);
      return files.read().configuration().hooks();
    } catch (CommandException notUnderstood) {
      return List.of();
    }
  }

  /// One house: what its agents and those of the workflows they start share, they share.
  private static SessionDesk sessions(House house, Scripts scripts) {
    return new LocalSessions(
        house, new LocalSessions.Workflows(() -> runs(house, scripts), scripts));
  }

  /// Whoever has mimo do something over MCP is not asked whether a repository is trusted.
  private static McpDesk mcp(House house, Scripts scripts) {
    return house.mcp(new ServedWorkflows(() -> runs(house, scripts), scripts.in(house.folder())));
  }

  private static Runs runs(House house, Scripts scripts) {
    var configuration = house.configuration();
    return new LocalRuns(
        house,
        scripts,
        new LocalRuns.Defaults(configuration.concurrency(), configuration.deadline()));
  }

  private static House house(House.Surroundings surroundings, SandboxSwitch sandbox) {
    var environment = surroundings.environment();
    var folders = folders(environment);
    var configured = new ConfigurationFiles(folders, environment, surroundings.folder()).read();
    configured.notices().forEach(surroundings.notices()::tell);
    var configuration = configured.configuration();
    if (sandbox.isOff()) {
      surroundings
          .notices()
          .tell("sandbox: off, by --no-sandbox: commands of agents have all rights you have.");
      configuration = configuration.withoutSandbox();
    }
    return new House(surroundings, folders, configuration, configured.servers());
  }

  private static Background background(Path folder, Map<String, String> environment) {
    var launcher = System.getProperty("mimo.launcher", "");
    var found =
        new LocalBackground.Surroundings(
            launcher.isEmpty() ? null : Path.of(launcher),
            folder,
            environment.getOrDefault("MIMOCODE_CONFIG", ""));
    var files = new ConfigurationFiles(folders(environment), environment, folder);
    return new LocalBackground(
        found,
        folders(environment),
        () -> files.read().configuration().daemon() == DaemonStart.AUTO);
  }

  private static Folders folders(Map<String, String> environment) {
    return Folders.of(environment, Path.of(System.getProperty("user.home")));
  }
}
