package mimo.agent.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.FilesKept;
import mimo.agent.session.SessionFact.Moment;
import mimo.agent.session.SessionFact.TurnRedone;
import mimo.agent.session.SessionFact.TurnsUndone;
import org.jspecify.annotations.Nullable;

/// The turns of a conversation, those that were taken back among them. Nothing that was said is
/// ever removed; what was taken back is passed over.
public final class ConversationTurns {

  private final List<Turn> turns;
  private final List<SessionFact> facts;

  /// One turn.
  ///
  /// @param number counted from 1, as everything was asked
  /// @param undone null if the turn holds; else what took it back
  /// @param stretches of it in which files may have changed, the first one first
  public record Turn(
      int number, Asked asked, @Nullable TurnsUndone undone, List<Stretch> stretches) {
    public Turn {
      stretches = List.copyOf(stretches);
    }

    public boolean holds() {
      return undone == null;
    }
  }

  /// A stretch of work between two states of the files.
  ///
  /// @param before null if it could not be kept
  /// @param after null if it could not be kept, or the program was killed before it was
  public record Stretch(@Nullable String before, @Nullable String after) {}

  private ConversationTurns(List<Turn> turns, List<SessionFact> facts) {
    this.turns = turns;
    this.facts = facts;
  }

  /// What of all that happened holds, in order: not what was taken back.
  public static List<SessionFact> holding(List<SessionFact> all) {
    return of(all).facts();
  }

  static ConversationTurns of(List<SessionFact> all) {
    var reading = new Reading();
    all.forEach(reading::add);
    var turns = new ArrayList<Turn>();
    for (var each : reading.begun) {
      turns.add(new Turn(turns.size() + 1, each.asked, each.undone, each.stretches));
    }
    return new ConversationTurns(List.copyOf(turns), reading.holding());
  }

  /// What happened and holds, in order.
  List<SessionFact> facts() {
    return facts;
  }

  /// The turns that hold, from this one on.
  public List<Turn> from(int number) {
    return turns.stream().filter(turn -> turn.holds() && turn.number() >= number).toList();
  }

  /// The last turn that holds.
  public Optional<Turn> last() {
    return turns.stream().filter(Turn::holds).reduce((_, later) -> later);
  }

  /// The turn that can be had again: the first that was taken back after the last that holds.
  public Optional<Turn> next() {
    int last = last().map(Turn::number).orElse(0);
    return last < turns.size() ? Optional.of(turns.get(last)) : Optional.empty();
  }

  /// Sorts facts to their turns. What was chosen in a turn, such as a goal, holds also without it:
  /// it is what the user said last about it.
  private static final class Reading {

    private static final class Begun {
      final Asked asked;
      final List<Stretch> stretches = new ArrayList<>();
      @Nullable TurnsUndone undone;

      Begun(Asked asked) {
        this.asked = asked;
      }
    }

    private record Placed(@Nullable Begun turn, SessionFact fact) {}

    private final List<Begun> begun = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();

    void add(SessionFact fact) {
      switch (fact) {
        case Asked asked -> begun.add(new Begun(asked));
        case TurnsUndone undone ->
            begun.stream()
                .skip(Math.max(0, undone.turn() - 1))
                .filter(turn -> turn.undone == null)
                .forEach(turn -> turn.undone = undone);
        case TurnRedone(var number) -> {
          if (number >= 1 && number <= begun.size()) {
            begun.get(number - 1).undone = null;
          }
        }
        case FilesKept kept when !begun.isEmpty() -> keep(begun.getLast().stretches, kept);
        case SessionFact _ -> {}
      }
      boolean chosen =
          fact instanceof Chosen
              || fact instanceof GoalFact.Set
              || fact instanceof GoalFact.Cleared;
      var turn = chosen || begun.isEmpty() ? null : begun.getLast();
      placed.add(new Placed(turn, fact));
    }

    private static void keep(List<Stretch> stretches, FilesKept kept) {
      if (kept.moment() == Moment.BEFORE) {
        stretches.add(new Stretch(kept.tree(), null));
      } else if (!stretches.isEmpty()) {
        stretches.add(new Stretch(stretches.removeLast().before(), kept.tree()));
      }
    }

    List<SessionFact> holding() {
      return placed.stream()
          .filter(each -> each.turn() == null || each.turn().undone == null)
          .map(Placed::fact)
          .toList();
    }
  }
}
