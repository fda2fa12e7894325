package mimo.engine.redaction;

/// How random a text looks, by how evenly it uses its characters.
final class Entropy {

  /// What the floor asks at most: hexadecimal digits have four bits and no more.
  private static final double MOST_ASKED = 3.1;

  private static final double PART_OF_POSSIBLE = 0.75;
  private static final int ASCII = 128;

  /// A count times its logarithm, for the counts there usually are.
  private static final double[] LOGS = logs();

  private Entropy() {}

  private static double[] logs() {
    var logs = new double[32];
    for (int count = 2; count < logs.length; count++) {
      logs[count] = count * log2(count);
    }
    return logs;
  }

  /// Shannon's measure, in bits for each character. What is not ASCII counts as one character.
  static double of(String text) {
    var counts = new int[ASCII + 1];
    for (int i = 0; i < text.length(); i++) {
      counts[Math.min(text.charAt(i), ASCII)]++;
    }
    double shared = 0;
    for (int count : counts) {
      shared += count < LOGS.length ? LOGS[count] : count * log2(count);
    }
    return log2(text.length()) - shared / text.length();
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }

  /// Whether the text is random enough to be a secret. A short one cannot have much entropy, so the
  /// floor is a part of what its length allows.
  static boolean isHigh(String text) {
    return of(text) >= Math.min(MOST_ASKED, PART_OF_POSSIBLE * log2(text.length()));
  }
}
