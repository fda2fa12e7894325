package mimo.agent.provider.catalog;

import java.util.EnumSet;
import java.util.Set;
import mimo.agent.provider.Effort;
import mimo.agent.provider.Price;
import mimo.agent.provider.ProviderEndpoint.Dialect.Reasoning;
import mimo.agent.provider.ProviderEndpoint.Dialect.Trait;
import mimo.agent.provider.catalog.KnownModel.Ability;
import org.jspecify.annotations.Nullable;

/// What the user says about a model: `provider.<id>.models.<model>`. What is null is not said.
///
/// @param window how many tokens it takes in
/// @param output how many tokens it can say at once
/// @param efforts how hard it can be asked to think; empty if nobody said
/// @param thinks whether it thinks before it speaks
/// @param sentBack whether it wants to see what it thought before its tool calls
public record OwnModel(
    @Nullable Price price,
    @Nullable Integer window,
    @Nullable Integer output,
    Set<Effort> efforts,
    @Nullable Boolean thinks,
    @Nullable Boolean sentBack) {

  public static final OwnModel NONE = new OwnModel(null, null, null, Set.of(), null, null);

  public OwnModel {
    efforts = Set.copyOf(efforts);
  }

  /// A model of which the user says what it costs.
  public static OwnModel costing(Price price) {
    return new OwnModel(price, null, null, Set.of(), null, null);
  }

  /// What is known, with what the user says in its place.
  KnownModel over(KnownModel known) {
    return new KnownModel(
        window == null ? known.window() : window,
        output == null ? known.output() : output,
        price == null ? known.price() : price,
        abilities(known.abilities()));
  }

  private Set<Ability> abilities(Set<Ability> known) {
    if (thinks == null) {
      return known;
    }
    var abilities = EnumSet.noneOf(Ability.class);
    abilities.addAll(known);
    if (thinks) {
      abilities.add(Ability.REASONING);
    } else {
      abilities.remove(Ability.REASONING);
    }
    return abilities;
  }

  /// In what the model differs from others of its provider.
  Trait over(@Nullable Trait known) {
    var reasoning = known == null ? null : known.reasoning();
    long most = known == null ? Long.MAX_VALUE : known.outputTokens();
    return new Trait(
        reasoning(reasoning),
        output == null ? most : output,
        thinks(known != null && known.thinks()));
  }

  /// Who says how hard a model can think, or that it wants its thoughts back, says that it thinks.
  private boolean thinks(boolean known) {
    return thinks == null ? known || !efforts.isEmpty() || Boolean.TRUE.equals(sentBack) : thinks;
  }

  private @Nullable Reasoning reasoning(@Nullable Reasoning known) {
    if (sentBack != null) {
      return sentBack ? Reasoning.SENT_BACK : Reasoning.DROPPED;
    }
    if (thinks == null) {
      return known;
    }
    return thinks ? null : Reasoning.DROPPED;
  }
}
