package mimo.cli.run;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What names of models mean in a run, as it was noted when the run began (D4).
///
/// @param model the run's own model; null where it is still to be chosen
/// @param aliases short names and the models they mean; empty if only the configuration tells
public record ModelNames(@Nullable String model, Optional<Map<String, String>> aliases) {

  /// What the configuration says, in a run with this model.
  public static ModelNames asConfigured(@Nullable String model) {
    return new ModelNames(model, Optional.empty());
  }

  /// What is noted for a name, or the name itself.
  String meant(String name) {
    return aliases.map(table -> table.getOrDefault(name, name)).orElse(name);
  }
}
