package mimo.engine.journal;

import java.time.Instant;
import java.util.regex.Pattern;

/// One thing that the body of a step wrote down while it worked (D25).
///
/// @param type a snake_case word of whoever performs the step
/// @param json what it says, as JSON text
/// @param at when it was written
public record SessionEntry(String type, String json, Instant at) {

  private static final Pattern TYPE = Pattern.compile("[a-z_]{1,40}");

  public SessionEntry {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("entry type '" + type + "' must match " + TYPE);
    }
  }
}
