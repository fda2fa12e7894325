package mimo.compose.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ContentKey;

/// The turns a script may go on from, by the numbers it knows them by. Confined to the run's
/// thread.
public final class KeptTurns {

  private final Map<Integer, Turn> turns = new HashMap<>();

  /// A turn that was answered.
  ///
  /// @param steps the numbers of all turns up to this one, in this generation of the run
  record Turn(List<Integer> steps, ContentKey key) {
    Turn {
      steps = List.copyOf(steps);
    }

    int step() {
      return steps.getLast();
    }
  }

  /// A call was answered by this step.
  public void answered(HostCall call, int step) {
    if (call.keeps()) {
      var steps = new ArrayList<>(call.turns());
      steps.add(step);
      turns.put(call.number(), new Turn(steps, call.request().key()));
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
