package mimo.compose;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Lets a bounded number of scripts of one depth run at once; the others wait in line. Confined to
/// the run's thread.
///
/// Each depth has a door of its own: a script waits for scripts below it, and those never wait for
/// one above, so that nobody keeps out whom he waits for.
final class NestedDoor {

  private final Queue<NestedRun> line = new ArrayDeque<>();
  private final Consumer<NestedRun> admitted;
  private int inside;

  NestedDoor(Consumer<NestedRun> admitted) {
    this.admitted = admitted;
  }

  void enter(NestedRun run) {
    line.add(run);
    admit();
  }

  void leave() {
    inside--;
    admit();
  }

  private void admit() {
    while (inside < ComposeLimits.NESTED_RUNS && !line.isEmpty()) {
      var next = line.remove();
      if (next.isWanted()) {
        inside++;
        admitted.accept(next);
      }
    }
  }
}
