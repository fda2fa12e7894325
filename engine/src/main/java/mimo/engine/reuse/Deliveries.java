package mimo.engine.reuse;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import mimo.engine.StepKind;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import org.jspecify.annotations.Nullable;

/// When a workflow got the results of its steps, and of its parts: nobody delivers what comes of a
/// part, it is there as soon as the last thing in it was delivered that it waited for. Confined to
/// its reader.
final class Deliveries {

  private final Map<Integer, StepScheduled> asked;
  private final Map<Integer, Handed> handed = new HashMap<>();

  /// Of each part, the last that was delivered in it.
  private final Map<Integer, Handed> latest = new HashMap<>();

  private Handed last;
  private long order;

  /// @param asked all steps that were asked for so far
  /// @param begun what the workflow read as time at its beginning
  Deliveries(Map<Integer, StepScheduled> asked, long first, Instant begun) {
    this.asked = asked;
    this.order = first;
    this.last = new Handed(order++, begun, 0);
  }

  void add(Delivered delivered) {
    for (int seq : delivered.seqs()) {
      last = new Handed(order++, delivered.clock(), delivered.spent());
      handed.put(seq, last);
      for (int part = part(seq); part > 0; part = part(part)) {
        latest.put(part, last);
      }
    }
  }

  private int part(int seq) {
    var step = asked.get(seq);
    return step == null ? 0 : step.request().part();
  }

  /// A step has ended; of a part this is the moment in which the workflow has what came of it.
  void ended(SettledEntry end) {
    var step = asked.get(end.seq());
    if (step != null && step.request().kind() == StepKind.NESTED) {
      handed.putIfAbsent(end.seq(), latest.getOrDefault(end.seq(), last));
    }
  }

  @Nullable Handed of(int seq) {
    return handed.get(seq);
  }

  /// The order of what is delivered after all this.
  long next() {
    return order;
  }
}
