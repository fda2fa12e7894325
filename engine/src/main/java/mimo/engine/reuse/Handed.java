package mimo.engine.reuse;

import java.time.Instant;
import java.util.Comparator;

/// When a recorded result was handed to the workflow, and what the workflow read as time and
/// spending then. Results that are reused come in the same order, with the same clock (D33).
///
/// @param order counted over all deliveries of all generations
public record Handed(long order, Instant clock, long spent) implements Comparable<Handed> {

  private static final Comparator<Handed> IN_ORDER =
      Comparator.comparing(Handed::clock).thenComparingLong(Handed::order);

  @Override
  public int compareTo(Handed other) {
    return IN_ORDER.compare(this, other);
  }
}
