package mimo.agent;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.AgentSettings.Unmapped;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.engine.ActivityContext;
import org.jspecify.annotations.Nullable;

/// Which model thinks for an agent that begins, and how hard; what comes in place of what was asked
/// for is told once in a run. Thread-safe.
final class ModelChoice {

  private final AgentSettings settings;
  private final ModelResolver models;
  private final AgentListener listener;

  /// Runs and what was told in them.
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  ModelChoice(AgentSettings settings, ModelResolver models, AgentListener listener) {
    this.settings = settings;
    this.models = models;
    this.listener = listener;
  }

  /// The model of an agent that begins.
  ///
  /// @param definition of its kind; null if it is of none
  Resolution model(
      AgentInput input, @Nullable AgentDefinition definition, ActivityContext context) {
    var name = named(input, definition);
    return name != null && settings.unmapped() == Unmapped.REFUSED && !models.maps(name)
        ? new Resolution.Unresolved(
            "bad_argument",
            "agent(): the model '"
                + name
                + "' is not mapped; map it with model_aliases, or write provider/id")
        : resolved(name, context);
  }

  /// The nearest of those who name a model; null for the run's own.
  private @Nullable String named(AgentInput input, @Nullable AgentDefinition definition) {
    if (input.model() != null) {
      return input.model();
    }
    if (definition != null && definition.model() != null) {
      return definition.model();
    }
    return settings.scriptModels() == ScriptModels.COUNT ? input.defaultModel() : null;
  }

  /// A plain word that is mapped to nothing means the run's own model; told once for each (L71).
  private Resolution resolved(@Nullable String asked, ActivityContext context) {
    var resolution = models.resolve(asked == null ? settings.model() : asked, settings.model());
    if (asked == null
        || asked.indexOf('/') >= 0
        || !(resolution instanceof Resolution.Unresolved(_, var message))) {
      return resolution;
    }
    tellOnce(context, "model_unmapped", asked, message + " The run's own model is used.");
    return models.resolve(settings.model());
  }

  /// The nearest the model takes; what is sent in place of what was asked is told once (L72).
  Optional<Thinking> thinking(
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

  /// Tells people of a run what they need to hear once.
  void tellOnce(ActivityContext context, String code, String about, String text) {
    if (told.size() < AgentLimits.NOTICES && told.add(context.run() + " " + code + " " + about)) {
      listener.heard(context.run(), context.seq(), new AgentEvent.Notice(code, text));
    }
  }
}
