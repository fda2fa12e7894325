package mimo.agent.checkpoint;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import mimo.agent.checkpoint.ModelWriter.Manner;
import mimo.agent.memory.Memory;
import mimo.agent.session.SessionFact;

/// How checkpoints are kept in one workspace (SV1): the same for conversations, subagents and
/// agents of workflows, each in the folder of its own session. Thread-safe.
///
/// @param budget tokens the user allows a conversation; nothing if he says nothing
/// @param forked whether the writer is asked as the agent itself would be asked next (K4)
/// @param notices hears why a checkpoint could not be written
public record Checkpoints(
    Memory memory,
    Thresholds thresholds,
    OptionalLong budget,
    boolean forked,
    Consumer<String> notices) {

  /// Those of one session.
  ///
  /// @param session its id, as the name of a folder; one without a name has none
  /// @param recorded what an earlier process wrote down of it
  public SessionCheckpoints of(String session, List<SessionFact> recorded) {
    var writer = new ModelWriter(memory::kept, forked ? Manner.FORKED : Manner.ALONE, budget);
    return new SessionCheckpoints(this, writer, session, recorded);
  }
}
