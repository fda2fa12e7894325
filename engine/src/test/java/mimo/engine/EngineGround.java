package mimo.engine;

import java.util.List;
import java.util.Map;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.TestBench;

/// A journal in memory, and the few things every test of an engine does with it.
abstract class EngineGround {

  static final Map<String, Long> NOTHING = Map.of();

  final InMemoryJournal journal = new InMemoryJournal();

  static RunResult run(Engine engine, Workflow workflow) throws InterruptedException {
    return engine.start(TestBench.request(), workflow, RunListener.none()).await();
  }

  final List<String> types(RunId id) {
    return journal.disk().records(StreamId.run(id)).stream().map(JournalRecord::type).toList();
  }

  final List<JournalEntry> entries(RunId id) {
    return journal.disk().records(StreamId.run(id)).stream().map(JournalCodec::decode).toList();
  }

  static Workflow finishing(String value) {
    return _ -> new WorkflowResult.Finished(value, List.of());
  }
}
