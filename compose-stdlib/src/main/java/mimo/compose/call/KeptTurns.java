package mimo.compose.call;

import java.util.HashMap;
import java.util.Map;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ContentKey;

/// The turns a script may go on from, by the numbers it knows them by. Confined to the run's
/// thread.
public final class KeptTurns {

  private final Map<Integer, Turn> turns = new HashMap<>();

  /// A turn that was answered.
  ///
  /// @param step its number in the run
  record Turn(int step, ContentKey key) {}

  /// A call was answered by this step.
  public void answered(HostCall call, int step) {
    if (call.keeps()) {
      turns.put(call.number(), new Turn(step, call.request().key()));
    }
  }

  Turn find(int call) {
    var turn = turns.get(call);
    if (turn == null) {
      throw new UnknownCall("call " + call + " is no turn of a conversation that is kept");
    }
    return turn;
  }
}
