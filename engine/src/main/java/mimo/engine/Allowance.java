package mimo.engine;

import java.util.Map;
import java.util.OptionalLong;

/// What a running step may still use of everything that is limited.
///
/// @param left unit to amount; a unit that is not in it is not limited
/// @param exhausted whose budget leaves nothing, for messages; empty while something is left
public record Allowance(Map<String, Long> left, String exhausted) {

  /// Nothing is limited.
  public static final Allowance UNLIMITED = new Allowance(Map.of(), "");

  public Allowance {
    left = Map.copyOf(left);
  }

  /// Whether the step must end, with the code `budget`.
  public boolean isExhausted() {
    return !exhausted.isEmpty();
  }

  /// What is left of a unit; empty if it is not limited.
  public OptionalLong of(String unit) {
    var amount = left.get(unit);
    return amount == null ? OptionalLong.empty() : OptionalLong.of(amount);
  }
}
