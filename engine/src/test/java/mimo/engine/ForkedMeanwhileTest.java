package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import mimo.engine.EngineException.RemovalRefused;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.redaction.Redactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.WrappedJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are removed in the very moment in which somebody forks them (D61).
final class ForkedMeanwhileTest {

  private static final Workflow WORKFLOW = ScriptedWorkflows.sequential(4);

  @TempDir private Path folder = Path.of("unset");
  private Journal journal = new InMemoryJournal();

  /// What happens before the next fork is written down.
  private final ArrayDeque<Runnable> beforeAppend = new ArrayDeque<>();

  @BeforeEach
  void open() {
    journal = new SqliteJournal(folder);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private Engine engine() {
    return TestBench.ticking(
        new WrappedJournal(journal) {
          @Override
          public void append(Lease lease, List<JournalRecord> records, AppendListener listener) {
            if (!beforeAppend.isEmpty()) {
              beforeAppend.remove().run();
            }
            super.append(lease, records, listener);
          }
        },
        ScriptedActivity.echo());
  }

  private static RunId ran(Engine engine) throws InterruptedException {
    return engine.start(TestBench.request(), WORKFLOW, RunListener.none()).await().id();
  }

  private static Run fork(Engine engine, RunId source) throws InterruptedException {
    var cut = new ForkPoint(source, 3, RunOrigin.Later.REUSED);
    return engine.fork(cut, TestBench.request(), WORKFLOW, RunListener.none());
  }

  private static RunId forked(Engine engine, RunId source) {
    try {
      return fork(engine, source).await().id();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static RunKeeper keeper(Journal store) {
    return new RunKeeper(store, _ -> Redactor.NONE, new ManualClock(), new Random(5));
  }

  @Test
  void aRunThatIsForkedAfterTheFirstLookAtForksStaysD61() throws InterruptedException {
    var engine = engine();
    var source = ran(engine);
    var forks = new ArrayDeque<RunId>();
    var keeper =
        keeper(
            new WrappedJournal(journal) {
              @Override
              public List<StreamId> streams(String kind) {
                if (kind.equals(StreamId.SESSION)) {
                  forks.add(forked(engine, source));
                }
                return super.streams(kind);
              }
            });

    var refused = assertThrows(RemovalRefused.class, () -> keeper.erase(List.of(source)));

    var fork = forks.getFirst();
    assertEquals(
        "run " + source + " shares its entries with its fork " + fork, refused.getMessage());
    assertEquals(List.of(source), engine.lineage(fork).sources());
  }

  @Test
  void aForkWhoseSourceIsRemovedBeforeItIsWrittenDownIsRefusedAndGoneD61()
      throws InterruptedException {
    var engine = engine();
    var source = ran(engine);
    beforeAppend.add(() -> keeper(journal).erase(List.of(source)));

    var refused = assertThrows(ResumeRefused.class, () -> fork(engine, source));

    assertEquals("run_unknown", refused.code());
    assertEquals("run '" + source + "' is not in this store", refused.getMessage());
    assertEquals(List.of(), engine.list());
  }

  @Test
  void aForkThatCannotBeReadJustNowStillNeedsItsSourceD61() throws InterruptedException {
    var engine = engine();
    var source = ran(engine);
    var fork = forked(engine, source);
    var keeper =
        keeper(
            new WrappedJournal(journal) {
              @Override
              public List<JournalRecord> read(StreamId stream, long from, int atMost) {
                if (stream.equals(StreamId.run(fork))) {
                  throw new StoreFailure("store_failed", "the disk is busy", null);
                }
                return super.read(stream, from, atMost);
              }
            });

    var refused = assertThrows(StoreFailure.class, () -> keeper.erase(List.of(source)));

    assertEquals("store_failed", refused.code());
    assertInstanceOf(RunState.Completed.class, engine.summary(fork).state());
  }
}
