package mimo.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import mimo.agent.ToolSource.Who;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits.Mode;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.definition.ToolChoice;
import mimo.agent.goal.GoalGround;
import mimo.agent.goal.GoalLedger;
import mimo.agent.goal.Pursuit;
import mimo.agent.goal.Transcript;
import mimo.agent.memory.MemoryDigest;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.output.AnswerSchema;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Renewal;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.OwnWords;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.Began;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityContext;
import org.jspecify.annotations.Nullable;

/// Makes of what a step asks for the task of an agent: who it is, which model thinks, how hard, and
/// what was said before. Thread-safe.
final class AgentBriefing {

  /// A model that is not there. What somebody can mend, such as a missing key, is waited for.
  private static final Set<String> GONE = Set.of("model_unknown", "no_model");

  private static final Recorded NOTHING_YET = new Recorded(null, List.of());

  private final AgentSettings settings;
  private final ModelResolver models;
  private final ToolSource tools;
  private final ModelChoice choice;
  private final String system;

  /// What an agent begins with.
  sealed interface Briefing {

    /// @param start what all turns of its conversation have in common
    /// @param effort what was asked for, whatever the model takes
    /// @param began what its session keeps of this
    record Ready(AgentTask task, KeptConversation.Start start, @Nullable Effort effort, Began began)
        implements Briefing {}

    /// It cannot begin.
    record Refused(String code, String message) implements Briefing {}
  }

  AgentBriefing(
      AgentSettings settings, ModelResolver models, ToolSource tools, AgentListener listener) {
    this.settings = settings;
    this.models = models;
    this.tools = tools;
    this.choice = new ModelChoice(settings, models, listener);
    this.system = SystemPrompt.in(settings.workspace());
  }

  /// What a step asks for.
  ///
  /// @param schema the shape of the answer; null for text
  record Asked(AgentInput input, @Nullable AnswerSchema schema, ActivityContext context) {}

  /// What an earlier process wrote down of an agent's work.
  ///
  /// @param began what the agent was when it began; null if it has not
  record Recorded(@Nullable Began began, List<SessionFact> facts) {
    Recorded {
      facts = List.copyOf(facts);
    }
  }

  /// Says what an agent begins with. Its tools are the caller's to close.
  Briefing brief(Asked asked, Recorded recorded) throws InterruptedException {
    var after = asked.input().after();
    var began = recorded.began();
    if (after == null) {
      return began == null
          ? begun(asked, recorded)
          : resumed(asked, said(asked.input(), began), recorded);
    }
    var kept = before(after, asked);
    if (kept.isEmpty()) {
      return new Briefing.Refused(
          "session_lost",
          "what was said before is not stored whole, so this conversation cannot go on");
    }
    var said = said(kept.get(), asked.input());
    return began == null ? continued(asked, said, recorded) : resumed(asked, said, recorded);
  }

  private static Optional<KeptConversation> before(int after, Asked asked) {
    var turns = asked.input().turns();
    return turns.isEmpty()
        ? KeptConversation.read(after, asked.context()::memo)
        : KeptConversation.read(turns, asked.context()::memo);
  }

  private static Said said(KeptConversation kept, AgentInput input) {
    var effort = input.effort() == null ? kept.effort() : input.effort();
    // Its first message holds what it was told of the memory.
    return new Said(kept.start(), effort, kept.messages(), kept.begun(), null);
  }

  private Said said(AgentInput input, Began began) {
    var system = began.system() == null ? this.system : began.system();
    var rights = rights(input, definition(input.agentType()));
    var start =
        new KeptConversation.Start(began.model(), system, began.tools(), rights, input.agentType());
    var effort = began.effort() == null ? null : Effort.of(began.effort()).orElse(null);
    return new Said(start, effort, List.of(), List.of(), began.memory());
  }

  private Briefing begun(Asked asked, Recorded recorded) throws InterruptedException {
    var name = asked.input().agentType();
    var definition = definition(name);
    if (name != null && definition == null) {
      return new Briefing.Refused("bad_argument", unknown(name));
    }
    return definition != null && definition.traits().mode() == Mode.PRIMARY
        ? new Briefing.Refused(
            "bad_argument",
            "agent(): the agent \"" + name + "\" is for sessions alone: its mode is primary")
        : begun(asked, definition, recorded);
  }

  private @Nullable AgentDefinition definition(@Nullable String name) {
    return name == null ? null : settings.agents().get(name);
  }

  /// An agent that was cut off is what it was when it began, or it is lost (D28).
  private Briefing resumed(Asked asked, Said said, Recorded recorded) throws InterruptedException {
    var briefing = continued(asked, said, recorded);
    return briefing instanceof Briefing.Refused(var code, var message) && GONE.contains(code)
        ? lost(message)
        : briefing;
  }

  private static Briefing lost(String why) {
    return new Briefing.Refused("session_lost", "the agent was cut off and cannot go on: " + why);
  }

  private String unknown(String name) {
    var known = new TreeSet<String>();
    settings
        .agents()
        .forEach((each, agent) -> {
          if (agent.traits().mode() != Mode.PRIMARY) {
            known.add(each);
          }
        });
    return "agent(): there is no agentType \"" + name + "\"; known are " + String.join(", ", known);
  }

  private Briefing begun(Asked asked, @Nullable AgentDefinition definition, Recorded recorded)
      throws InterruptedException {
    var input = asked.input();
    var effort =
        input.effort() == null && definition != null ? definition.effort() : input.effort();
    return switch (choice.model(input, definition, asked.context())) {
      case Resolution.Unresolved(var code, var message) -> new Briefing.Refused(code, message);
      case Resolution.Resolved model -> {
        var rights = rights(input, definition);
        var all =
            open(
                authority(rights, definition),
                who(asked, input.agentType()),
                List.of(),
                NOTHING_YET);
        var usual = definition == null ? all : all.only(definition.tools()::allows);
        var box = chosen(usual, asked);
        var start =
            new KeptConversation.Start(
                model.reference(),
                systemOf(definition),
                box.tools().names(),
                rights,
                input.agentType());
        var said = new Said(start, effort, List.of(), List.of(), remembered(input));
        yield ready(asked, said, new Worker(model, box), recorded);
      }
    };
  }

  /// What is remembered when it begins. Memory that changes later changes no agent that has begun,
  /// and none of what it is identified by (M23).
  private @Nullable String remembered(AgentInput input) {
    return input.remembering() == AgentInput.Remembering.NOTHING
        ? null
        : settings.recall().digest().map(MemoryDigest::text).orElse(null);
  }

  /// Of what it could have, what the script lets it have (L75). The answer's own way is none of
  /// these tools, and stays open (L92).
  private Outfit chosen(Outfit usual, Asked asked) throws InterruptedException {
    var wanted = asked.input().tools();
    if (wanted == null) {
      return usual;
    }
    usual.tools().ready(Set.copyOf(wanted), asked.context().cancellation());
    var names = new HashSet<String>();
    for (var each : wanted) {
      var tool = usual.tools().find(each);
      tool.ifPresent(found -> names.add(found.spec().name()));
      if (tool.isEmpty()) {
        choice.tellOnce(
            asked.context(),
            "tools_narrowed",
            each,
            "An agent is to have the tool '" + each + "'; it can have none of that name here.");
      }
    }
    return usual.only(names::contains);
  }

  private Briefing continued(Asked asked, Said said, Recorded recorded)
      throws InterruptedException {
    var start = said.start();
    var definition = definition(start.agent());
    // What it may do is in its definition: without that it must do nothing.
    if (start.agent() != null && definition == null) {
      return new Briefing.Refused(
          "session_lost",
          "no agent is called '" + start.agent() + "' any more, so what it began cannot go on");
    }
    return switch (models.resolve(start.model())) {
      case Resolution.Unresolved(var code, var message) -> new Briefing.Refused(code, message);
      case Resolution.Resolved model -> {
        var all =
            open(
                authority(start.rights(), definition),
                who(asked, start.agent()),
                said.messages(),
                recorded);
        var missing = new ArrayList<>(start.tools());
        missing.removeAll(all.tools().names());
        // Only who was cut off relies on it: a later turn may do without.
        if (recorded.began() != null && !missing.isEmpty()) {
          all.tools().close();
          yield lost("it has no tool '" + missing.getFirst() + "' any more");
        }
        var kept = all.only(start.tools()::contains);
        // What stands for a server in the record means no more of its tools than there were; of the
        // other tools the agent keeps those it began with (D4).
        var box =
            definition == null
                ? kept
                : kept.only(name ->
                    !name.startsWith(ToolChoice.SERVERS) || definition.tools().allows(name));
        yield ready(asked, said, new Worker(model, box), recorded);
      }
    };
  }

  /// What an agent works with.
  private record Outfit(Authority authority, Toolbox tools) {
    Outfit only(Predicate<String> names) {
      return new Outfit(authority, tools.only(names));
    }
  }

  private static Who who(Asked asked, @Nullable String name) {
    var context = asked.context();
    return new Who(
        context.run() + "/" + context.seq(), name == null ? "" : name, Who.Kind.WORKFLOWS);
  }

  private Outfit open(Authority authority, Who who, List<Message> said, Recorded recorded)
      throws InterruptedException {
    var situation = new ToolSource.Situation(authority, said, recorded.facts(), who, () -> 1);
    return new Outfit(authority, tools.open(situation));
  }

  /// What a conversation has come to so far.
  ///
  /// @param begun the messages with which its turns began
  private record Said(
      KeptConversation.Start start,
      @Nullable Effort effort,
      List<Message> messages,
      List<Integer> begun,
      @Nullable String memory) {

    /// The same by the messages in which it stands.
    List<OwnWords> own(String prompt) {
      var all = new ArrayList<OwnWords>();
      for (int at : begun) {
        if (at < messages.size() && messages.get(at) instanceof Message.User(var text)) {
          all.add(new OwnWords(at, Reminder.without(text)));
        }
      }
      all.add(new OwnWords(messages.size(), prompt));
      return List.copyOf(all);
    }

    /// What was asked of it in this turn and those before.
    List<String> asked(String prompt) {
      var all = new ArrayList<String>();
      for (var message : messages) {
        if (message instanceof Message.User(var text) && !Reminder.without(text).isEmpty()) {
          all.add(Reminder.without(text));
        }
      }
      all.add(prompt);
      return List.copyOf(all);
    }

    /// @param prompt of the step
    String told(String prompt) {
      return memory == null ? prompt : memory + "\n\n" + prompt;
    }
  }

  /// Who thinks, and with what at hand.
  private record Worker(Resolution.Resolved model, Outfit outfit) {}

  private Briefing ready(Asked asked, Said said, Worker worker, Recorded recorded) {
    var input = asked.input();
    var model = worker.model();
    var outfit = worker.outfit();
    var ground =
        input.goal() == null
            ? Optional.<GoalGround>empty()
            : settings.goals().ground(outfit.authority(), model);
    if (input.goal() != null && ground.isEmpty()) {
      outfit.tools().close();
      return new Briefing.Refused("not_available", "agent(): there are no goals here");
    }
    var pursuit = ground.map(there -> new Pursuit(there, recorded.facts())).orElse(null);
    var definition = definition(said.start().agent());
    var task =
        new AgentTask(
            model,
            said.start().system(),
            said.messages(),
            said.told(input.asked()),
            outfit.tools(),
            asked.schema(),
            choice.thinking(said.effort(), model, asked.context()).orElse(null),
            definition == null ? null : definition.traits().temperature(),
            maxTurns(input, definition),
            outfit.authority(),
            AgentTask.ChangeAhead.IGNORED,
            new EndTerms(
                EndTerms.Tasks.ARE_FINISHED,
                pursuit,
                all -> Transcript.ofMessages(all, said.messages().size())),
            renewal(asked, said, pursuit),
            input.max(),
            Asker.nobody());
    return new Briefing.Ready(task, said.start(), said.effort(), began(input, said));
  }

  private Renewal renewal(Asked asked, Said said, @Nullable Pursuit pursuit) {
    var context = asked.context();
    // A step of a run is named with a stroke, which no folder may have.
    var session = context.run() + "-" + context.seq();
    return new Renewal(
        settings.rebuilding(),
        session,
        ConversationSoFar.NOTHING.asking(said.own(asked.input().prompt())),
        () -> said.asked(asked.input().prompt()),
        () -> pursuit == null ? GoalLedger.NONE : pursuit.ledger());
  }

  /// Who only looks does so for the whole of its conversation (A40), and so does who has a name of
  /// those who only look, and who was told to (L75).
  private static Rights rights(AgentInput input, @Nullable AgentDefinition definition) {
    return input.rights() == Rights.READ_ONLY || BuiltinAgents.onlyLooks(input.agentType())
        ? Rights.READ_ONLY
        : definition == null ? Rights.USUAL : definition.traits().rights();
  }

  private Authority authority(Rights rights, @Nullable AgentDefinition definition) {
    var all = settings.authority();
    var usual = definition == null ? all : all.narrowedBy(definition.traits().permissions());
    return switch (rights) {
      case USUAL -> usual;
      case READ_ONLY -> usual.readOnly();
    };
  }

  private int maxTurns(AgentInput input, @Nullable AgentDefinition definition) {
    var steps = definition == null ? null : definition.traits().steps();
    int most = Math.min(settings.maxTurns(), input.bounds().maxTurns());
    return steps == null ? most : Math.min(most, steps);
  }

  /// What a conversation that goes on is told first is stored with its first turn.
  private Began began(AgentInput input, Said said) {
    var start = said.start();
    boolean own = input.after() == null && !start.system().equals(system);
    return new Began(
        start.model(),
        said.effort() == null ? null : said.effort().word(),
        own ? start.system() : null,
        start.tools(),
        settings.worktree(),
        input.after() == null ? said.memory() : null);
  }

  /// What people wrote in files belongs to what the agent is: like the prompt of a definition it is
  /// stored with its session, and a file that changes changes no agent that goes on.
  private String systemOf(@Nullable AgentDefinition definition) {
    var prompt = definition == null ? "" : definition.prompt();
    return SystemPrompt.with(system, prompt, settings.instructions());
  }
}
