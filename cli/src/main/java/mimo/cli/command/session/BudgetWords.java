package mimo.cli.command.session;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mimo.agent.ConversationBudget;
import mimo.agent.GuardLimits;
import mimo.cli.command.Options;
import mimo.cli.config.Amount;
import mimo.cli.config.Span;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the command line says of the most that may be spent (LG1).
final class BudgetWords {

  private static final String COST = "--max-cost";
  private static final String TOKENS = "--max-tokens";
  private static final String REQUESTS = "--max-requests";
  private static final String TIME = "--timeout";

  private BudgetWords() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.text(COST, "USD", "Most to spend, such as 0.50."));
    spec.addOption(Options.text(TOKENS, "N", "Most tokens the model may say, such as 200k."));
    spec.addOption(
        Options.text(REQUESTS, "N", "Most requests, those of judges and candidates, too."));
    spec.addOption(Options.text(TIME, "TIME", "Longest it may work: 90s, 45m, 12h."));
  }

  static ConversationBudget of(ParseResult words) {
    var requests = Options.number(words, REQUESTS, GuardLimits.BUDGET_REQUESTS);
    return new ConversationBudget(
        money(Options.text(words, COST)),
        tokens(Options.text(words, TOKENS)),
        requests == null ? OptionalInt.empty() : OptionalInt.of(requests),
        time(Options.text(words, TIME)));
  }

  private static OptionalLong money(@Nullable String given) {
    return given == null
        ? OptionalLong.empty()
        : present(Amount.money(given), COST + " is an amount of US dollars such as 0.50", given);
  }

  private static OptionalLong tokens(@Nullable String given) {
    return given == null
        ? OptionalLong.empty()
        : present(Amount.tokens(given), TOKENS + " is a number of tokens such as 200k", given);
  }

  private static OptionalLong present(OptionalLong read, String wanted, String given) {
    if (read.isEmpty()) {
      throw new CommandException("usage", wanted + "; found '" + given + "'");
    }
    return read;
  }

  private static @Nullable Duration time(@Nullable String given) {
    return given == null
        ? null
        : Span.parse(given)
            .orElseThrow(() ->
                new CommandException(
                    "usage", TIME + " is " + Span.WANTED + "; found '" + given + "'"));
  }
}
