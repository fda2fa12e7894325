package mimo.agent.subagent;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.Conversation;
import mimo.agent.ConversationSetup;
import mimo.agent.SystemPrompt;
import mimo.agent.ToolSource.Situation;
import mimo.agent.ToolSource.Who;
import mimo.agent.TurnOutcome;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Question;
import mimo.agent.permission.Ruling;
import mimo.agent.permission.Shelter;
import mimo.agent.provider.Resolution;
import mimo.agent.rebuild.OwnRebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.subagent.Subagent.Identity;
import mimo.agent.subagent.Subagent.Task;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// The turns of one subagent, in its stored session, which is free in between. Confined to one
/// thread at a time.
final class OwnTurns implements Subagent.Turns {

  /// The user speaks with the agent of the session alone.
  private static final Set<String> NOT_FOR_SUBAGENTS = Set.of("question");

  private final Identity identity;
  private final Workplace place;
  private final Sessions sessions;
  private @Nullable Tools tools;
  private @Nullable Subagents below;

  /// What it has at hand: what it has read and started stays with it from turn to turn.
  private record Tools(Toolbox box, Shelter shelter) {}

  OwnTurns(Identity identity, Workplace place, Sessions sessions) {
    this.identity = identity;
    this.place = place;
    this.sessions = sessions;
  }

  @Override
  public long nanos() {
    return place.nanos().getAsLong();
  }

  @Override
  public TurnOutcome have(Task task, CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    var definition = place.agents().get(identity.agent());
    if (definition == null) {
      return new TurnOutcome.Failed(
          "agent_unknown", "no agent is called '" + identity.agent() + "' any more", null);
    }
    return switch (place.models().resolve(identity.model())) {
      case Resolution.Unresolved(var code, var message) ->
          new TurnOutcome.Failed(code, message, null);
      case Resolution.Resolved model -> {
        try (var own = sessions.open(identity.session())) {
          var record = ConversationRecord.open(own);
          var setup = setup(task, definition, model, record);
          var rebuilding = new OwnRebuilding(place.rebuilding(), identity.session().value());
          var backing = new Conversation.Backing(place.recall(), null, rebuilding);
          yield Conversation.ofSubagent(record, setup, backing, place.nanos())
              .turn(new Asked(task.prompt()), cancellation, events);
        }
      }
    };
  }

  private ConversationSetup setup(
      Task task, AgentDefinition definition, Resolution.Resolved model, ConversationRecord record)
      throws InterruptedException {
    var authority = narrowed(task.rights().authority(), definition);
    var box =
        delegating(tools(authority, record), task, definition, record)
            .only(definition.tools()::allows)
            .only(task.rights().tools()::allows)
            .only(name -> !NOT_FOR_SUBAGENTS.contains(name));
    var system = SystemPrompt.of(place.folder(), definition.prompt(), place.instructions().get());
    var schema = task.schema();
    var steps = definition.traits().steps();
    return new ConversationSetup(
        identity.agent(),
        model,
        system,
        box,
        authority,
        schema == null ? null : schema.within(AgentLimits.CONVERSATION_ANSWERS),
        null,
        steps == null ? AgentLimits.TURNS : Math.min(steps, AgentLimits.TURNS),
        OptionalLong.empty(),
        // What it changes goes back with the turn of whoever asked it.
        null,
        null);
  }

  /// The same tools, and that which calls for others, where these may have others too (A41).
  private Toolbox delegating(
      Toolbox box, Task task, AgentDefinition definition, ConversationRecord record) {
    if (place.depth() == 1) {
      return box;
    }
    var others = below == null ? Subagents.below(identity, record.facts(), place, sessions) : below;
    below = others;
    var rights =
        new ParentRights(
            narrowed(task.rights().authority(), definition),
            definition.tools().within(task.rights().tools()));
    return box.and(List.of(new SubagentTool(others, rights, identity.model()))).hearing(others);
  }

  /// Its own rights within those of whoever asks it (A41).
  private Authority narrowed(Authority parent, AgentDefinition definition) {
    var own = parent.narrowedBy(definition.traits().permissions());
    boolean looks =
        definition.traits().rights() == Rights.READ_ONLY
            || BuiltinAgents.onlyLooks(definition.name());
    var narrowed = looks ? own.readOnly() : own;
    return narrowed.asking(
        (question, cancellation) -> parent.approver().ask(named(question), cancellation));
  }

  /// Whoever is asked sees which agent wants it.
  private Question named(Question question) {
    var ruling = question.ruling();
    var reason = "%s, for %s (%s)".formatted(ruling.reason(), identity.name(), identity.agent());
    return new Question(
        question.call(),
        new Ruling(ruling.decision(), reason, ruling.rule(), ruling.losing(), ruling.always()),
        question.preview(),
        question.links());
  }

  /// Whoever asks it now may have fewer rights than who asked before, and what keeps commands
  /// within bounds is part of the tools.
  private Toolbox tools(Authority authority, ConversationRecord record)
      throws InterruptedException {
    var shelter = authority.place().shelter();
    var known = tools;
    if (known != null && known.shelter() == shelter) {
      return known.box();
    }
    closeTools();
    var who = new Who(identity.session().value(), identity.agent(), Who.Kind.SUBAGENT);
    var made =
        place.tools().open(new Situation(authority, List.of(), record.facts(), who, record::turn));
    tools = new Tools(made, shelter);
    return made;
  }

  @Override
  public void close() {
    if (below != null) {
      below.close();
      below = null;
    }
    closeTools();
  }

  private void closeTools() {
    if (tools != null) {
      tools.box().close();
      tools = null;
    }
  }
}
