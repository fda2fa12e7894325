package mimo.engine.redaction;

/// A set of ASCII characters, as a pattern spells it: `[A-Za-z0-9_-]`.
///
/// @param low the characters below 64, one bit each
/// @param high those from 64 to 127
record Alphabet(long low, long high) {

  static final Alphabet NONE = new Alphabet(0, 0);

  /// The set with this one character.
  static Alphabet of(char only) {
    return NONE.and(only);
  }

  /// Reads what stands between the brackets. A `-` at the end means itself; after a backslash every
  /// character does.
  static Alphabet parse(String inside) {
    var set = NONE;
    for (int i = 0; i < inside.length(); i++) {
      char first = inside.charAt(i) == '\\' ? inside.charAt(++i) : inside.charAt(i);
      boolean range = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
      char last = range ? inside.charAt(i += 2) : first;
      for (char c = first; c <= last; c++) {
        set = set.and(c);
      }
    }
    return set;
  }

  private Alphabet and(char c) {
    if (c >= 128) {
      throw new IllegalArgumentException("'" + c + "' is no ASCII character");
    }
    return c < 64 ? new Alphabet(low | (1L << c), high) : new Alphabet(low, high | (1L << c));
  }

  boolean has(char c) {
    return c < 128 && ((c < 64 ? low : high) & (1L << c)) != 0;
  }

  /// Where the run of such characters that begins at `from` ends.
  int end(String text, int from, int most) {
    int limit = Math.min(text.length(), from + most);
    int at = from;
    while (at < limit && has(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// All characters of the set, in order.
  String characters() {
    var all = new StringBuilder();
    for (char c = 0; c < 128; c++) {
      if (has(c)) {
        all.append(c);
      }
    }
    return all.toString();
  }
}
