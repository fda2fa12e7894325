package mimo.agent.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.DeferredTools;
import mimo.agent.tool.Standing;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Keeps the list of what one session has to do (A42). Thread-safe; belongs to one session.
public final class TaskTool implements Tool {

  private static final String ONE =
      """
      "action":{"type":"string","enum":["%s"]},\
      "id":{"type":"string"},\
      "title":{"type":"string"},\
      "parent":{"type":"string","description":"with create: the id it is a part of"},\
      "note":{"type":"string","description":"what was found or done; kept in the task's own log"}\
      """
          .formatted(String.join("\",\"", TaskList.ACTIONS));

  private static final ToolSpec SPEC =
      new ToolSpec(
          "task",
          """
          Keeps your list of work items, for work of three steps or more: create each first, start \
          it, then done. They have ids such as T1, and T1.1 below it. A batch does several things, \
          or none.\
          """,
          """
          {"type":"object","properties":{%s,\
          "batch":{"type":"array","description":"instead of all else: several of these",\
          "items":{"type":"object","properties":{%s},"required":["action"]}}},\
          "required":[],"additionalProperties":false}\
          """
              .formatted(ONE, ONE),
          ToolSpec.Effect.CHANGES);

  private static final String ALIAS = "todo";

  private final AtomicReference<TaskList> list;
  private final @Nullable TaskProgress progress;

  private TaskTool(TaskList list) {
    this(new AtomicReference<>(list), null);
  }

  private TaskTool(AtomicReference<TaskList> list, @Nullable TaskProgress progress) {
    this.list = list;
    this.progress = progress;
  }

  /// The same list, whose notes are kept there.
  public TaskTool noting(TaskProgress there) {
    return new TaskTool(list, there);
  }

  /// A list with nothing on it.
  public static TaskTool empty() {
    return new TaskTool(TaskList.EMPTY);
  }

  /// The list of an agent that goes on with what was said, and with what an earlier process wrote
  /// down since. An attempt that was begun anew began with the list as it was before.
  public static TaskTool after(List<Message> said, List<SessionFact> recorded) {
    var past = new Past(TaskList.EMPTY);
    for (var message : said) {
      switch (message) {
        case Message.Model(var content) -> past.called(content);
        case Message.Tools(var answers) -> answers.forEach(past::answered);
        case Message.User _ -> {}
      }
    }
    var before = past.list;
    for (var fact : recorded) {
      switch (fact) {
        case SessionFact.TurnReceived turn -> past.called(turn.content());
        case SessionFact.ToolEnded(var answer, _) -> past.answered(answer);
        case SessionFact.AttemptStarted _ -> past = new Past(before);
        case SessionFact _ -> {}
      }
    }
    return new TaskTool(past.list);
  }

  /// What calls did to a list, one after the other. Confined to one thread.
  private static final class Past {

    private final Map<String, Content.ToolCall> calls = new HashMap<>();
    private TaskList list;

    Past(TaskList list) {
      this.list = list;
    }

    private void called(List<Content> content) {
      for (var piece : content) {
        if (piece instanceof Content.ToolCall said) {
          var call = DeferredTools.meant(said);
          if (call.tool().equals(SPEC.name()) || call.tool().equals(ALIAS)) {
            calls.put(call.id(), call);
          }
        }
      }
    }

    /// Only what was done then is done again.
    private void answered(Message.ToolAnswer answer) {
      var call = calls.remove(answer.call());
      if (call != null
          && answer.status() == Message.Status.OK
          && Arguments.read(SPEC, call.arguments()) instanceof Arguments.Fit(var input)
          && list.apply(input) instanceof TaskList.Applied.Done(var next, _)) {
        list = next;
      }
    }
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<String> aliases() {
    return List.of(ALIAS);
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    while (true) {
      var before = list.get();
      switch (before.apply(input)) {
        case TaskList.Applied.Refused(var why) -> {
          return Result.error(why);
        }
        case TaskList.Applied.Done(var next, var text) -> {
          if (list.compareAndSet(before, next)) {
            return Result.ok(text + noted(next.notes(input, before)));
          }
        }
      }
    }
  }

  /// What happened to a task stands, whatever becomes of a note.
  private String noted(List<TaskProgress.Note> notes) throws InterruptedException {
    if (notes.isEmpty()) {
      return "";
    }
    var told = progress == null ? "not noted: there is no memory here" : progress.keep(notes);
    return "\n(" + told + ")";
  }

  /// The list as anybody may see it.
  public TaskTree tree() {
    return list.get().tree();
  }

  /// The tasks that are open or being worked on, one a line.
  public List<String> unfinished() {
    return list.get().unfinished();
  }

  @Override
  public Optional<Standing> standing() {
    return list.get() == TaskList.EMPTY
        ? Optional.empty()
        : Optional.of(new Standing(Standing.Kind.TASKS, toString()));
  }

  /// The list as people and models read it.
  @Override
  public String toString() {
    return list.get().toString();
  }
}
