package mimo.engine.redaction;

/// How random a text looks, by how evenly it uses its characters.
final class Entropy {

  /// What the floor asks at most: hexadecimal digits have four bits and no more.
  private static final double MOST_ASKED = 3.1;

  private static final double PART_OF_POSSIBLE = 0.75;
  private static final int ASCII = 128;

  private Entropy() {}

  /// Shannon's measure, in bits for each character. What is not ASCII counts as one character.
  static double of(String text) {
    var counts = new int[ASCII + 1];
    for (int i = 0; i < text.length(); i++) {
      counts[Math.min(text.charAt(i), ASCII)]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double part = (double) count / text.length();
        bits -= part * Math.log(part) / Math.log(2);
      }
    }
    return bits;
  }

  /// Whether the text is random enough to be a secret. A short one cannot have much entropy, so the
  /// floor is a part of what its length allows.
  static boolean isHigh(String text) {
    double possible = Math.log(text.length()) / Math.log(2);
    return of(text) >= Math.min(MOST_ASKED, PART_OF_POSSIBLE * possible);
  }
}
