package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What can be told of runs from the journal alone.
final class RunHistoryTest extends EngineGround {

  @Test
  void listsRunsNewestFirstWithTheirCounts() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var first = run(engine, ScriptedWorkflows.fanOut(3)).id();
    var second = run(engine, finishing("1")).id();

    var list = engine.list();

    var at = ManualClock.START;
    var done = new RunState.Completed(0);
    assertEquals(
        List.of(
            new RunSummary(second, "review", done, at, at, 0, 0, 0, new RunProgress("", NOTHING)),
            new RunSummary(first, "review", done, at, at, 3, 3, 0, new RunProgress("", NOTHING))),
        list);
  }

  @Test
  void findsARunByAUniquePrefixAndSaysWhatItFindsElse() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var id = run(engine, finishing("1")).id();

    assertEquals(id, engine.find(id.value().substring(0, 4)));
    assertEquals(
        "run 'ffffffff' is not in this store",
        assertThrows(ResumeRefused.class, () -> engine.find("ffffffff")).getMessage());
    assertEquals(
        "run 'fff': type at least 4 characters of its id",
        assertThrows(ResumeRefused.class, () -> engine.find("fff")).getMessage());
  }

  @Test
  void asksForMoreOfAnAmbiguousPrefix() {
    var journals = ReplayTest.diskWith(new RunId("abcd00000001"), List.of(noted()));
    var both = new InMemoryJournal(journals, Integer.MAX_VALUE);
    var heard = new mimo.engine.testing.JournalContract.Acknowledgements();
    both.append(both.acquire(StreamId.run(new RunId("abcd00000002"))), List.of(noted()), heard);
    heard.next();
    var engine = TestBench.engine(both, ScriptedActivity.echo());

    var refused = assertThrows(ResumeRefused.class, () -> engine.find("abcd"));

    assertEquals("run_ambiguous", refused.code());
    assertEquals(
        "run 'abcd' is one of abcd00000002, abcd00000001; type more of its id",
        refused.getMessage());
  }

  private static JournalRecord noted() {
    return new JournalRecord("log_written", "{}", Map.of());
  }

  @Test
  void readsARunLongerThanOnePage() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());

    var id = run(engine, ScriptedWorkflows.fanOut(1_200)).id();

    assertEquals(types(id).size(), engine.events(id).size());
    assertTrue(engine.events(id).size() > EngineLimits.READ_PAGE);
    assertThrows(ResumeRefused.class, () -> engine.events(new RunId("000000000000")));
  }

  @Test
  void givesBackWhatARunWasStartedWithD4() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var request = TestBench.request("{\"b\":1,\"a\":2}", new BudgetLimit.Total("usd", 5));
    var id = engine.start(request, finishing("1"), RunListener.none()).await().id();

    assertEquals(request, engine.started(id));
    assertThrows(ResumeRefused.class, () -> engine.started(new RunId("000000000000")));
  }

  @Test
  void showsARunAsRunningWhileItsOwnerLives() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var state = new AtomicReference<RunState>(new RunState.Cancelled());

    run(
        engine,
        _ -> {
          state.set(engine.list().getFirst().state());
          return new WorkflowResult.Finished("1", List.of());
        });

    assertEquals(new RunState.Running(), state.get());
  }

  @Test
  void listsADamagedRunAmongTheOthers() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var id = run(engine, finishing("1")).id();
    var bad = StreamId.run(new RunId("ffffffffffff"));
    var acknowledged = new CountDownLatch(1);
    journal.append(
        journal.acquire(bad),
        List.of(new JournalRecord("run_started", "{\"v\":9}", Map.of())),
        new mimo.engine.journal.AppendListener() {
          @Override
          public void durable() {
            acknowledged.countDown();
          }

          @Override
          public void failed(EngineException cause) {}
        });
    acknowledged.await();

    var list = engine.list();

    assertEquals(
        new RunState.Damaged(
            "store_corrupt: a run_started entry cannot be read: it has version 9, this mimo"
                + " reads version 1"),
        list.getFirst().state());
    assertEquals(id, list.getLast().id());
  }
}
