package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.command.CommandOrder;
import mimo.agent.command.GitCommand;
import mimo.agent.command.MountPoints;
import mimo.agent.command.ScratchFolders;
import mimo.agent.context.Instructions;
import mimo.agent.file.FileActivity;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.file.ScriptWrites;
import mimo.agent.goal.GoalGround;
import mimo.agent.goal.Originals;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Grant;
import mimo.agent.permission.GrantFile;
import mimo.agent.permission.Grants;
import mimo.agent.permission.Outlook;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.Sheltering;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.question.Asker;
import mimo.agent.skill.SkillList;
import mimo.agent.snapshot.Undoing;
import mimo.agent.snapshot.Worktrees;
import mimo.agent.tool.SpillFiles;
import mimo.agent.web.WebClient;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import mimo.cli.config.McpSection;
import mimo.cli.error.CommandException;
import mimo.cli.extension.LateSkills;
import mimo.cli.mcp.LocalMcp;
import mimo.cli.mcp.ServedWorkflows;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.WorkflowFolder;

/// What agents find in the folders they work in: walls, tools, permissions, instructions.
/// Thread-safe.
final class Premises {

  private final House.Surroundings surroundings;
  private final Folders folders;
  private final Configuration configuration;
  private final InstantSource clock;
  private final Supplier<List<ProviderListing>> providers;
  private final Memories memories;

  /// One for the process: were its file closed anywhere, all of them would be lost.
  private final FileLocks fileLocks;

  private final CommandShell.Grounds grounds;
  private final AtomicBoolean tidied = new AtomicBoolean();
  private final Map<Path, CommandShell> shells = new ConcurrentHashMap<>();
  private final Map<Path, Optional<Worktrees>> worktrees = new ConcurrentHashMap<>();
  private final List<McpSection> users;
  private final McpPremises servers;
  private final ExtensionPremises extensions;

  /// @param providers those whose keys no child process may see
  /// @param users the MCP servers the user has configured
  Premises(
      House.Surroundings surroundings,
      Folders folders,
      Configuration configuration,
      InstantSource clock,
      RandomGenerator random,
      Supplier<List<ProviderListing>> providers,
      List<McpSection> users) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.configuration = configuration;
    this.clock = clock;
    this.providers = providers;
    var redactions = new Redactions(surroundings.environment(), configuration, users);
    this.memories =
        new Memories(surroundings, folders, configuration.memory(), redactions, clock, random);
    this.fileLocks = new FileLocks(folders.data().resolve("files.lock"));
    this.grounds =
        new CommandShell.Grounds(
            new MountPoints(folders.state().resolve("mounts")),
            new ScratchFolders(folders.cache().resolve("scratch"), random),
            new Semaphore(Runtime.getRuntime().availableProcessors(), true));
    this.users = List.copyOf(users);
    this.servers = new McpPremises(surroundings, folders, users, this::spills);
    this.extensions = new ExtensionPremises(surroundings, folders, configuration, providers, users);
  }

  PathGuard guard(Path workspace) {
    try {
      return PathGuard.over(workspace).without(folders.data());
    } catch (IOException unusable) {
      throw new CommandException(
          "path_escape", "cannot use the folder " + workspace + ": " + unusable.getMessage());
    }
  }

  Workbench workbench(PathGuard guard, Asker asker) {
    return workbench(guard, guard, shell(guard), asker);
  }

  /// @param workspace whose memory they have
  /// @param shell another one than the folder's own
  Workbench workbench(PathGuard guard, PathGuard workspace, CommandShell shell, Asker asker) {
    boolean own = shell.equals(shells.get(guard.root()));
    var reached =
        own ? servers.shared(guard, programs(shell)) : servers.of(guard.root(), programs(shell));
    return new Workbench(
        guard,
        new FileReplacement(guard, fileLocks),
        instructions(guard),
        new Workbench.Machine(
            spills(),
            WebClient.ofThePublicInternet(),
            shell,
            reached,
            own ? () -> {} : reached::close),
        memories.of(workspace.root()),
        new Workbench.Extensions(
            new LateSkills(extensions::skills),
            extensions.hooks(guard(surroundings.folder()).root())),
        asker);
  }

  Memories memories() {
    return memories;
  }

  /// What people have laid into folders for agents.
  ExtensionPremises extensions() {
    return extensions;
  }

  /// What agents are told of whoever wrote files for them: instructions, and the list of skills.
  String told(PathGuard workspace) {
    return Stream.of(instructions(workspace).text(), SkillList.of(extensions.skills().all()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  /// Where agents work towards goals.
  ///
  /// @param authority what they may do
  /// @param asker is asked whether a pass counts that rests on changed tests
  /// @param judge the model that judges
  GoalGround goals(PathGuard guard, Authority authority, Asker asker, Supplier<Resolution> judge) {
    var access =
        authority.place().shelter() == Shelter.READ_ONLY_SANDBOX
            ? CommandOrder.Access.READ_ONLY
            : CommandOrder.Access.WRITABLE;
    return new GoalGround(
        guard,
        authority,
        new CheckRooms(this::known, access),
        originals(),
        asker,
        judge,
        configuration.goal().maxReentries());
  }

  private Originals originals() {
    return new Originals(folders.data().resolve("goals"), folders.state().resolve("goals"), clock);
  }

  private CommandShell known(Path folder) {
    var shell = shells.get(folder);
    return shell == null ? freshShell(folder) : shell;
  }

  private ServerPrograms programs(CommandShell shell) {
    return new ServerPrograms(shell, shell.programs());
  }

  /// The MCP servers of the folder mimo was started in, at the user's own command.
  LocalMcp mcp(PathGuard guard, ServedWorkflows workflows) {
    return servers.desk(guard, programs(shell(guard)), workflows);
  }

  /// For the commands about what is remembered of a folder.
  ///
  /// @param models finds who is asked to tidy it
  MemoryDesk memory(Path folder, ModelResolver models) {
    return memories.desk(folder, models, fileLocks);
  }

  FileActivity files(PathGuard guard) {
    var files = new FileReplacement(guard, fileLocks);
    return new FileActivity(guard, ScriptWrites.real(guard, files, _ -> true));
  }

  /// What agents may do while nobody watches them.
  Authority authority(PathGuard guard) {
    return authority(guard, List.of());
  }

  /// What agents may do while nobody watches them.
  ///
  /// @param agreed what the user agreed to when their run was launched
  Authority authority(PathGuard guard, List<Grant> agreed) {
    return authority(guard.root(), guard.root(), shell(guard)::shelter, agreed);
  }

  /// What agents may do while nobody watches them.
  ///
  /// @param folder where they work
  /// @param workspace for which the user has given permissions
  /// @param agreed what the user agreed to when their run was launched
  Authority authority(Path folder, Path workspace, Sheltering sheltering, List<Grant> agreed) {
    var grants = grants(workspace);
    var place = new WorkspacePermissions.Place(folder, home(), sheltering);
    return new Authority(
        permissions(place, grants).lifting(agreed), Approver.nobody(), grants, place);
  }

  private WorkspacePermissions permissions(WorkspacePermissions.Place place, Grants grants) {
    var rules = PermissionRules.builtIn().and(configuration.permissions());
    return new WorkspacePermissions(rules, place, grants);
  }

  private GrantFile grants(Path workspace) {
    return new GrantFile(folders.data().resolve("permissions"), workspace);
  }

  /// What the user's rules say of something a script asks for.
  Outlook outlook(PathGuard guard, Grant asked) {
    var place = new WorkspacePermissions.Place(guard.root(), home(), shell(guard)::shelter);
    return permissions(place, grants(guard.root())).outlook(asked);
  }

  /// What people wrote in files for whoever works in a folder (A36), as it is now.
  Instructions instructions(PathGuard workspace) {
    try {
      grounds.points().restore(workspace.root());
    } catch (IOException notNow) {
      surroundings
          .notices()
          .tell("Links that a command replaced may not be back: " + notNow.getMessage());
    }
    var instructions =
        Instructions.read(
            Instructions.guard(folders.config()),
            guard(WorkflowFolder.levels(workspace.root()).getLast()),
            workspace,
            folder -> authority(folder, folder, () -> Shelter.NONE, List.of()).permissions());
    instructions.notices().forEach(surroundings.notices()::tell);
    return instructions;
  }

  Undoing undoing(PathGuard guard) {
    var walls = walls(guard.root());
    return Undoing.of(
        walls.programs().find("git"),
        walls.variables(providers.get()),
        new Undoing.Place(
            guard.root(),
            folders.data().resolve("snapshots"),
            List.of(folders.data(), folders.cache(), folders.state())));
  }

  /// Copies of the repository for single agents; nothing if git is not installed.
  Optional<Worktrees> worktrees(Path workspace) {
    return worktrees.computeIfAbsent(
        workspace, root -> git(root).map(git -> new Worktrees(git, root, worktreesFolder())));
  }

  private Optional<GitCommand> git(Path root) {
    var walls = walls(root);
    return walls
        .programs()
        .find("git")
        .map(git -> new GitCommand(git, walls.variables(providers.get())));
  }

  /// Where worktrees of all workspaces are made.
  Path worktreesFolder() {
    return folders.state().resolve("worktrees");
  }

  CommandShell shell(PathGuard guard) {
    return shells.computeIfAbsent(guard.root(), this::freshShell);
  }

  /// One that no other agent shares.
  CommandShell freshShell(Path root) {
    if (!tidied.getAndSet(true)) {
      var leftovers = new Leftovers(grounds, this::spills, originals(), clock);
      Thread.ofVirtual().name("leftovers").start(leftovers::remove);
    }
    var watch = new StagingWatch(root, () -> git(root), surroundings.notices()::tell);
    return new CommandShell(walls(root), providers, grounds, watch);
  }

  private CommandWalls walls(Path root) {
    return new CommandWalls(root, folders, surroundings.environment(), configuration);
  }

  /// Everything an agent was shown only in part, for as long as it may want the rest.
  private SpillFiles spills() {
    var redactions = new Redactions(surroundings.environment(), configuration, users);
    return new SpillFiles(folders.cache().resolve("outputs"), clock, redactions::clean);
  }

  private Path home() {
    var named = Path.of(surroundings.environment().getOrDefault("HOME", ""));
    return named.isAbsolute() ? named : Path.of(System.getProperty("user.home"));
  }
}
