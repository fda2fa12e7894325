package mimo.engine.reuse;

import java.util.PriorityQueue;

/// Steps whose results are to be handed over as they were before: in that order, and before
/// anything new. Confined to the run's thread.
public final class RecordedOrder {

  private final PriorityQueue<Due> due = new PriorityQueue<>();

  /// One such step.
  public record Due(int seq, Handed handed) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      var first = handed.compareTo(other.handed);
      return first == 0 ? Integer.compare(seq, other.seq) : first;
    }
  }

  public void add(int seq, Handed handed) {
    due.add(new Due(seq, handed));
  }

  public boolean isEmpty() {
    return due.isEmpty();
  }

  /// The next one, which is taken out.
  public Due next() {
    return due.remove();
  }
}
