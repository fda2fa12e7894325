package mimo.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import mimo.agent.ConversationBudget;
import mimo.agent.Overshoot;
import mimo.agent.ToolSource;
import mimo.agent.TurnReversal.Outcome.Done;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.PathGuard;
import mimo.agent.goal.GoalGround;
import mimo.agent.goal.GoalLedger;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.memory.Recall;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.GoalFact;
import mimo.agent.session.SessionAbout;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionUse;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.agent.snapshot.Undoing;
import mimo.cli.command.Runs;
import mimo.cli.command.SessionDesk;
import mimo.cli.error.CommandException;
import mimo.cli.extension.CommandFiles;
import mimo.cli.run.Failing;
import mimo.cli.script.Scripts;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionEntry;
import mimo.engine.session.SessionKeeper;
import mimo.engine.session.SessionSummary;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// The sessions of this machine's store. Confined to the command's thread.
public final class LocalSessions implements SessionDesk {

  private static final String DAMAGED = "damaged";

  private final Workshop workshop;
  private final @Nullable Workflows workflows;
  private final SessionTools tools = new SessionTools();

  /// What sessions are had with; each call makes something new.
  public interface Workshop {

    /// The folder mimo was started in.
    Path folder();

    /// The way to the files of that folder.
    PathGuard guard();

    /// What the model is called that `reference` means; null asks for the default.
    Resolution model(@Nullable String reference);

    /// The agents that files define for that folder, by name.
    Map<String, AgentDefinition> agents();

    /// Makes the tools agents have there.
    ///
    /// @param asker whom they may ask something
    ToolSource tools(PathGuard guard, Asker asker);

    /// What agents may do there; nobody is asked for more.
    Authority authority(PathGuard guard);

    /// What people wrote in files for whoever works there; empty if nothing.
    String instructed(PathGuard guard);

    /// Where the agent of a session there can work towards a goal; null if it can have none.
    ///
    /// @param own the model of the session
    default @Nullable GoalGround goals(
        PathGuard guard, Authority authority, Asker asker, Resolution.Resolved own) {
      return null;
    }

    /// How many levels of subagents a session has.
    int subagentDepth();

    /// What Max Mode is where nobody says more about it.
    default MaxMode max() {
      return MaxMode.USUAL;
    }

    /// How far a session may pass what may be spent on it.
    default Overshoot overshoot() {
      return Overshoot.ONE_REQUEST;
    }

    /// The most that may be spent on one message where nobody says more about it.
    default ConversationBudget budget() {
      return ConversationBudget.NONE;
    }

    /// What of the memory a session there begins with.
    Recall recall(PathGuard guard);

    /// How conversations there go on that have become too long.
    default Rebuilding rebuilding(PathGuard guard) {
      return Rebuilding.plain();
    }

    /// The prompts that have names there.
    default CommandFiles commands() {
      return CommandFiles.NONE;
    }

    /// Whether turns can be undone there.
    Undoing undoing(PathGuard guard);

    /// The store.
    Sessions sessions();
  }

  /// What the agents of sessions start workflows with.
  ///
  /// @param runs makes a way to the runs; called once for each use
  public record Workflows(Supplier<Runs> runs, Scripts scripts) {}

  /// Sessions whose agents start no workflows.
  public LocalSessions(Workshop workshop) {
    this(workshop, null);
  }

  public LocalSessions(Workshop workshop, @Nullable Workflows workflows) {
    this.workshop = workshop;
    this.workflows = workflows;
  }

  @Override
  public Talk begin(Order order) throws InterruptedException {
    var sessions = workshop.sessions();
    return Failing.closing(
        sessions,
        () -> new Opening(workshop, sessions, new Opening.Means(tools, workflows), order).talk());
  }

  @Override
  public MaxMode max() {
    return workshop.max();
  }

  @Override
  public SessionId meant(From from) {
    return switch (from) {
      case From.Latest(var manner) when manner == Manner.ITSELF -> {
        var here = workshop.guard().root();
        yield keeping(keeper -> latestIn(here, keeper));
      }
      case From.Named(var prefix, var manner) when manner == Manner.ITSELF -> find(prefix).id();
      case From.Anew _, From.Latest _, From.Named _ ->
          throw new CommandException("nothing_to_undo", "nothing was said yet");
    };
  }

  @Override
  public Done undo(SessionId id, OptionalInt first, Others others) throws InterruptedException {
    var done = new Reversing(workshop, id).go(reversal -> reversal.undo(first, others));
    tools.forget(id);
    return done;
  }

  @Override
  public Done redo(SessionId id, Others others) throws InterruptedException {
    var done = new Reversing(workshop, id).go(reversal -> reversal.redo(others));
    tools.forget(id);
    return done;
  }

  @Override
  public boolean clearGoal(SessionId id) throws InterruptedException {
    return Failing.waited(() -> {
      try (var sessions = workshop.sessions();
          var own = sessions.open(id)) {
        var record = ConversationRecord.open(own);
        boolean set = GoalLedger.of(record.facts()).goal() != null;
        if (set) {
          record.ofGoal(new GoalFact.Cleared());
        }
        return set;
      }
    });
  }

  @Override
  public Optional<Rebuilt> rebuild(Order order) throws InterruptedException {
    try (var sessions = workshop.sessions()) {
      return new Opening(workshop, sessions, new Opening.Means(tools, workflows), order).rebuilt();
    }
  }

  @Override
  public boolean hasNews(SessionId id) {
    return tools.hasNews(id);
  }

  @Override
  public void leave() {
    tools.close();
  }

  @Override
  public CommandFiles commands() {
    return workshop.commands();
  }

  @Override
  public String model(@Nullable String reference) {
    return switch (workshop.model(reference)) {
      case Resolution.Resolved found -> found.reference();
      case Resolution.Unresolved(var code, var message) ->
          throw new CommandException(code, message);
    };
  }

  @Override
  public List<Line> list() {
    return keeping(keeper -> lines(keeper));
  }

  static List<Line> lines(SessionKeeper keeper) {
    return keeper.list().stream().map(session -> line(keeper, session)).toList();
  }

  /// The one the user had last in a folder.
  static SessionId latestIn(Path folder, SessionKeeper keeper) {
    return SessionDesk.latestIn(folder.toString(), usersOwn(keeper))
        .map(Line::id)
        .orElseThrow(() ->
            new CommandException("session_none", "there is no session in " + folder + " yet"));
  }

  /// Those that no agent has with another one.
  static List<Line> usersOwn(SessionKeeper keeper) {
    return keeper.list().stream()
        .filter(session -> SessionAbout.parse(session.about()).child() == null)
        .map(session -> line(keeper, session))
        .toList();
  }

  @Override
  public Line find(String prefix) {
    return keeping(keeper -> line(keeper, keeper.summary(keeper.find(prefix))));
  }

  private static Line line(SessionKeeper keeper, SessionSummary session) {
    var about = SessionAbout.parse(session.about());
    var fork = session.fork();
    var idle = session.damage().isEmpty() ? "idle" : DAMAGED;
    return new Line(
        session.id(),
        about.workspace(),
        about.title(),
        session.opened(),
        session.used(),
        session.count("asked"),
        fork == null ? null : fork.parent(),
        keeper.owned(session.id()) ? OPEN : idle);
  }

  @Override
  public List<SessionEntry> said(SessionId id) {
    return keeping(keeper -> keeper.read(id));
  }

  @Override
  public List<SessionUse> uses() {
    return keeping(keeper -> {
      var uses = new ArrayList<SessionUse>();
      for (var session : keeper.list()) {
        if (session.damage().isEmpty()) {
          uses.addAll(uses(keeper, session.id()));
        }
      }
      return List.copyOf(uses);
    });
  }

  private static List<SessionUse> uses(SessionKeeper keeper, SessionId id) {
    try {
      return SessionUse.of(keeper.read(id));
    } catch (IllegalArgumentException | EngineException unreadable) {
      // What cannot be read cannot be counted, and the rest still can.
      return List.of();
    }
  }

  @Override
  public SessionId fork(SessionId id) throws InterruptedException {
    return Failing.waited(() -> {
      try (var sessions = workshop.sessions();
          var fork = sessions.fork(id, ofTheUser(sessions.keeper().opening(id).about()))) {
        fork.keep();
        return fork.id();
      }
    });
  }

  /// A copy is the user's, whoever had the session.
  private static String ofTheUser(String about) {
    var all = SessionAbout.parse(about);
    return all.child() == null ? about : new SessionAbout(all.workspace(), all.title()).json();
  }

  @Override
  public Exported export(SessionId id, @Nullable Path named) {
    var name = named == null ? Path.of(id.value() + SessionFiles.ENDING) : named;
    var file = workshop.folder().resolve(name);
    return keeping(keeper -> new Exported(file, SessionFiles.write(keeper.take(id), file)));
  }

  @Override
  public SessionId take(Path file) {
    var session = SessionFiles.read(workshop.folder().resolve(file));
    return keeping(keeper -> keeper.store(session));
  }

  @Override
  public void remove(List<SessionId> ids) {
    keeping(keeper -> {
      keeper.erase(ids);
      return ids;
    });
  }

  private <T> T keeping(Function<SessionKeeper, T> work) {
    return Failing.told(() -> {
      try (var sessions = workshop.sessions()) {
        return work.apply(sessions.keeper());
      }
    });
  }

  /// The same failure, naming the session it is about.
  static CommandException of(SessionId id, CommandException failure) {
    return new CommandException(failure.failure().of(id.value()));
  }
}
