package mimo.agent;

import java.util.List;
import java.util.function.Function;
import mimo.agent.goal.Pursuit;
import mimo.agent.goal.Transcript;
import mimo.agent.message.Message;
import org.jspecify.annotations.Nullable;

/// What has to be so before an agent may end with its answer.
///
/// @param tasks what becomes of tasks it has listed and not finished
/// @param goal what it works towards; null if nothing
/// @param transcript tells a judge what was said, given the messages of the loop
record EndTerms(
    Tasks tasks, @Nullable Pursuit goal, Function<List<Message>, Transcript> transcript) {

  /// It may end at any time.
  static final EndTerms NONE =
      new EndTerms(Tasks.MAY_BE_LEFT, null, said -> Transcript.ofMessages(said, 0));

  /// Those of an agent that works for a script or another agent.
  static final EndTerms ALL_TASKS =
      new EndTerms(Tasks.ARE_FINISHED, null, said -> Transcript.ofMessages(said, 0));

  /// Whether an agent may leave tasks it has listed for itself.
  enum Tasks {
    MAY_BE_LEFT,
    /// Whoever relies on its answer must be able to (T4).
    ARE_FINISHED
  }
}
