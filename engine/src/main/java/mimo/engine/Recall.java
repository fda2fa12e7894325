package mimo.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.reuse.Claims;
import mimo.engine.reuse.RecordedOrder;

/// What a workflow gets of earlier generations, on its way to it. Confined to the run's thread.
///
/// Results that are reused are handed over in the order and with the clock they once had, before
/// anything new. So a workflow that was edited somewhere does everywhere else what it did before,
/// to the dates in its prompts (D33). A step that looks at the world again keeps its place in that
/// order; the others wait for it.
final class Recall {

  private final Claims claims;
  private final Looks looks;
  private final RecordedOrder order = new RecordedOrder();

  /// In the order in which they ended.
  private final Map<Integer, SettledEntry> arrived = new LinkedHashMap<>();

  /// @param looks tells whether the world still is as it is recorded
  Recall(Claims claims, Looks looks) {
    this.claims = claims;
    this.looks = looks;
  }

  /// How an earlier generation answers this step, if it does. It is given away by that.
  Optional<StepCompleted> answer(StepScheduled asked) {
    return claims
        .claim(asked, looks)
        .map(hit -> {
          var once = hit.result();
          return new StepCompleted(
              asked.seq(), once.value(), Map.of(), once.report(), once.memo(), hit.reused());
        });
  }

  /// An answer is recorded and to be handed over.
  ///
  /// @return false if it has no place in the recorded order
  boolean expect(SettledEntry end) {
    if (!(end instanceof StepCompleted done) || done.reused() == null) {
      return false;
    }
    var handed = claims.handed(done.reused().from());
    handed.ifPresent(when -> {
      order.add(end.seq(), when);
      arrived.put(end.seq(), end);
    });
    return handed.isPresent();
  }

  /// A step has begun that may keep the place of the one before it.
  void expectLive(StepScheduled asked) {
    if (Claims.runsLive(asked.request().kind())) {
      claims.handed(asked).ifPresent(when -> order.add(asked.seq(), when));
    }
  }

  /// Whether something is to be handed over before anything new.
  boolean isOwed() {
    return !order.isEmpty();
  }

  /// What is to be handed over next.
  RecordedOrder.Due next() {
    return order.next();
  }

  /// How a step ended, once it has arrived; it is taken out.
  Optional<SettledEntry> take(int seq) {
    return Optional.ofNullable(arrived.remove(seq));
  }

  /// These have ended, and wait for their turn.
  void keep(List<SettledEntry> ends) {
    ends.forEach(end -> arrived.put(end.seq(), end));
  }

  /// What has arrived and has no place in the recorded order; it is taken out.
  List<SettledEntry> others() {
    if (isOwed()) {
      throw new IllegalStateException("what was recorded comes first");
    }
    var others = List.copyOf(arrived.values());
    arrived.clear();
    return others;
  }
}
