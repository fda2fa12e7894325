package mimo.agent.provider.catalog;

import java.util.List;

/// Models that serve for the same: an entry of `model_groups` (A18).
///
/// @param usual the one that is meant if nothing speaks for another
/// @param models those that may stand in for it at their own providers, best first
public record ModelGroup(String usual, List<String> models) {
  public ModelGroup {
    models = List.copyOf(models);
  }
}
