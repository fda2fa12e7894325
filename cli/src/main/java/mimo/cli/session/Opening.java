package mimo.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mimo.agent.AgentLimits;
import mimo.agent.Conversation;
import mimo.agent.ConversationSetup;
import mimo.agent.SystemPrompt;
import mimo.agent.ToolSource;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.file.AttachedText;
import mimo.agent.file.PathGuard;
import mimo.agent.goal.GoalGround;
import mimo.agent.goal.GoalLedger;
import mimo.agent.output.AnswerSchema;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.rebuild.OwnRebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionAbout;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Attached;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.Usual;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.GoalOrder;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.command.SessionDesk.Talk;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import mimo.cli.extension.CommandFiles;
import mimo.cli.run.Failing;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// Opens a session for one order. What the order cannot mean is found out before anything is
/// written or paid for. Serves once.
final class Opening {

  /// The agent of a session that names none.
  private static final String USUAL = "build";

  private static final String GOAL_OF_ANOTHER_FOLDER =
      "The goal of this session was set for another folder, and is cleared here; set it again with"
          + " --goal or /goal.";

  private final LocalSessions.Workshop workshop;
  private final Sessions sessions;
  private final Means means;
  private final Order order;
  private final PathGuard guard;

  /// What sessions have from one turn to the next.
  ///
  /// @param workflows null if agents start none
  record Means(SessionTools tools, LocalSessions.@Nullable Workflows workflows) {}

  Opening(LocalSessions.Workshop workshop, Sessions sessions, Means means, Order order) {
    this.workshop = workshop;
    this.sessions = sessions;
    this.means = means;
    this.order = order;
    this.guard = workshop.guard();
  }

  Talk talk() throws InterruptedException {
    var wish = wish();
    var given = given();
    var schema = order.schema() == null ? null : schema(order.schema());
    var own =
        switch (order.from()) {
          case From.Anew() ->
              sessions.create(SessionAbout.of(guard.root().toString(), order.prompt()).json());
          case From.Latest(var manner) -> open(latest(), manner);
          case From.Named(var prefix, var manner) -> open(named(prefix, manner), manner);
        };
    return Failing.closing(own, () -> talk(own, wish, given, schema));
  }

  /// The session is rebuilt, and nothing is asked in it.
  Optional<Rebuilt> rebuilt() throws InterruptedException {
    var own =
        switch (order.from()) {
          case From.Latest(var manner) -> open(latest(), manner);
          case From.Named(var prefix, var manner) -> open(named(prefix, manner), manner);
          case From.Anew() -> throw new CommandException("usage", "nothing was said yet");
        };
    try (own) {
      var record = ConversationRecord.open(own);
      var setup = setup(own.id(), record, Wish.plain(order), null);
      return Failing.waited(() -> conversation(own, record, setup, null).rebuild());
    }
  }

  private Conversation conversation(
      OwnSession own,
      ConversationRecord record,
      ConversationSetup setup,
      @Nullable GoalGround ground) {
    var rebuilding = new OwnRebuilding(workshop.rebuilding(guard), own.id().value());
    var backing = new Conversation.Backing(workshop.recall(guard), ground, rebuilding);
    return new Conversation(record, setup, backing, order.company().nanos());
  }

  private Wish wish() throws InterruptedException {
    // Most prompts call nothing, and then nobody looks for commands.
    var called =
        order.prompt().startsWith("/")
            ? workshop.commands().called(order.prompt())
            : Optional.<CommandFiles.Called>empty();
    return called.isEmpty()
        ? Wish.plain(order)
        : Wish.of(order, called.get(), () -> new Wish.Ground(guard, workshop.authority(guard)));
  }

  private SessionId latest() {
    return LocalSessions.latestIn(guard.root(), sessions.keeper());
  }

  /// A session knows a folder's files; elsewhere only a copy of it can go on.
  private SessionId named(String prefix, Manner manner) {
    var id = sessions.keeper().find(prefix);
    var workspace = workspace(id);
    if (manner == Manner.ITSELF && !workspace.equals(guard.root().toString())) {
      throw LocalSessions.of(
          id,
          new CommandException("session_elsewhere", "session " + id + " is had in " + workspace));
    }
    return id;
  }

  private OwnSession open(SessionId id, Manner manner) {
    try {
      return switch (manner) {
        case ITSELF -> sessions.open(id);
        case IN_A_FORK -> sessions.fork(id, moved(id).json());
      };
    } catch (EngineException refused) {
      throw LocalSessions.of(
          id, new CommandException(refused.code(), String.valueOf(refused.getMessage())));
    }
  }

  /// A copy is had in this folder, wherever the session is.
  private SessionAbout moved(SessionId id) {
    var about = SessionAbout.parse(sessions.keeper().opening(id).about());
    // The copy is the user's, whoever had the session.
    return new SessionAbout(guard.root().toString(), about.title());
  }

  private Talk talk(OwnSession own, Wish wish, List<Attached> given, @Nullable AnswerSchema schema)
      throws InterruptedException {
    var record = ConversationRecord.open(own);
    if (wish.prompt().isBlank() && record.unanswered().isEmpty()) {
      throw new CommandException("usage", "there is nothing to go on with; say what to do");
    }
    var begun = record.chosen() != null;
    var setup = setup(own.id(), record, wish, schema);
    var fitting = wish.within(setup.authority());
    var ground = workshop.goals(guard, setup.authority(), order.company().asker(), setup.model());
    var goal = order.goal();
    if (goal != null && (ground == null || wish.prompt().isBlank())) {
      throw new CommandException("usage", "a goal goes with a message: say what to do");
    }
    var before = GoalLedger.of(record.facts());
    boolean elsewhere = goal == null && before.isOpen() && comesFromElsewhere();
    if (elsewhere && wish.prompt().isBlank()) {
      throw new CommandException(
          "usage",
          "the goal of this session is set for another folder, so its turn cannot go on here; say"
              + " what to do");
    }
    if (ground != null && (goal != null || (before.isOpen() && !elsewhere))) {
      checkJudge(ground, setup);
    }
    var conversation = conversation(own, record, setup, ground);
    var attached = new ArrayList<>(fitting.attached());
    attached.addAll(given);
    var asked = wish.prompt().isBlank() ? null : new Asked(wish.prompt(), attached);
    var hooks = setup.tools().hooks();
    var prompt =
        new HookedPrompt(
            hooks,
            new HookedPrompt.Beginning(
                means.tools().begin(own.id(), hooks), begun, means.tools().untold(own.id())),
            elsewhere ? and(fitting.notices(), GOAL_OF_ANOTHER_FOLDER) : fitting.notices());
    var had = new Usual(setup.agent(), setup.model().reference());
    var becomes = elsewhere ? new GoalOrder.Cleared() : goal;
    return new LocalTalk(own, sessions, conversation, asked, becomes, prompt, had, setup.usual());
  }

  private static List<String> and(List<String> notices, String another) {
    var all = new ArrayList<>(notices);
    all.add(another);
    return all;
  }

  /// A goal knows the tests of its folder, and whoever set it allowed its checks for that one.
  private boolean comesFromElsewhere() {
    return order.from() instanceof From.Named(var prefix, var manner)
        && manner == Manner.IN_A_FORK
        && !workspace(sessions.keeper().find(prefix)).equals(guard.root().toString());
  }

  private String workspace(SessionId id) {
    return SessionAbout.parse(sessions.keeper().opening(id).about()).workspace();
  }

  /// A judge that is not there would be noticed only when the work is done.
  private void checkJudge(GoalGround ground, ConversationSetup setup) {
    var judge = resolved(ground.judge().get());
    if (setup.budget().microUsd().isPresent() && judge.price() == null) {
      throw new CommandException(
          "price_unknown",
          limitingCost() + ", but nobody said what the judge " + judge.reference() + " costs");
    }
  }

  private String limitingCost() {
    return order.budget().microUsd().isPresent()
        ? "--max-cost is given"
        : "budget.cost of the configuration is set";
  }

  /// Who has had the session so far. A turn that goes on, goes on by whoever was wanted for it.
  private @Nullable Usual had(ConversationRecord record, Wish wish) {
    var before = record.chosen();
    if (before == null) {
      return null;
    }
    return wish.prompt().isBlank() ? new Usual(before.agent(), before.model()) : before.lasting();
  }

  /// Who has the session after this turn; null for whoever has it in this turn.
  private @Nullable Usual usual(
      ConversationRecord record, Wish wish, Map<String, AgentDefinition> defined) {
    var before = record.chosen();
    if (wish.prompt().isBlank()) {
      return before == null || order.agent() != null ? null : before.usual();
    }
    if (!wish.other()) {
      return null;
    }
    var last = before == null ? null : before.lasting();
    var agent = order.agent() != null ? order.agent() : last != null ? last.agent() : USUAL;
    var model = order.model();
    if (model == null && last != null && order.agent() == null) {
      model = last.model();
    } else if (model == null) {
      var definition = definition(agent, defined);
      model = definition == null ? null : definition.model();
    }
    return new Usual(agent, resolved(workshop.model(model)).reference());
  }

  private ConversationSetup setup(
      SessionId session, ConversationRecord record, Wish wish, @Nullable AnswerSchema schema)
      throws InterruptedException {
    var before = had(record, wish);
    var agent = agent(wish, before);
    var defined = workshop.agents();
    var usual = usual(record, wish, defined);
    var definition = definition(agent, defined);
    boolean looks = usual != null && isReadOnly(definition(usual.agent(), defined));
    if (looks && definition != null) {
      // A command takes nobody out of plan mode: who only looks, only looks (A40).
      definition = definition.readOnly();
    }
    var model = model(wish, before, definition);
    var budget = order.budget().or(workshop.budget());
    if (budget.microUsd().isPresent() && model.price() == null) {
      throw new CommandException(
          "price_unknown",
          limitingCost() + ", but nobody said what " + model.reference() + " costs");
    }
    var authority = authority(definition).narrowedBy(wish.narrowing().rules());
    var who = new ToolSource.Who(session.value(), agent, ToolSource.Who.Kind.USERS);
    var situation =
        new ToolSource.Situation(authority, List.of(), record.facts(), who, record::turn);
    var source = workshop.tools(guard, order.company().asker());
    // The tools of one who only looks are others, even if it is called the same.
    var box = means.tools().of(session, looks ? agent + " (looking)" : agent, source, situation);
    var all =
        budget.limitsSpending()
            // What others spend would not count against it.
            ? Delegation.listed(box)
            : new Delegation(workshop, means, defined, order.company())
                .over(box, new Delegation.Agent(session, definition, authority, model), record);
    var own =
        (definition == null ? all : all.only(definition.tools()::allows))
            .only(wish.narrowing().tools()::allows);
    return new ConversationSetup(agent, model, system(definition), own, authority)
        .withUsual(usual)
        .withAnswer(schema)
        .withMaxTurns(order.maxTurns())
        .withMax(order.max())
        .withAsker(order.company().asker())
        .withOvershoot(workshop.overshoot())
        .withSnapshots(workshop.undoing(guard).orNull())
        .withBudget(budget);
  }

  private static String agent(Wish wish, @Nullable Usual before) {
    var asked = wish.agent();
    return asked != null ? asked : before != null ? before.agent() : USUAL;
  }

  /// What defines the agent.
  private @Nullable AgentDefinition definition(String agent, Map<String, AgentDefinition> defined) {
    var all = new TreeMap<>(defined);
    BuiltinAgents.primary().forEach(builtin -> all.putIfAbsent(builtin.name(), builtin));
    BuiltinAgents.all().forEach(builtin -> all.putIfAbsent(builtin.name(), builtin));
    var found = all.get(agent);
    if (found == null && !agent.equals(USUAL)) {
      throw new CommandException(
          "agent_unknown",
          "no agent is called '" + agent + "'" + Nearest.hint(agent, all.keySet()));
    }
    return found;
  }

  /// What the user says now wins over what the session has, and that over what the agent prefers.
  private Resolution.Resolved model(
      Wish wish, @Nullable Usual before, @Nullable AgentDefinition definition) {
    var preferred = definition == null ? null : definition.model();
    var own = before != null && wish.agent() == null ? before.model() : preferred;
    return resolved(workshop.model(wish.model() != null ? wish.model() : own));
  }

  private static Resolution.Resolved resolved(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved found -> found;
      case Resolution.Unresolved(var code, var message) ->
          throw new CommandException(code, message);
    };
  }

  private String system(@Nullable AgentDefinition definition) {
    var prompt = definition == null ? "" : definition.prompt();
    return SystemPrompt.of(guard.root(), prompt, workshop.instructed(guard));
  }

  private Authority authority(@Nullable AgentDefinition definition) {
    var all = workshop.authority(guard).asking(order.company().approver());
    if (definition == null) {
      return all;
    }
    var own = all.narrowedBy(definition.traits().permissions());
    return isReadOnly(definition) ? own.readOnly() : own;
  }

  private static boolean isReadOnly(@Nullable AgentDefinition definition) {
    return definition != null && definition.traits().rights() == Rights.READ_ONLY;
  }

  /// What the user gives along; so nobody asks whether it may be read.
  private List<Attached> given() {
    if (order.files().size() > AgentLimits.ATTACHED_FILES) {
      throw new CommandException(
          "usage", "at most " + AgentLimits.ATTACHED_FILES + " files go with a prompt");
    }
    var attached = new ArrayList<Attached>();
    for (var file : order.files()) {
      switch (AttachedText.read(guard, file)) {
        case AttachedText.Found(var text) -> attached.add(new Attached(file, text));
        case AttachedText.Refused(var code, var message) ->
            throw new CommandException(code, message);
      }
    }
    return attached;
  }

  private static AnswerSchema schema(String text) {
    return switch (AnswerSchema.parse(text)) {
      case AnswerSchema.Reading.Usable(var schema) ->
          schema.within(AgentLimits.CONVERSATION_ANSWERS);
      case AnswerSchema.Reading.Invalid(var message) ->
          throw new CommandException("usage", "--output-schema " + message);
    };
  }
}
