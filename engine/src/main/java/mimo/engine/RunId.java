package mimo.engine;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names one run: twelve lower-case hex digits. People may type any unique prefix of four or more.
public record RunId(String value) {

  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{12}");

  public RunId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("run id '" + value + "' must match " + SHAPE);
    }
  }

  /// A new id. Ids are names, not secrets.
  public static RunId random(RandomGenerator random) {
    var bytes = new byte[6];
    random.nextBytes(bytes);
    return new RunId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
