package mimo.engine.journal;

/// Makes JSON text fit for UTF-8. JavaScript strings may hold half a surrogate pair, which UTF-8
/// cannot; inside JSON the escape `\ud83d` says the same thing.
final class WellFormed {

  private WellFormed() {}

  /// Whether every surrogate in the text has its partner.
  static boolean is(String text) {
    return firstLoneSurrogate(text, 0) < 0;
  }

  /// The same JSON value, with lone surrogates escaped. They can stand in string literals only, so
  /// the escape is always at home where it lands.
  static String json(String json) {
    var lone = firstLoneSurrogate(json, 0);
    if (lone < 0) {
      return json;
    }
    var out = new StringBuilder(json.length() + 16);
    var copied = 0;
    for (; lone >= 0; lone = firstLoneSurrogate(json, copied)) {
      out.append(json, copied, lone).append(String.format("\\u%04x", (int) json.charAt(lone)));
      copied = lone + 1;
    }
    return out.append(json, copied, json.length()).toString();
  }

  private static int firstLoneSurrogate(String text, int from) {
    var i = from;
    while (i < text.length()) {
      if (Character.isSurrogate(text.charAt(i)) && !pairAt(text, i)) {
        return i;
      }
      i += Character.isSurrogate(text.charAt(i)) ? 2 : 1;
    }
    return -1;
  }

  private static boolean pairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
