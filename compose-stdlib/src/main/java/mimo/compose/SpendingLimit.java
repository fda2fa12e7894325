package mimo.compose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import mimo.engine.BudgetLimit;

/// The most a run may spend, in the unit people chose (L93).
///
/// @param unit what is counted
/// @param amount whole output tokens, or millionths of a US dollar
public record SpendingLimit(Unit unit, long amount) {

  private static final Pattern SHAPE =
      Pattern.compile("\\s*(\\d{1,12}(?:\\.\\d{1,6})?)\\s*(k|m|tokens|usd|\\$)?\\s*");
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  /// What a limit counts.
  public enum Unit {
    /// Output tokens, reasoning included.
    TOKENS("tokens", "output_tokens"),
    /// The price of all tokens, in US dollars.
    USD("usd", "cost_micro_usd");

    private final String word;
    private final String measure;

    Unit(String word, String measure) {
      this.word = word;
      this.measure = measure;
    }

    /// The word scripts read as `budget.unit`.
    public String word() {
      return word;
    }

    /// The unit under which the engine counts usage.
    public String measure() {
      return measure;
    }
  }

  public SpendingLimit {
    if (amount < 0) {
      throw new IllegalArgumentException("spending limit " + amount + " must not be negative");
    }
  }

  public static SpendingLimit tokens(long amount) {
    return new SpendingLimit(Unit.TOKENS, amount);
  }

  /// Reads `200000`, `200k` or `1.5m` as tokens, `1.50usd` or `2$` as money.
  ///
  /// @throws ComposeException `bad_argument` if the text has another form
  public static SpendingLimit parse(String text) {
    var match = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new ComposeException(
          "bad_argument",
          "budget '"
              + text
              + "' has no known form; write tokens as 200000, 200k or 1.5m,"
              + " or money as 1.50usd");
    }
    var number = new BigDecimal(match.group(1));
    var suffix = match.group(2) == null ? "tokens" : match.group(2);
    return switch (suffix) {
      case "usd", "$" -> new SpendingLimit(Unit.USD, whole(number.multiply(MILLION)));
      case "m" -> tokens(whole(number.multiply(MILLION)));
      case "k" -> tokens(whole(number.multiply(THOUSAND)));
      default -> tokens(whole(number));
    };
  }

  /// The same limit as the engine counts it.
  public BudgetLimit.Total toBudget() {
    return new BudgetLimit.Total(unit.measure(), amount);
  }

  private static long whole(BigDecimal number) {
    return number.setScale(0, RoundingMode.DOWN).longValueExact();
  }
}
