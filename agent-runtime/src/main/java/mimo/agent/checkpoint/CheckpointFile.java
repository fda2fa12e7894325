package mimo.agent.checkpoint;

import java.util.HashMap;
import mimo.agent.memory.Digest;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryPlace;

/// The checkpoint of one session on the disk, beside which lies what had no room in it.
/// Thread-safe; one writes at a time.
public final class CheckpointFile {

  private final Memory memory;
  private final String session;

  /// @param session its id, as the name of a folder
  public CheckpointFile(Memory memory, String session) {
    this.memory = memory;
    this.session = session;
  }

  /// What the file says.
  ///
  /// @param raw byte for byte; empty if there is none
  public record Held(Checkpoint checkpoint, String raw) {

    public boolean exists() {
      return !raw.isEmpty();
    }

    /// Says in 64 hex digits what the file says.
    public String hash() {
      return Digest.of(raw);
    }
  }

  public MemoryPlace place() {
    return memory.layout().checkpoint(session);
  }

  /// Where what had no room in a section lies.
  public MemoryPlace place(Section spilled) {
    return memory.layout().spill(session, spilled.word());
  }

  /// Reads it. A session without one has an empty one.
  ///
  /// @throws mimo.agent.memory.MemoryException if it cannot be read
  public Held read() {
    var raw = memory.raw(place()).orElse("");
    return new Held(raw.isEmpty() ? Checkpoint.EMPTY : Checkpoint.parse(memory.clean(raw)), raw);
  }

  /// Puts a checkpoint in its place, together with its watermark (K6): first what had no room in it
  /// is durable, then the file itself is swapped, and then notes that stand in it are taken out of
  /// theirs (K7). Whoever is stopped in between can do all of it again.
  ///
  /// @param base what the checkpoint was made of
  /// @return what the file says now
  /// @throws mimo.agent.memory.MemoryException if it cannot be written; the one before stays
  public Held write(Held base, Written written) throws InterruptedException {
    for (var spill : written.spills()) {
      spill(place(spill.section()), spill);
    }
    var raw = memory.keepCheckpoint(place(), base.raw(), written.checkpoint().markdown());
    var routed = new HashMap<String, String>();
    written.routed().forEach(note -> routed.put(note.id(), note.text()));
    memory.route(memory.layout().notes(session), routed);
    return new Held(Checkpoint.parse(memory.clean(raw)), raw);
  }

  /// The list of tasks is one thing: there is only how it is now.
  private void spill(MemoryPlace place, Spill spill) throws InterruptedException {
    if (spill.section() == Section.TASK_TREE) {
      var _ = memory.keepCheckpoint(place, memory.raw(place).orElse(""), spill.text() + "\n");
    } else {
      memory.spill(place, spill.text());
    }
  }
}
