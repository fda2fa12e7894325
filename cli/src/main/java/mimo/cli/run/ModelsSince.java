package mimo.cli.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.provider.Resolution;
import mimo.cli.run.LocalRuns.Workshop;
import mimo.compose.ModelChange;
import mimo.engine.reuse.RunLineage;
import org.jspecify.annotations.Nullable;

/// Tells which agents have another model than when their run began. Those that have the same are
/// known by what they always were known by.
///
/// @param began what names of models meant at the run's beginning
/// @param now what the run works with
/// @param models what names mean by the settings
record ModelsSince(ModelNames began, RunOptions now, Models models) implements ModelChange {

  /// What names of models mean.
  interface Models {
    Optional<Resolution> settled(ModelNames names, String reference);
  }

  /// The models of a run that has come so far, if they are not those it began with.
  static ModelsSince of(RunLineage lineage, RunOptions options, Workshop workshop) {
    var noted =
        lineage.generations().stream()
            .map(each -> RunOptions.parse(each.started().request().options()))
            .toList();
    // Of an older run the first that noted it is as far back as anybody can tell.
    var aliases = noted.stream().flatMap(each -> each.aliases().stream()).findFirst();
    var began = new ModelNames(noted.getFirst().model(), aliases);
    return new ModelsSince(began, options, workshop::settledModel);
  }

  @Override
  public Optional<String> of(
      @Nullable String asked, @Nullable String agentType, @Nullable String usual) {
    var name = name(asked, agentType, usual);
    if (name == null) {
      return Optional.of(now.model()).filter(model -> !model.equals(began.model()));
    }
    return began.equals(now.names())
        ? Optional.empty()
        : Optional.of(meaning(now.names(), name))
            .filter(after -> !after.equals(meaning(began, name)));
  }

  /// The run's own model, and every name that means something else by now.
  @Override
  public Optional<String> ofAny() {
    var renamed = renamed();
    var model = Objects.equals(began.model(), now.model()) ? "" : now.model();
    return Optional.of(
            Stream.of(model, renamed)
                .filter(change -> !change.isEmpty())
                .collect(Collectors.joining(", ")))
        .filter(change -> !change.isEmpty());
  }

  /// What somebody should know who continues a run: each name that means something else than it
  /// did.
  static List<String> notices(RunOptions before, RunOptions now) {
    var then = before.aliases();
    return then.isEmpty()
        ? List.of()
        : renamed(then.get(), now.aliases().orElse(Map.of())).stream()
            .map(name ->
                ("the model name '%s' means %s now, and meant %s before:"
                        + " agents that name it are asked again.")
                    .formatted(
                        name,
                        meaning(now.aliases().orElse(Map.of()), name),
                        meaning(then.get(), name)))
            .toList();
  }

  private static String meaning(Map<String, String> table, String name) {
    return table.getOrDefault(name, "the run's own model");
  }

  private static SortedSet<String> renamed(Map<String, String> then, Map<String, String> today) {
    var names = new TreeSet<>(then.keySet());
    names.addAll(today.keySet());
    names.removeIf(name -> Objects.equals(then.get(name), today.get(name)));
    return names;
  }

  private String renamed() {
    var then = began.aliases().orElse(Map.of());
    var today = now.aliases().orElse(then);
    return renamed(then, today).stream()
        .map(name -> name + " = " + today.getOrDefault(name, "nothing"))
        .collect(Collectors.joining(", "));
  }

  /// A name that is mapped to nothing means the run's own model. One that is noted whole needs no
  /// look at the settings: those of another machine may know it not.
  private String meaning(ModelNames names, String name) {
    var meant = names.meant(name);
    if (meant.indexOf('/') >= 0) {
      return meant;
    }
    var run = Objects.requireNonNull(names.model());
    return models
        .settled(names, name)
        .map(found -> found instanceof Resolution.Resolved model ? model.reference() : run)
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
