package mimo.cli.command;

import java.util.List;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;

/// An eye on the runs of the store, whoever works on them, and a voice to them. Confined to the
/// command's thread. What cannot be done is a `CommandException` with a name of the error table.
public interface RunWatch extends AutoCloseable {

  /// All runs, newest first.
  List<Runs.Line> list();

  /// How the run stands whose id begins with `prefix`.
  Runs.Line find(String prefix);

  /// What happened in a run since the last call, at the first call from its beginning on; empty if
  /// nothing did.
  List<RecordedEvent> next(RunId run);

  /// Asks something of a run. The request is durable when this returns; if it is not yet done by
  /// then, it was waited for in vain, and is done later.
  ControlOutcome ask(RunId run, ControlRequest request) throws InterruptedException;

  /// Takes a run away from the process that works on it, alive or not: it writes no more.
  void steal(RunId run);

  @Override
  void close();
}
