package mimo.agent.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;
import mimo.agent.task.TaskTool;

/// All of a conversation that a checkpoint can be made of. Immutable.
///
/// @param messages all of them, from the first one on, as [Mark] counts them
/// @param own what of it the user asks for himself
/// @param tasks the list of work items as it is now, in the words of the tool that keeps it
/// @param notes what the agent noted in its session
public record ConversationSoFar(
    List<Message> messages, List<OwnWords> own, String tasks, List<Note> notes) {

  /// Something noted.
  ///
  /// @param id by which it is found in its file
  public record Note(String id, String text) {}

  public ConversationSoFar {
    messages = List.copyOf(messages);
    own = List.copyOf(own);
    notes = List.copyOf(notes);
  }

  /// One in which nothing was noted, and whose work items are those its calls have made.
  public static ConversationSoFar of(List<Message> messages, List<OwnWords> own) {
    return new ConversationSoFar(messages, own, tasksOf(messages), List.of());
  }

  /// The list of work items that the calls in a conversation have made.
  public static String tasksOf(List<Message> messages) {
    return TaskTool.after(messages, List.of()).toString();
  }

  /// The same up to a message; what is known of tasks and notes stays.
  ///
  /// @param count how many messages it has
  public ConversationSoFar upTo(int count) {
    return new ConversationSoFar(messages.subList(0, count), own, tasks, notes);
  }

  /// What the user asks for himself in some of the messages.
  ///
  /// @param from the first one
  /// @param until how many messages come before the first that does not count
  List<OwnWords> own(int from, int until) {
    return own.stream()
        .filter(words -> words.message() >= from && words.message() < until)
        .map(words -> new OwnWords(words.message(), UserWords.own(words.text())))
        .filter(words -> !words.text().isEmpty())
        .toList();
  }

  /// Everything an item can be from (K10), but for tasks.
  Set<String> sources() {
    var ids = new HashSet<String>();
    for (int i = 0; i < messages.size(); i++) {
      ids.add("m" + i);
      if (messages.get(i) instanceof Message.Model(var content)) {
        for (var piece : content) {
          if (piece instanceof Content.ToolCall call) {
            ids.add("c:" + call.id());
          }
        }
      }
    }
    notes.forEach(note -> ids.add("n:" + note.id()));
    return ids;
  }
}
