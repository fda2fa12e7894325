package mimo.agent.provider.catalog;

import java.util.Set;
import mimo.agent.provider.Price;
import org.jspecify.annotations.Nullable;

/// What is known of a model without asking its provider.
///
/// @param window how many tokens it takes in; null if unknown
/// @param output how many tokens it can say at once; null if unknown
/// @param price null if unknown, which is not the same as free
/// @param abilities none if nobody knows
public record KnownModel(
    @Nullable Integer window,
    @Nullable Integer output,
    @Nullable Price price,
    Set<Ability> abilities) {

  public static final KnownModel UNKNOWN = new KnownModel(null, null, null, Set.of());

  public KnownModel {
    abilities = Set.copyOf(abilities);
  }

  /// What a model can do besides answering text with text.
  public enum Ability {
    /// It calls tools.
    TOOLS,
    /// It thinks before it speaks.
    REASONING,
    /// It sees pictures.
    IMAGES
  }
}
