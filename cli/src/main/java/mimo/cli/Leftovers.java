package mimo.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import mimo.agent.goal.Originals;
import mimo.agent.tool.SpillFiles;

/// What agents of earlier processes have left behind, and nobody needs any longer.
record Leftovers(
    CommandShell.Grounds grounds,
    Supplier<SpillFiles> spills,
    Originals originals,
    InstantSource clock) {

  private interface Removal {
    void run() throws IOException;
  }

  /// Removes it, as far as it can be; none of it is worth a word to the user.
  void remove() {
    var removals =
        List.<Removal>of(
            grounds.points()::tidy,
            () -> grounds.scratch().sweep(clock.instant()),
            () -> spills.get().removeOld(),
            originals::sweep);
    for (var removal : removals) {
      try {
        removal.run();
      } catch (IOException notNow) {
        // The next process tries again.
      }
    }
  }
}
