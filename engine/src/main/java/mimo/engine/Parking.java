package mimo.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a run parks, and until when.
///
/// @param until null if only somebody's deed ends it
record Parking(ParkReason reason, String code, String message, @Nullable Instant until) {

  /// What is asked of people.
  record Asking(int seq, String question) {}

  /// People must act.
  ///
  /// @param questions at least one
  static Parking at(List<Asking> questions, @Nullable Instant until) {
    var first = questions.getFirst();
    int more = questions.size() - 1;
    var message =
        "Step %d asks: %s%s"
            .formatted(first.seq(), first.question(), more == 0 ? "" : " (and " + more + " more)");
    return new Parking(ParkReason.GATE, "waits_for_answer", message, until);
  }

  /// The people have acted, and the run has not gone on yet.
  static Parking answered(Instant now) {
    return new Parking(ParkReason.GATE, "waits_for_time", "It has its answer and can go on.", now);
  }
}
