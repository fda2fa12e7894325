package mimo.agent.task;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One work item.
///
/// @param id `T1`, or `T1.1` below it; never given twice
/// @param parent the id of the item it is a part of; null if it is none
record Task(String id, String title, @Nullable String parent, State state) {

  /// How far it is.
  enum State {
    OPEN,
    IN_PROGRESS,
    BLOCKED,
    DONE,
    ABANDONED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether nothing more is to be done.
    boolean isOver() {
      return this == DONE || this == ABANDONED;
    }

    /// Whether a task may go from here to there (T1).
    boolean leadsTo(State next) {
      return switch (this) {
        case OPEN -> next != OPEN;
        case IN_PROGRESS -> next != IN_PROGRESS;
        case BLOCKED -> next == OPEN || next == IN_PROGRESS || next == ABANDONED;
        case DONE, ABANDONED -> false;
      };
    }
  }

  Task in(State next) {
    return new Task(id, title, parent, next);
  }

  Task called(String other) {
    return new Task(id, other, parent, state);
  }

  /// How deep it lies below the first.
  int depth() {
    return (int) id.chars().filter(each -> each == '.').count();
  }
}
