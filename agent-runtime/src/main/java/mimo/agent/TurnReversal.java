package mimo.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.ConversationTurns.Stretch;
import mimo.agent.session.ConversationTurns.Turn;
import mimo.agent.session.SessionFact.TurnRedone;
import mimo.agent.session.SessionFact.TurnsUndone;
import mimo.agent.snapshot.Restored;
import mimo.agent.snapshot.Snapshots;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.agent.snapshot.Snapshots.Step;

/// Takes turns of one conversation back, files and words, and has them again (A64). Confined to one
/// thread.
///
/// Files go first, and the words follow once all of them are where they belong. Whoever is killed
/// in between finds the turn as it was, and takes it back again: what is back already stays.
public final class TurnReversal {

  private final ConversationRecord record;
  private final Snapshots snapshots;

  /// What came of it.
  public sealed interface Outcome {

    /// It is done.
    ///
    /// @param turns that were taken back or had again, the first one first
    /// @param prompt what the first of them asked
    /// @param files what became of the files
    /// @param unkept those of the turns whose files were never kept, so they stay as they are
    record Done(List<Integer> turns, String prompt, Restored files, List<Integer> unkept)
        implements Outcome {
      public Done {
        turns = List.copyOf(turns);
        unkept = List.copyOf(unkept);
      }
    }

    /// There is no such turn.
    record Nothing() implements Outcome {}

    /// The program was killed in this turn, so nobody knows which changes are its own.
    record Unsure(int turn) implements Outcome {}
  }

  public TurnReversal(ConversationRecord record, Snapshots snapshots) {
    this.record = record;
    this.snapshots = snapshots;
  }

  /// Takes turns back.
  ///
  /// @param first with all turns after it; empty for the last one
  /// @throws IOException if git refuses; the turns still hold
  public Outcome undo(OptionalInt first, Others others) throws IOException, InterruptedException {
    var last = record.turns().last();
    var turns = first.isPresent() ? record.turns().from(first.getAsInt()) : last.stream().toList();
    if (turns.isEmpty() || turns.getFirst().number() != first.orElse(turns.getFirst().number())) {
      return new Outcome.Nothing();
    }
    var route = new Route();
    for (var turn : turns.reversed()) {
      for (var stretch : turn.stretches().reversed()) {
        if (stretch.after() == null && stretch.before() != null && others == Others.KEPT) {
          return new Outcome.Unsure(turn.number());
        }
        route.add(turn, new Stretch(stretch.after(), stretch.before()));
      }
    }
    var files = snapshots.restore(route.steps, others);
    record.turned(new TurnsUndone(turns.getFirst().number(), files.before()));
    return route.done(turns, files);
  }

  /// Has the turn again that was taken back, the earliest first.
  ///
  /// @throws IOException if git refuses; the turn stays taken back
  public Outcome redo(Others others) throws IOException, InterruptedException {
    var next = record.turns().next();
    if (next.isEmpty()) {
      return new Outcome.Nothing();
    }
    var turn = next.get();
    var undone = turn.undone();
    var route = new Route();
    for (var stretch : turn.stretches()) {
      var after = stretch.after() == null && undone != null ? undone.left() : stretch.after();
      route.add(turn, new Stretch(stretch.before(), after));
    }
    var files = snapshots.restore(route.steps, others);
    record.turned(new TurnRedone(turn.number()));
    return route.done(List.of(turn), files);
  }

  /// From state to state, as far as states are known.
  private final class Route {

    final List<Step> steps = new ArrayList<>();
    final List<Integer> unkept = new ArrayList<>();

    /// @param stretch in the direction of the way
    void add(Turn turn, Stretch stretch) throws IOException, InterruptedException {
      var to = stretch.after();
      if (to == null || !snapshots.holds(to)) {
        unkept(turn);
        return;
      }
      var from = stretch.before();
      if (from != null && !snapshots.holds(from)) {
        unkept(turn);
        return;
      }
      steps.add(new Step(from == null ? snapshots.take().tree() : from, to));
    }

    private void unkept(Turn turn) {
      if (!unkept.contains(turn.number())) {
        unkept.add(turn.number());
      }
    }

    Outcome.Done done(List<Turn> turns, Restored files) {
      var numbers = turns.stream().map(Turn::number).toList();
      return new Outcome.Done(
          numbers, turns.getFirst().asked().prompt(), files, unkept.stream().sorted().toList());
    }
  }
}
