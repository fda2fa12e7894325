package mimo.agent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.AgentSettings.Unmapped;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityContext;
import org.jspecify.annotations.Nullable;

/// Makes of what a step asks for the task of an agent: who it is, which model thinks, how hard, and
/// what was said before. Thread-safe.
final class AgentBriefing {

  private final AgentSettings settings;
  private final ModelResolver models;
  private final Toolbox tools;
  private final AgentListener listener;
  private final String system;

  /// Runs and what was told in them.
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /// What an agent begins with.
  sealed interface Briefing {

    /// @param start what all turns of its conversation have in common
    /// @param effort what was asked for, whatever the model takes
    record Ready(AgentTask task, KeptConversation.Start start, @Nullable Effort effort)
        implements Briefing {}

    /// It cannot begin.
    record Refused(String code, String message) implements Briefing {}
  }

  AgentBriefing(
      AgentSettings settings, ModelResolver models, Toolbox tools, AgentListener listener) {
    this.settings = settings;
    this.models = models;
    this.tools = tools;
    this.listener = listener;
    this.system = SystemPrompt.in(settings.workspace());
  }

  Briefing brief(AgentInput input, @Nullable AnswerSchema schema, ActivityContext context) {
    var after = input.after();
    if (after != null) {
      var turns = input.turns().isEmpty() ? null : input.turns();
      var said =
          turns == null
              ? KeptConversation.read(after, context::memo)
              : KeptConversation.read(turns, context::memo);
      return said.map(before -> continued(input, schema, before, context))
          .orElseGet(() ->
              new Briefing.Refused(
                  "session_lost",
                  "what was said before is not stored whole, so this conversation cannot go on"));
    }
    var name = input.agentType();
    var definition = name == null ? null : settings.agents().get(name);
    return name != null && definition == null
        ? new Briefing.Refused("bad_argument", unknown(name))
        : begun(input, schema, definition, context);
  }

  private String unknown(String name) {
    var known = new TreeSet<>(settings.agents().keySet());
    return "agent(): there is no agentType \"" + name + "\"; known are " + String.join(", ", known);
  }

  private Briefing begun(
      AgentInput input,
      @Nullable AnswerSchema schema,
      @Nullable AgentDefinition definition,
      ActivityContext context) {
    var asked = asked(input, definition);
    if (asked != null && settings.unmapped() == Unmapped.REFUSED && !models.maps(asked)) {
      return new Briefing.Refused(
          "bad_argument",
          "agent(): the model '"
              + asked
              + "' is not mapped; map it with model_aliases, or write provider/id");
    }
    var effort =
        input.effort() == null && definition != null ? definition.effort() : input.effort();
    return switch (model(asked, context)) {
      case Resolution.Unresolved(var code, var message) -> new Briefing.Refused(code, message);
      case Resolution.Resolved model -> {
        var box = definition == null ? tools : tools.only(definition.tools()::allows);
        var start =
            new KeptConversation.Start(model.reference(), instructions(definition), box.names());
        yield ready(new Said(start, effort, List.of()), model, input, schema, context);
      }
    };
  }

  /// The nearest of those who name a model; null for the run's own.
  private @Nullable String asked(AgentInput input, @Nullable AgentDefinition definition) {
    if (input.model() != null) {
      return input.model();
    }
    if (definition != null && definition.model() != null) {
      return definition.model();
    }
    return settings.scriptModels() == ScriptModels.COUNT ? input.defaultModel() : null;
  }

  private Briefing continued(
      AgentInput input,
      @Nullable AnswerSchema schema,
      KeptConversation before,
      ActivityContext context) {
    var effort = input.effort() == null ? before.effort() : input.effort();
    return switch (models.resolve(before.start().model())) {
      case Resolution.Unresolved(var code, var message) -> new Briefing.Refused(code, message);
      case Resolution.Resolved model ->
          ready(new Said(before.start(), effort, before.messages()), model, input, schema, context);
    };
  }

  /// What a conversation has come to so far.
  private record Said(
      KeptConversation.Start start, @Nullable Effort effort, List<Message> messages) {}

  private Briefing ready(
      Said said,
      Resolution.Resolved model,
      AgentInput input,
      @Nullable AnswerSchema schema,
      ActivityContext context) {
    var task =
        new AgentTask(
            model,
            said.start().system(),
            said.messages(),
            input.prompt(),
            tools.only(said.start().tools()::contains),
            schema,
            thinking(said.effort(), model, context).orElse(null),
            Math.min(settings.maxTurns(), input.bounds().maxTurns()));
    return new Briefing.Ready(task, said.start(), said.effort());
  }

  private String instructions(@Nullable AgentDefinition definition) {
    return definition == null || definition.prompt().isEmpty()
        ? system
        : system + "\n\n" + definition.prompt() + "\n";
  }

  /// A plain word that is mapped to nothing means the run's own model; told once for each (L71).
  private Resolution model(@Nullable String asked, ActivityContext context) {
    var resolution = models.resolve(asked == null ? settings.model() : asked);
    if (asked == null
        || asked.indexOf('/') >= 0
        || !(resolution instanceof Resolution.Unresolved(_, var message))) {
      return resolution;
    }
    tellOnce(context, "model_unmapped", asked, message + " The run's own model is used.");
    return models.resolve(settings.model());
  }

  /// The nearest the model takes; what is sent in place of what was asked is told once (L72).
  private Optional<Thinking> thinking(
      @Nullable Effort asked, Resolution.Resolved model, ActivityContext context) {
    if (asked == null) {
      return Optional.empty();
    }
    var nearest = model.efforts().nearest(asked);
    var name = model.reference();
    if (nearest.isEmpty()) {
      tellOnce(
          context,
          "effort_unknown",
          name,
          ("The effort '%s' is not sent: which efforts %s takes is not known. The"
                  + " configuration's efforts can say it.")
              .formatted(asked.word(), name));
    } else if (nearest.get().effort() != asked) {
      tellOnce(
          context,
          "effort_nearest",
          name + " " + asked.word(),
          "%s takes no effort '%s'; '%s' is the nearest it takes."
              .formatted(name, asked.word(), nearest.get().effort().word()));
    }
    return nearest;
  }

  private void tellOnce(ActivityContext context, String code, String about, String text) {
    if (told.size() < AgentLimits.NOTICES && told.add(context.run() + " " + code + " " + about)) {
      listener.heard(context.run(), context.seq(), new AgentEvent.Notice(code, text));
    }
  }
}
