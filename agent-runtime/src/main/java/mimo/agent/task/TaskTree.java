package mimo.agent.task;

import java.util.List;
import mimo.agent.session.SessionFact;

/// The tasks of one session as anybody may see them, told from what was done to them and from
/// nothing a model says about them (T5). Immutable.
///
/// @param items each below what it is a part of
public record TaskTree(List<Item> items) {

  /// One task.
  ///
  /// @param id `T1`, or `T1.1` below it
  /// @param state `open`, `in_progress`, `blocked`, `done` or `abandoned`
  /// @param line the same in one line, moved in below what it is a part of
  public record Item(String id, String title, String state, String line) {}

  public TaskTree {
    items = List.copyOf(items);
  }

  /// Those of a session.
  ///
  /// @param facts what happened in it, and holds
  public static TaskTree of(List<SessionFact> facts) {
    return TaskTool.after(List.of(), facts).tree();
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  /// One line each, below what they are a part of; tells so if there are none.
  @Override
  public String toString() {
    return isEmpty() ? "(no tasks)" : String.join("\n", items.stream().map(Item::line).toList());
  }
}
