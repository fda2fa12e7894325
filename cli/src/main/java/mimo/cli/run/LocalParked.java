package mimo.cli.run;

import java.util.List;
import java.util.Optional;
import mimo.cli.command.Runs;
import mimo.engine.Engine;
import mimo.engine.ParkedRun;
import mimo.engine.ParkedRuns;

/// The parked runs of this machine's store.
final class LocalParked implements Runs.ParkedWatch {

  private final Engine engine;
  private final ParkedRuns parked;

  /// @param engine one that only reads; closed with this
  LocalParked(Engine engine) {
    this.engine = engine;
    this.parked = engine.parkedRuns();
  }

  @Override
  public Optional<String> watchAlone() {
    return Failing.told(parked::watchAlone);
  }

  @Override
  public List<ParkedRun> look() {
    return Failing.told(parked::look);
  }

  @Override
  public void close() {
    parked.close();
    engine.close();
  }
}
