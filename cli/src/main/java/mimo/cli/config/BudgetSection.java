package mimo.cli.config;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mimo.agent.ConversationBudget;
import mimo.agent.Overshoot;
import org.jspecify.annotations.Nullable;

/// What may be spent, and how strictly that is meant.
///
/// @param overshoot how far budgets may be passed
/// @param conversation the most that one message of the user's may cost
public record BudgetSection(Overshoot overshoot, ConversationBudget conversation) {

  public static final BudgetSection DEFAULT =
      new BudgetSection(Overshoot.ONE_REQUEST, ConversationBudget.NONE);

  private static final String BUDGET = "budget";

  static BudgetSection of(ValueTree tree) {
    var cost = tree.text(BUDGET, "cost");
    var tokens = tree.text(BUDGET, "tokens");
    var requests = tree.whole(BUDGET, "requests");
    var time = tree.text(BUDGET, "time");
    @Nullable Duration span = time == null ? null : Span.parse(time).orElse(null);
    return new BudgetSection(
        "on".equals(tree.text(BUDGET, "hard")) ? Overshoot.NONE : Overshoot.ONE_REQUEST,
        new ConversationBudget(
            cost == null ? OptionalLong.empty() : Amount.money(cost),
            tokens == null ? OptionalLong.empty() : Amount.tokens(tokens),
            requests == null ? OptionalInt.empty() : OptionalInt.of(requests),
            span));
  }
}
