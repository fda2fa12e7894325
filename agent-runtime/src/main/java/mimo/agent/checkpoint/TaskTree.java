package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The list of work items as the tool that keeps it writes it, line by line.
final class TaskTree {

  private static final Pattern LINE = Pattern.compile("^\\s*(T[0-9.]+) ([a-z_]+): (.*)$");

  private TaskTree() {}

  /// A work item.
  record Task(String id, String state, String title) {
    String words() {
      return id + ", " + title;
    }
  }

  private static Optional<Task> task(String line) {
    var matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(new Task(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /// What is worked on, the innermost first; else what comes next.
  static Optional<Task> next(String tree) {
    var all = tree.lines().map(TaskTree::task).flatMap(Optional::stream).toList();
    var begun = all.stream().filter(task -> task.state().equals("in_progress")).toList();
    return begun.isEmpty()
        ? all.stream().filter(task -> task.state().equals("open")).findFirst()
        : Optional.of(begun.getLast());
  }

  /// The items of a tree, by id.
  static List<String> ids(String tree) {
    return tree.lines().map(TaskTree::task).flatMap(Optional::stream).map(Task::id).toList();
  }

  /// A tree that is too long, without the items that are over, as far as there is room.
  static String shortened(String tree) {
    var open =
        tree.lines()
            .filter(line ->
                task(line)
                    .filter(task -> Stream.of("done", "abandoned").noneMatch(task.state()::equals))
                    .isPresent())
            .toList();
    var kept = new ArrayList<String>();
    kept.add(
        "(done and abandoned items are in `checkpoint-%s.md`)".formatted(Section.TASK_TREE.word()));
    double room = Section.TASK_TREE.tokens() - Room.tokens(kept.getFirst()) - 4;
    for (var line : open) {
      room -= Room.tokens(line) + 1;
      if (room < 0) {
        kept.set(0, "(all items are in `checkpoint-%s.md`)".formatted(Section.TASK_TREE.word()));
        break;
      }
      kept.add(line);
    }
    return String.join("\n", kept);
  }
}
