package mimo.engine.reuse;

import mimo.engine.RunId;
import mimo.engine.StepRef;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// Finds the session of a step where its body worked: in an earlier generation if the step was
/// reused, in another run if it is shared with one.
public record SessionPlace(RunLineage lineage) {

  /// The stream of the session of a step of the latest generation.
  public StreamId of(int seq) {
    var generation = lineage.latest();
    var step = new StepRef(generation.number(), seq);
    for (var from = reusedFrom(step); from != null; from = reusedFrom(step)) {
      step = from;
    }
    return at(step);
  }

  /// Reused steps are of earlier generations, so this comes to an end.
  private @Nullable StepRef reusedFrom(StepRef step) {
    @Nullable StepRef from = null;
    for (var entry : generation(step.generation()).entries()) {
      if (entry instanceof StepCompleted end && end.seq() == step.seq() && end.reused() != null) {
        from = end.reused().from();
      } else if (beginsAnew(entry, step)) {
        from = null;
      }
    }
    return from;
  }

  private static boolean beginsAnew(JournalEntry entry, StepRef step) {
    return entry instanceof ControlApplied applied
        && applied.restarts()
        && applied.seq() == step.seq();
  }

  private StreamId at(StepRef step) {
    var generation = generation(step.generation());
    var own = generation.located().getFirst().stream();
    var run = own;
    int number = generation.number();
    int restarts = 0;
    for (var each : generation.located()) {
      if (each.shared() && each.entry() instanceof SettledEntry end && end.seq() == step.seq()) {
        run = each.stream();
        number = numberOf(each);
      }
      if (beginsAnew(each.entry(), step)) {
        // Unless the other run has this end too, it works here from now on.
        restarts++;
        run = own;
        number = generation.number();
      }
    }
    return StreamId.session(new RunId(run.name()), number, step.seq(), restarts);
  }

  /// The generation that a shared entry is of by origin.
  private int numberOf(Located shared) {
    for (var generation : lineage.generations()) {
      for (var each : generation.located()) {
        if (!each.shared()
            && each.number() == shared.number()
            && each.stream().equals(shared.stream())) {
          return generation.number();
        }
      }
    }
    return lineage.latest().number();
  }

  private Generation generation(int number) {
    return lineage.generations().stream()
        .filter(generation -> generation.number() == number)
        .findFirst()
        .orElseGet(lineage::latest);
  }
}
