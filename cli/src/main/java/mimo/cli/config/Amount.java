package mimo.cli.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What may be spent, as people write it: `0.50`, `1.5usd`; `5000`, `200k`, `2m`.
public final class Amount {

  static final String MONEY =
      "(?:[1-9][0-9]{0,8}(?:\\.[0-9]{1,6})?|0\\.(?=[0-9]*[1-9])[0-9]{1,6})" + "(?:usd|USD)?";
  static final String TOKENS = "[1-9][0-9]{0,8}[kKmM]?";

  private static final int MICRO_DIGITS = 6;
  private static final Pattern DOLLARS = Pattern.compile(MONEY);
  private static final Pattern COUNT = Pattern.compile(TOKENS);

  private Amount() {}

  /// Millionths of a US dollar; empty if the text has another form, or comes to nothing.
  public static OptionalLong money(String text) {
    if (!DOLLARS.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    var digits =
        text.endsWith("d") || text.endsWith("D") ? text.substring(0, text.length() - 3) : text;
    var micro = new BigDecimal(digits).movePointRight(MICRO_DIGITS).setScale(0, RoundingMode.UP);
    return micro.signum() == 0 ? OptionalLong.empty() : OptionalLong.of(micro.longValueExact());
  }

  /// Tokens; empty if the text has another form.
  public static OptionalLong tokens(String text) {
    if (!COUNT.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    long times =
        switch (text.charAt(text.length() - 1)) {
          case 'k', 'K' -> 1_000;
          case 'm', 'M' -> 1_000_000;
          default -> 1;
        };
    var digits = times == 1 ? text : text.substring(0, text.length() - 1);
    return OptionalLong.of(Long.parseLong(digits) * times);
  }
}
