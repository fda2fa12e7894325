package mimo.agent.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.GoalLimits;
import mimo.agent.task.Task.State;
import org.jspecify.annotations.Nullable;

/// The work items of one session, as a tree. Immutable.
final class TaskList {

  static final TaskList EMPTY = new TaskList(Map.of());

  static final List<String> ACTIONS =
      List.of(
          "create", "list", "get", "start", "unstart", "block", "unblock", "done", "abandon",
          "rename");

  /// Nothing happens by them.
  private static final List<String> LOOKING = List.of("list", "get");

  private static final String BATCH = "batch";

  private final Map<String, Task> tasks;

  /// What is noted of the tasks to which a call did something, in order.
  ///
  /// @param input of a call that was done
  /// @param before the items before that
  List<TaskProgress.Note> notes(ObjectNode input, TaskList before) {
    var created = new ArrayDeque<>(tasks.keySet());
    created.removeAll(before.tasks.keySet());
    var notes = new ArrayList<TaskProgress.Note>();
    for (var each : input.has(BATCH) ? input.path(BATCH) : List.of(input)) {
      var action = each.path("action").asText();
      var task = action.equals("create") ? created.remove() : each.path("id").asText();
      var note = each.path("note").asText().strip();
      if (!note.isEmpty()) {
        notes.add(new TaskProgress.Note(task, action + ": " + note));
      }
    }
    return List.copyOf(notes);
  }

  /// What a call comes to.
  sealed interface Applied {

    /// @param list the items from now on
    /// @param text for the model
    record Done(TaskList list, String text) implements Applied {}

    record Refused(String why) implements Applied {}
  }

  private TaskList(Map<String, Task> tasks) {
    this.tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /// Does what the arguments of a call ask: one thing, or a batch of them, wholly or not at all
  /// (T3).
  Applied apply(ObjectNode input) {
    return input.has(BATCH) ? applyAll(input) : applyOne(input);
  }

  private Applied applyAll(ObjectNode input) {
    var batch = input.path(BATCH);
    if (input.size() > 1 || batch.isEmpty() || batch.size() > GoalLimits.TASK_BATCH) {
      return new Applied.Refused(
          "a batch stands alone and has 1 to " + GoalLimits.TASK_BATCH + " actions");
    }
    var list = this;
    var texts = new ArrayList<String>();
    for (var each : batch) {
      var applied =
          each instanceof ObjectNode one && one.path("action").isTextual()
              ? list.applyOne(one)
              : new Applied.Refused("it has no action");
      switch (applied) {
        case Applied.Done(var next, var text) -> {
          list = next;
          texts.add(text);
        }
        case Applied.Refused(var why) -> {
          return new Applied.Refused(
              "nothing of the batch was done, for its number %d: %s"
                  .formatted(texts.size() + 1, why));
        }
      }
    }
    return new Applied.Done(list, String.join("\n", texts));
  }

  private Applied applyOne(ObjectNode input) {
    var action = input.path("action").asText();
    var title = input.path("title").asText().strip().replaceAll("\\s+", " ");
    if (title.length() > AgentLimits.TASK_TITLE_CHARS) {
      return new Applied.Refused(
          "the title has more than " + AgentLimits.TASK_TITLE_CHARS + " characters");
    }
    var note = input.path("note").asText().strip();
    if (note.length() > AgentLimits.MEMORY_NOTE_CHARS) {
      return new Applied.Refused(
          "the note has more than " + AgentLimits.MEMORY_NOTE_CHARS + " characters");
    }
    if (!note.isEmpty() && LOOKING.contains(action)) {
      return new Applied.Refused("a note goes with what happens to a task, not with " + action);
    }
    if (action.equals("create")) {
      return create(title, input.has("parent") ? input.path("parent").asText() : null);
    }
    if (action.equals("list")) {
      return new Applied.Done(this, toString());
    }
    if (!ACTIONS.contains(action)) {
      return new Applied.Refused(
          "there is no action '" + action + "'; there are " + String.join(", ", ACTIONS));
    }
    var task = tasks.get(input.path("id").asText());
    if (task == null) {
      return new Applied.Refused(
          "there is no task '%s'; there are %s"
              .formatted(
                  input.path("id").asText(),
                  tasks.isEmpty() ? "none" : String.join(", ", tasks.keySet())));
    }
    return switch (action) {
      case "get" -> new Applied.Done(this, subtree(task.id()));
      case "rename" -> rename(task, title);
      case "start" -> move(task, State.IN_PROGRESS);
      case "block" -> move(task, State.BLOCKED);
      case "done" -> move(task, State.DONE);
      case "abandon" -> move(task, State.ABANDONED);
      default -> move(task, State.OPEN);
    };
  }

  private Applied create(String title, @Nullable String parent) {
    if (title.isEmpty()) {
      return new Applied.Refused("a task needs a title");
    }
    if (tasks.size() >= AgentLimits.TASKS) {
      return new Applied.Refused("there are " + AgentLimits.TASKS + " tasks already");
    }
    var above = parent == null ? null : tasks.get(parent);
    if (parent != null && above == null) {
      return new Applied.Refused("there is no task '" + parent + "' to be its parent");
    }
    if (above != null && above.state().isOver()) {
      return new Applied.Refused(above.id() + " is " + above.state().word());
    }
    if (above != null && above.depth() + 1 >= AgentLimits.TASK_DEPTH) {
      return new Applied.Refused("tasks nest no more than " + AgentLimits.TASK_DEPTH + " deep");
    }
    long siblings =
        tasks.values().stream().filter(task -> Objects.equals(task.parent(), parent)).count();
    var id = (parent == null ? "T" : parent + ".") + (siblings + 1);
    return changed(new Task(id, title, parent, State.OPEN));
  }

  private Applied rename(Task task, String title) {
    return title.isEmpty()
        ? new Applied.Refused("a task needs a title")
        : changed(task.called(title));
  }

  private Applied move(Task task, State next) {
    if (!task.state().leadsTo(next)) {
      return new Applied.Refused(
          "%s is %s and cannot become %s%s"
              .formatted(
                  task.id(),
                  task.state().word(),
                  next.word(),
                  task.state().isOver() ? "; more work is a new task" : ""));
    }
    var unfinished =
        tasks.values().stream()
            .filter(child -> task.id().equals(child.parent()) && !child.state().isOver())
            .map(Task::id)
            .toList();
    return next == State.DONE && !unfinished.isEmpty()
        ? new Applied.Refused(
            task.id() + " is not done while there is more to do: " + String.join(", ", unfinished))
        : changed(task.in(next));
  }

  private Applied changed(Task task) {
    var all = new LinkedHashMap<>(tasks);
    all.put(task.id(), task);
    var list = new TaskList(all);
    return new Applied.Done(list, line(task) + "\n" + list.count());
  }

  /// The items in the order in which they are shown.
  TaskTree tree() {
    var ids = new ArrayList<String>();
    tasks.values().stream()
        .filter(task -> task.parent() == null)
        .forEach(task -> collect(task.id(), ids));
    return new TaskTree(
        ids.stream()
            .map(id -> tasks.get(id))
            .map(
                task -> new TaskTree.Item(task.id(), task.title(), task.state().word(), line(task)))
            .toList());
  }

  private void collect(String id, List<String> ids) {
    ids.add(id);
    tasks.values().stream()
        .filter(child -> id.equals(child.parent()))
        .forEach(child -> collect(child.id(), ids));
  }

  /// What is still to be done.
  List<String> unfinished() {
    return tasks.values().stream()
        .filter(task -> task.state() == State.OPEN || task.state() == State.IN_PROGRESS)
        .map(task -> line(task).strip())
        .toList();
  }

  /// How many there are in each state.
  private String count() {
    var states = new ArrayList<String>();
    for (var state : State.values()) {
      long number = tasks.values().stream().filter(task -> task.state() == state).count();
      if (number > 0) {
        states.add(number + " " + state.word());
      }
    }
    return "(" + String.join(", ", states) + ")";
  }

  private static String line(Task task) {
    return "%s%s %s: %s"
        .formatted("  ".repeat(task.depth()), task.id(), task.state().word(), task.title());
  }

  private String subtree(String id) {
    var lines = new ArrayList<String>();
    add(id, lines);
    return String.join("\n", lines);
  }

  private void add(String id, List<String> lines) {
    var task = tasks.get(id);
    if (task != null) {
      lines.add(line(task));
      tasks.values().stream()
          .filter(child -> id.equals(child.parent()))
          .forEach(child -> add(child.id(), lines));
    }
  }

  /// Every item below the one it is a part of.
  @Override
  public String toString() {
    return tasks.isEmpty()
        ? "(no tasks)"
        : tasks.values().stream()
            .filter(task -> task.parent() == null)
            .map(task -> subtree(task.id()))
            .collect(Collectors.joining("\n"));
  }
}
