package mimo.cli.testing;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import mimo.agent.ConversationBudget;
import mimo.agent.ToolSource;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.goal.GoalGround;
import mimo.agent.goal.Originals;
import mimo.agent.memory.Recall;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.snapshot.Undoing;
import mimo.agent.testing.SayingShells;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.GlobTool;
import mimo.agent.tool.GrepTool;
import mimo.agent.tool.ReadTool;
import mimo.agent.tool.Readings;
import mimo.agent.tool.Toolbox;
import mimo.agent.tool.WriteTool;
import mimo.cli.command.InterruptSource;
import mimo.cli.command.SandboxSwitch;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.session.RunCommand;
import mimo.cli.error.ExitCode;
import mimo.cli.script.Scripts;
import mimo.cli.session.LocalSessions;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.session.Sessions;
import mimo.engine.testing.ManualClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The commands that talk to an agent, over a store on disk and a scripted model. Ids and times are
/// the same each time. Confined to one thread.
public final class TalkStage implements LocalSessions.Workshop {

  /// A value that must be in no stored byte.
  public static final String SECRET = "hunter2-hunter2-hunter2";

  public final ScriptedProvider model = new ScriptedProvider();
  public final ManualClock clock = new ManualClock();
  public final ScriptedProvider judge = new ScriptedProvider();

  private String workspace = "workspace";
  private @Nullable Price judgePrice = Price.FREE;
  private ConversationBudget budget = ConversationBudget.NONE;
  private final Path home;
  private Random random = new Random(7);
  private @Nullable Price price = Price.FREE;
  private TestStreams streams = new TestStreams();
  private Channel out = Channel.PIPE;
  private InterruptSource interrupts = ScriptedInterrupts.NEVER;
  private InstantSource commandClock = clock;
  private String input = "";
  private final FileLocks locks;
  private final Readings readings = new Readings();
  private Optional<Path> git = Optional.empty();
  private List<String> toolNames = List.of("read", "glob", "grep");

  /// @param home an empty folder; the workspace and the store get folders in it
  public TalkStage(Path home) {
    this.home = home;
    this.locks = new FileLocks(home.resolve("files.lock"));
    folder();
  }

  /// The same at this price; null for one that nobody knows.
  public TalkStage priced(@Nullable Price other) {
    price = other;
    return this;
  }

  /// The same, where ids are others.
  public TalkStage seeded(long seed) {
    random = new Random(seed);
    return this;
  }

  /// The same with so much to spend on each message, unless somebody says more.
  public TalkStage spending(ConversationBudget usual) {
    budget = usual;
    return this;
  }

  @Override
  public ConversationBudget budget() {
    return budget;
  }

  /// The same in another folder.
  public TalkStage in(String folder) {
    workspace = folder;
    return this;
  }

  /// The same with a judge of goals at this price; null for one that nobody knows.
  public TalkStage judgedAt(@Nullable Price other) {
    judgePrice = other;
    return this;
  }

  /// The same before a terminal.
  public TalkStage watched() {
    out = Channel.TERMINAL;
    return this;
  }

  /// The same with these signals.
  public TalkStage interrupted(InterruptSource source) {
    interrupts = source;
    return this;
  }

  /// The same, where commands look at this clock.
  public TalkStage at(InstantSource time) {
    commandClock = time;
    return this;
  }

  /// The same with this on standard input.
  public TalkStage piped(String text) {
    input = text;
    return this;
  }

  /// `mimo run` with these words.
  public ExitCode run(String... words) throws InterruptedException {
    return command(setting -> new RunCommand(setting, stream()), words);
  }

  /// Another command with these words.
  public ExitCode command(Function<Setting, Subcommand> command, String... words)
      throws InterruptedException {
    streams = new TestStreams();
    var made = command.apply(setting());
    var line = new CommandLine(made.spec()).setExpandAtFiles(false);
    return made.run(line.parseArgs(words));
  }

  private ByteArrayInputStream stream() {
    return new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
  }

  private Setting setting() {
    var plain = streams.terminal(out, Channel.PIPE);
    var keyboard = new BufferedReader(new StringReader(""));
    var terminal =
        out == Channel.TERMINAL
            ? new Terminal(plain.out(), out, plain.err(), Channel.PIPE, keyboard)
            : plain;
    return new Setting(
        terminal,
        Map.of(),
        commandClock,
        () -> WindowSize.USUAL,
        interrupts,
        new Scripts(folder(), home.resolve("own"), new OneBuiltin(), Admissions.TRUSTING),
        Admissions.real(home, terminal),
        new SandboxSwitch(),
        () -> new ScriptedRuns(List.of(), List.of(), null),
        ScriptedInspection::new,
        ScriptedBackground::new,
        () -> new LocalSessions(this),
        Commands.noServers(),
        Commands.noMemory());
  }

  public String out() {
    return streams.out();
  }

  public String err() {
    return streams.err();
  }

  /// The files of the store.
  public Path store() {
    return home.resolve("data");
  }

  @Override
  public Path folder() {
    try {
      return Files.createDirectories(home.resolve(workspace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PathGuard guard() {
    try {
      return PathGuard.over(folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Resolution model(@Nullable String reference) {
    return reference == null || reference.startsWith("scripted/")
        ? new Resolution.Resolved(model, "model", price)
        : new Resolution.Unresolved("model_unknown", "There is no model " + reference + ".");
  }

  @Override
  public Map<String, AgentDefinition> agents() {
    return Map.of();
  }

  /// The same with fewer tools.
  public TalkStage withTools(String... names) {
    toolNames = List.of(names);
    return this;
  }

  @Override
  public ToolSource tools(PathGuard guard, Asker asker) {
    var replacing = new FileReplacement(guard, locks);
    return ToolSource.of(
        Toolbox.of(
                List.of(
                    new ReadTool(guard, readings),
                    new GlobTool(guard),
                    new GrepTool(guard),
                    new WriteTool(guard, replacing, readings)))
            .only(toolNames::contains));
  }

  @Override
  public int subagentDepth() {
    return 1;
  }

  @Override
  public Authority authority(PathGuard guard) {
    return Authority.headless(guard.root());
  }

  @Override
  public String instructed(PathGuard guard) {
    return "";
  }

  /// The same with an agent that can write files, and a git that keeps them.
  public TalkStage editing() {
    git = Optional.of(Path.of("/usr/bin/git"));
    return withTools("read", "write");
  }

  /// The same where git is not installed.
  public TalkStage withoutGit() {
    git = Optional.empty();
    return this;
  }

  /// Agents are sent back once; checks are as [SayingShells] has them.
  @Override
  public GoalGround goals(
      PathGuard guard, Authority authority, Asker asker, Resolution.Resolved own) {
    return new GoalGround(
        guard,
        authority,
        new SayingShells(guard.root()),
        new Originals(home.resolve("goals"), home.resolve("copies"), clock),
        asker,
        () -> new Resolution.Resolved(judge, "judge", judgePrice),
        1);
  }

  @Override
  public Recall recall(PathGuard guard) {
    return Recall.NOTHING;
  }

  @Override
  public Undoing undoing(PathGuard guard) {
    var variables = Map.of("PATH", "/usr/bin:/bin");
    return Undoing.of(
        git,
        ChildEnvironment.of(variables, List.of(), Set.of(), List.of()),
        new Undoing.Place(guard.root(), home.resolve("snapshots"), List.of()));
  }

  @Override
  public Sessions sessions() {
    var live = new LiveValues(List.of(SECRET));
    return new Sessions(
        () -> new SqliteJournal(store()),
        key -> new SecretRedactor(live, key),
        key -> new SecretRedactor(live, key, Rules.ALL),
        clock,
        random);
  }
}
