package mimo.agent.checkpoint;

import java.util.List;
import mimo.agent.checkpoint.ConversationSoFar.Note;

/// A checkpoint that somebody has written, and that is not in its file yet.
///
/// @param spills what had no room in it
/// @param routed notes that stand in it from now on
public record Written(Checkpoint checkpoint, List<Spill> spills, List<Note> routed) {
  public Written {
    spills = List.copyOf(spills);
    routed = List.copyOf(routed);
  }
}
