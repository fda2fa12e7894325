package mimo.engine;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names one session that belongs to no run: twelve lower-case hex digits. People may type any
/// unique prefix of four or more.
public record SessionId(String value) {

  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{12}");

  public SessionId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("session id '" + value + "' must match " + SHAPE);
    }
  }

  /// A new id. Ids are names, not secrets.
  public static SessionId random(RandomGenerator random) {
    var bytes = new byte[6];
    random.nextBytes(bytes);
    return new SessionId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
