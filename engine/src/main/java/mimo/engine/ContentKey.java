package mimo.engine;

import java.util.regex.Pattern;

/// Identifies what a step asks for: the SHA-256 of its canonical semantic input, in lower-case hex
/// (D30). Labels, phases, time-outs and other things that do not change the answer are not in it.
public record ContentKey(String value) {

  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  public ContentKey {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("content key '" + value + "' must match " + SHAPE);
    }
  }
}
