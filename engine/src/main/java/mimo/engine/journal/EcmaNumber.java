package mimo.engine.journal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Prints a finite double as ECMAScript's `Number::toString` does.
final class EcmaNumber {

  private EcmaNumber() {}

  static String text(double number) {
    if (number == 0) {
      return "0";
    }
    var sign = number < 0 ? "-" : "";
    var shortest = shortest(Math.abs(number));
    var digits = shortest.unscaledValue().toString();
    // The value is 0.digits times ten to the power of point.
    var point = digits.length() - shortest.scale();
    return sign + layOut(digits, point);
  }

  private static String layOut(String digits, int point) {
    var count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    var exponent = point - 1;
    var power = "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    return count == 1 ? digits + power : digits.charAt(0) + "." + digits.substring(1) + power;
  }

  /// The fewest digits that read back as the same number. `Double.toString` gives them, but never
  /// fewer than two: where one digit would do it may print another second digit than zero.
  private static BigDecimal shortest(double number) {
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (decimal.precision() != 2) {
      return decimal;
    }
    var oneDigit = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return oneDigit.doubleValue() == number ? oneDigit.stripTrailingZeros() : decimal;
  }
}
