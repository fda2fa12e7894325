package mimo.sandbox.compile;

/// Reads string and number literals as JavaScript spells them.
final class ScalarReader {

  private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

  private final Cursor cursor;

  ScalarReader(Cursor cursor) {
    this.cursor = cursor;
  }

  String string() {
    int from = cursor.offset();
    char quote = cursor.next();
    var value = new StringBuilder();
    while (true) {
      char c = cursor.peek();
      if (cursor.atEnd() || c == '\n' || c == '\r') {
        throw cursor.faultAt(from, "this string is not closed");
      }
      cursor.next();
      if (c == quote) {
        return value.toString();
      }
      if (c == '\\') {
        escape(value);
      } else {
        value.append(c);
      }
    }
  }

  private void escape(StringBuilder value) {
    int from = cursor.offset() - 1;
    char c = cursor.next();
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'v' -> value.append('\u000B');
      case 'x' -> value.append((char) hex(from, 2));
      case 'u' -> value.appendCodePoint(codePoint(from));
      case '\r' -> cursor.take('\n');
      case '\n', '\u2028', '\u2029' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        if (c != '0' || Character.isDigit(cursor.peek())) {
          throw cursor.faultAt(from, "octal escapes are not allowed");
        }
        value.append('\0');
      }
      default -> value.append(c);
    }
  }

  private int codePoint(int from) {
    if (!cursor.take('{')) {
      return hex(from, 4);
    }
    int value = 0;
    int digits = 0;
    while (!cursor.take('}')) {
      value = value * 16 + digit(from);
      digits++;
      if (value > Character.MAX_CODE_POINT) {
        throw cursor.faultAt(from, "this escape names no character");
      }
    }
    if (digits == 0) {
      throw cursor.faultAt(from, "this escape names no character");
    }
    return value;
  }

  private int hex(int from, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = value * 16 + digit(from);
    }
    return value;
  }

  private int digit(int from) {
    int digit = Character.digit(cursor.next(), 16);
    if (digit < 0) {
      throw cursor.faultAt(from, "this escape names no character");
    }
    return digit;
  }

  double number() {
    int from = cursor.offset();
    boolean negative = cursor.take('-');
    if (negative) {
      cursor.skipTrivia();
    }
    double value = cursor.peek() == '0' ? zeroFirst(from) : decimal(from);
    char after = cursor.peek();
    if (after == 'n') {
      throw cursor.faultAt(from, "`meta` must be a pure literal, but here stands a BigInt");
    }
    if (!cursor.atEnd() && Character.isJavaIdentifierPart(after)) {
      throw cursor.faultAt(from, "this is not a number");
    }
    return negative ? -value : value;
  }

  private double zeroFirst(int from) {
    int radix = radix();
    if (radix == 10) {
      return decimal(from);
    }
    cursor.skip(2);
    double value = 0;
    int digits = 0;
    while (Character.digit(cursor.peek(), radix) >= 0 || (digits > 0 && cursor.peek() == '_')) {
      char c = cursor.next();
      if (c != '_') {
        value = value * radix + Character.digit(c, radix);
        digits++;
      }
    }
    if (digits == 0) {
      throw cursor.faultAt(from, "this is not a number");
    }
    return value;
  }

  private int radix() {
    if (cursor.looksAt("0x") || cursor.looksAt("0X")) {
      return 16;
    }
    if (cursor.looksAt("0o") || cursor.looksAt("0O")) {
      return 8;
    }
    return cursor.looksAt("0b") || cursor.looksAt("0B") ? 2 : 10;
  }

  private double decimal(int from) {
    int start = cursor.offset();
    digits();
    if (cursor.take('.')) {
      digits();
    }
    if (cursor.take('e') || cursor.take('E')) {
      if (!cursor.take('+')) {
        cursor.take('-');
      }
      digits();
    }
    String text = cursor.since(start);
    if (text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1))) {
      throw cursor.faultAt(from, "a number does not begin with 0");
    }
    double value;
    try {
      value = Double.parseDouble(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw cursor.faultAt(from, "this is not a number");
    }
    if (Double.isInfinite(value)) {
      throw cursor.faultAt(from, "this number is too large");
    }
    return value;
  }

  private void digits() {
    while (Character.isDigit(cursor.peek()) || cursor.peek() == '_') {
      cursor.next();
    }
  }

  /// A number as JSON has it: whole ones without a fraction.
  static String numberText(double value) {
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}
