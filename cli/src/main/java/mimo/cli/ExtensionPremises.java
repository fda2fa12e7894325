package mimo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.Commands;
import mimo.agent.command.Unconfined;
import mimo.agent.hook.HookProcess;
import mimo.agent.hook.HookSet;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.skill.Skills;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import mimo.cli.config.McpSection;
import mimo.cli.extension.Grounds;
import mimo.cli.extension.HookFiles;
import mimo.cli.extension.SkillFiles;

/// What people have laid into folders for agents. That is of the working folder, wherever agents
/// work: a copy of it is not what was trusted. Thread-safe.
final class ExtensionPremises {

  /// Where hooks that were written for Claude Code find the repository.
  private static final String PROJECT = "CLAUDE_PROJECT_DIR";

  private final House.Surroundings surroundings;
  private final Folders folders;
  private final Configuration configuration;
  private final Supplier<List<ProviderListing>> providers;
  private final List<McpSection> servers;
  private final Map<Path, Commands> commands = new ConcurrentHashMap<>();

  /// @param providers those whose keys no child process may see
  /// @param servers the MCP servers the user has configured, whose secrets nobody keeps
  ExtensionPremises(
      House.Surroundings surroundings,
      Folders folders,
      Configuration configuration,
      Supplier<List<ProviderListing>> providers,
      List<McpSection> servers) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.configuration = configuration;
    this.providers = providers;
    this.servers = List.copyOf(servers);
  }

  /// Where they are looked for.
  Grounds grounds() {
    var named = Path.of(surroundings.environment().getOrDefault("HOME", ""));
    return new Grounds(
        surroundings.folder(),
        folders.config(),
        named.isAbsolute() ? named : Path.of(System.getProperty("user.home", "/")),
        surroundings.admission(),
        surroundings.notices()::tell);
  }

  /// The skills there are now.
  Skills skills() {
    return SkillFiles.in(grounds());
  }

  /// The hooks that run now.
  ///
  /// @param root the workspace, free of links
  HookSet hooks(Path root) {
    var walls = new CommandWalls(root, folders, surroundings.environment(), configuration);
    var programs = walls.programs();
    var hooks = new HookFiles(grounds(), programs::find).all(configuration.hooks());
    if (hooks.isEmpty()) {
      return HookSet.NONE;
    }
    var redactions = new Redactions(surroundings.environment(), configuration, servers);
    var starting = commands.computeIfAbsent(root, _ -> commands(walls));
    return HookSet.of(hooks, new HookProcess(starting, root, programs::find), redactions::clean);
  }

  /// Hooks have no walls (A89), but the same variables as all children, and places of their own.
  private Commands commands(CommandWalls walls) {
    var usual = walls.variables(providers.get());
    var variables = new TreeMap<>(usual.variables());
    variables.put(PROJECT, grounds().root().toString());
    return new Commands(
        new Unconfined(
            walls.programs().find("setsid").orElse(null),
            walls.programs().find("setpriv").orElse(null)),
        new ChildEnvironment(variables, usual.refused()),
        Runtime.getRuntime().availableProcessors());
  }
}
