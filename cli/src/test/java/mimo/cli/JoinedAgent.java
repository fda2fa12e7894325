package mimo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.AgentActivity;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.AgentSettings;
import mimo.agent.ConversationBudget;
import mimo.agent.ToolSource;
import mimo.agent.TurnOutcome;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.memory.Recall;
import mimo.agent.message.Content;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.permission.Authority;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.snapshot.Undoing;
import mimo.agent.testing.ScriptedProvider;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.extension.CommandFiles;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.Admission;
import mimo.cli.session.LocalSessions;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.TestStreams;
import mimo.engine.Activity;
import mimo.engine.CancellationToken;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// The agent as the program joins it, with its tools, permissions, walls and store; only the model
/// is scripted. Confined to one thread.
public final class JoinedAgent implements LocalSessions.Workshop, AutoCloseable {

  public final ScriptedProvider model = new ScriptedProvider();

  /// Who thinks for all agents of it.
  public Provider thinker = model;

  public final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());

  private final Path home;
  private final Path folder;
  private final House house;
  private final HeadStart ahead;
  private final Map<String, String> environment;
  private final LocalSessions sessions;
  private final TestStreams streams = new TestStreams();
  private Company company = Company.NONE;
  private @Nullable String agent;
  private From from = new From.Anew();
  private boolean git = true;
  private int calls;

  /// @param home an empty folder; the workspace lies in it
  public JoinedAgent(Path home) throws IOException {
    this(home, Map.of(), "{}");
  }

  /// @param more variables of the environment
  /// @param configuration the user's, as JSON text
  public JoinedAgent(Path home, Map<String, String> more, String configuration) throws IOException {
    this(home, more, configuration, Admissions.WARY);
  }

  /// @param more variables of the environment
  /// @param configuration the user's, as JSON text
  /// @param admission what of the workspace the user trusts
  public JoinedAgent(Path home, Map<String, String> more, String configuration, Admission admission)
      throws IOException {
    this.home = home.toRealPath();
    folder = Files.createDirectories(this.home.resolve("workspace"));
    environment = new HashMap<>(more);
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", this.home.resolve("account").toString());
    environment.put("MIMOCODE_HOME", this.home.resolve("mimo").toString());
    var folders = Folders.of(environment, this.home);
    Files.createDirectories(folders.config());
    Files.createDirectories(this.home.resolve("account"));
    Files.writeString(folders.config().resolve("mimocode.json"), configuration);
    var terminal = streams.terminal(Channel.PIPE, Channel.PIPE);
    var java = Path.of(System.getProperty("java.home"));
    var installation = new Installation(this.home.resolve("dist"), java, this.home, null, null);
    ahead = HeadStart.of(List.of(), installation);
    var configured = new ConfigurationFiles(folders, environment, folder).read();
    house =
        new House(
            new House.Surroundings(
                folder, environment, ahead, terminal, new Notices(terminal, true), admission),
            folders,
            configured.configuration(),
            configured.servers());
    sessions = new LocalSessions(this);
  }

  /// The same with somebody who can be asked.
  public JoinedAgent with(Company others) {
    company = others;
    return this;
  }

  /// The same in a session that there is.
  public JoinedAgent goingOn(String session) {
    from = new From.Named(session, Manner.ITSELF);
    return this;
  }

  /// Agents of workflows, as the program joins them.
  public Activity agentsOfWorkflows() {
    var settings =
        AgentSettings.in(folder)
            .withAuthority(house.authority(guard()))
            .withRecall(house.recall(guard()))
            .withRebuilding(house.rebuilding(guard()));
    return new AgentActivity(
        settings,
        this::model,
        house.tools(guard(), Asker.nobody()),
        (_, _, _) -> {},
        System::nanoTime);
  }

  /// The same as another agent.
  public JoinedAgent as(String name) {
    agent = name;
    return this;
  }

  /// The same where git is not installed.
  public JoinedAgent withoutGit() {
    git = false;
    return this;
  }

  /// Ends what was started, as the end of the process does.
  @Override
  public void close() {
    sessions.leave();
    ahead.close();
  }

  /// What the user was told beside everything else.
  public String notices() {
    return streams.err();
  }

  public LocalSessions desk() {
    return sessions;
  }

  /// What the commands about the memory work with.
  public MemoryDesk memory() {
    return house.memory();
  }

  public Path workspace() {
    return folder;
  }

  /// The folder of the user's account.
  public Path account() {
    return home.resolve("account");
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /// Writes a file of the workspace.
  public void write(String name, String text) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), text);
  }

  /// The model makes these calls in one reply; then the turn ends.
  public List<ToolAnswer> calls(Content.ToolCall... wanted) throws InterruptedException {
    model.replies(Finish.TOOL_CALLS, wanted).says("done");
    return turn("go");
  }

  /// One call.
  public ToolAnswer call(String tool, String arguments) throws InterruptedException {
    return calls(toCall(tool, arguments)).getFirst();
  }

  public Content.ToolCall toCall(String tool, String arguments) {
    return new Content.ToolCall("call" + ++calls, tool, arguments);
  }

  /// `bash` with a command.
  public ToolAnswer bash(String command) throws InterruptedException {
    return call("bash", "{\"command\":" + quoted(command) + "}");
  }

  public static String quoted(String text) {
    return Json.quote(text);
  }

  /// A turn of the session; returns what its calls came to.
  public List<ToolAnswer> turn(String prompt) throws InterruptedException {
    events.clear();
    var order =
        new Order(
            from,
            null,
            agent,
            null,
            List.of(),
            AgentLimits.TURNS,
            ConversationBudget.NONE,
            prompt,
            company);
    try (var talk = sessions.begin(order)) {
      from = new From.Named(talk.id().value(), Manner.ITSELF);
      var outcome = talk.turn(CancellationToken.never(), events::add);
      if (!(outcome instanceof TurnOutcome.Answered)) {
        throw new AssertionError("the turn ended with " + outcome);
      }
    }
    return events.stream()
        .filter(AgentEvent.ToolEnd.class::isInstance)
        .map(event -> ((AgentEvent.ToolEnd) event).answer())
        .toList();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public PathGuard guard() {
    return house.guard();
  }

  @Override
  public Resolution model(@Nullable String reference) {
    return new Resolution.Resolved(thinker, "model", Price.FREE);
  }

  @Override
  public Map<String, AgentDefinition> agents() {
    return house.agents();
  }

  @Override
  public ToolSource tools(PathGuard guard, Asker asker) {
    return house.tools(guard, asker);
  }

  @Override
  public ConversationBudget budget() {
    return house.budget();
  }

  @Override
  public int subagentDepth() {
    return 1;
  }

  @Override
  public Authority authority(PathGuard guard) {
    return house.authority(guard);
  }

  @Override
  public String instructed(PathGuard guard) {
    return house.instructed(guard);
  }

  @Override
  public Recall recall(PathGuard guard) {
    return house.recall(guard);
  }

  @Override
  public Rebuilding rebuilding(PathGuard guard) {
    return house.rebuilding(guard);
  }

  @Override
  public CommandFiles commands() {
    return house.commands();
  }

  @Override
  public Undoing undoing(PathGuard guard) {
    return git ? house.undoing(guard) : new Undoing.NeedsGit();
  }

  @Override
  public Sessions sessions() {
    return house.sessions();
  }
}
