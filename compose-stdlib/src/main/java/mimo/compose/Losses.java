package mimo.compose;

import java.util.ArrayList;
import java.util.List;
import mimo.engine.Loss;

/// What a run was asked for and did not get (L107). Confined to the run's thread.
final class Losses {

  private final List<Loss> kept = new ArrayList<>();
  private int uncounted;

  void add(Loss loss) {
    if (kept.size() < ComposeLimits.LOSSES) {
      kept.add(loss);
    } else {
      uncounted++;
    }
  }

  List<Loss> all() {
    if (uncounted == 0) {
      return List.copyOf(kept);
    }
    var all = new ArrayList<>(kept);
    all.add(new Loss(0, uncounted + " more", "", "not listed"));
    return all;
  }
}
