package mimo.sandbox.graal;

/// Counts bytes of UTF-8 without making them.
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
}
