package mimo.agent.task;

import java.util.LinkedHashSet;
import java.util.List;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Memory.Said;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryTool.Owner;

/// What an agent notes of its tasks, each in a file of its own that only grows (T5): without
/// secrets, and with where it comes from, as everything in the memory. Thread-safe.
///
/// @param owner of the tasks
public record TaskProgress(Memory memory, Owner owner) {

  /// What happened to a task, and what is noted of it.
  ///
  /// @param task its id
  record Note(String task, String text) {}

  /// Keeps notes, in order.
  ///
  /// @return what is to be told of it
  String keep(List<Note> notes) throws InterruptedException {
    var files = new LinkedHashSet<String>();
    try {
      for (var note : notes) {
        var place = memory.layout().progress(owner.session(), note.task());
        var said = new Said(owner.session(), owner.turn().getAsInt());
        var _ = memory.append(place, "", note.text(), owner.heard().source(), said);
        files.add(place.name());
      }
      return "noted in " + String.join(", ", files);
    } catch (MemoryException refused) {
      return "not noted: " + refused.code() + ": " + refused.getMessage();
    }
  }
}
