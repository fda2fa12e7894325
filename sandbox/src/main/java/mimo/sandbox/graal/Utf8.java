package mimo.sandbox.graal;

import java.util.HexFormat;

/// What UTF-8 makes of a text, without making its bytes.
final class Utf8 {

  private Utf8() {}

  static long length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A pair of surrogates is four bytes, counted as two for each half.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  /// The same JSON text with each lone half of a surrogate pair as an escape: there are no bytes
  /// for it. It can only stand inside a string.
  static String escapeHalves(String json) {
    var escaped = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!Character.isSurrogate(c)) {
        escaped.append(c);
      } else if (i + 1 < json.length() && Character.isSurrogatePair(c, json.charAt(i + 1))) {
        escaped.append(c).append(json.charAt(++i));
      } else {
        escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return escaped.toString();
  }
}
