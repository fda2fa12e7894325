package mimo.cli.run;

import java.util.Optional;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.provider.Resolution;
import mimo.cli.run.LocalRuns.Workshop;
import mimo.compose.ModelChange;
import mimo.engine.reuse.RunLineage;
import org.jspecify.annotations.Nullable;

/// Tells which agents have another model than when their run began. Those that have the same are
/// known by what they always were known by.
///
/// @param began the run's model at its beginning
/// @param now what the run works with
/// @param models what a name means in a run with some model
record ModelsSince(String began, RunOptions now, Models models) implements ModelChange {

  /// What names of models mean.
  interface Models {
    Optional<Resolution> settled(String run, String reference);
  }

  /// The models of a run that has come so far, if they are not those it began with.
  static ModelsSince of(RunLineage lineage, RunOptions options, Workshop workshop) {
    var began = lineage.generations().getFirst().started().request().options();
    return new ModelsSince(RunOptions.parse(began).model(), options, workshop::settledModel);
  }

  @Override
  public Optional<String> of(
      @Nullable String asked, @Nullable String agentType, @Nullable String usual) {
    if (began.equals(now.model())) {
      return Optional.empty();
    }
    var name = name(asked, agentType, usual);
    if (name == null) {
      return Optional.of(now.model());
    }
    if (name.indexOf('/') >= 0) {
      return Optional.empty();
    }
    var after = meaning(now.model(), name);
    return meaning(began, name).equals(after) ? Optional.empty() : Optional.of(after);
  }

  @Override
  public Optional<String> ofAny() {
    return began.equals(now.model()) ? Optional.empty() : Optional.of(now.model());
  }

  /// A name that is mapped to nothing means the run's own model.
  private String meaning(String run, String name) {
    return models
        .settled(run, name)
        .map(found -> found instanceof Resolution.Resolved meant ? meant.reference() : run)
        .orElse(run);
  }

  private @Nullable String name(
      @Nullable String asked, @Nullable String agentType, @Nullable String usual) {
    if (asked != null && !asked.equals("inherit")) {
      return asked;
    }
    var definition = agentType == null ? null : now.everyAgent().get(agentType);
    if (definition != null && definition.model() != null) {
      return definition.model();
    }
    return now.scriptModels() == ScriptModels.COUNT ? usual : null;
  }
}
