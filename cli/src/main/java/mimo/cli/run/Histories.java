package mimo.cli.run;

import mimo.cli.run.LocalRuns.Workshop;
import mimo.engine.RunId;
import mimo.engine.reuse.RunLineage;
import org.jspecify.annotations.Nullable;

/// Reads what is recorded of runs. What a command reads to tell it is there for what it does next,
/// since a long history takes long to read. Confined to the command's thread.
final class Histories {

  private final Workshop workshop;
  private @Nullable RunLineage latest;

  Histories(Workshop workshop) {
    this.workshop = workshop;
  }

  /// Everything recorded of a run right now.
  RunLineage read(RunId run) {
    latest = fresh(run);
    return latest;
  }

  /// What was just read of the run, which is not kept any longer: for whoever takes the run up, and
  /// sees under its lease whether that still holds.
  RunLineage take(RunId run) {
    var known = latest;
    latest = null;
    return known != null && known.run().equals(run) ? known : fresh(run);
  }

  private RunLineage fresh(RunId run) {
    return Failing.told(() -> {
      try (var reader = workshop.reader()) {
        return reader.lineage(run);
      }
    });
  }
}
