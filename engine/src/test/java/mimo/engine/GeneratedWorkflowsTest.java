package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Workflows drawn from seeds, cut at every record and resumed (S24, T6).
final class GeneratedWorkflowsTest {

  private static final int WORKFLOWS = 50;
  private static final int MOVES = 12;

  private static ScriptedActivity agents() {
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("output_tokens", 3L));
      return request.label().startsWith("bad")
          ? new ActivityResult.Failed("refused", "No.", "{}")
          : new ActivityResult.Completed(request.input(), "{}");
    });
  }

  @Test
  void resumesFiftyWorkflowsFromACutAtEveryRecordT6() throws InterruptedException {
    var cuts = 0;
    for (var seed = 0; seed < WORKFLOWS; seed++) {
      var cut = 2;
      while (cutsAndResumes(seed, cut)) {
        cut++;
      }
      cuts += cut - 2;
    }

    assertTrue(cuts > 10 * WORKFLOWS, "only " + cuts + " cuts were made");
  }

  private static boolean cutsAndResumes(long seed, int cut) throws InterruptedException {
    var when = "seed " + seed + ", cut " + cut;
    var disk = new InMemoryJournal.Disk();
    var first =
        TestBench.engine(new InMemoryJournal(disk, cut), agents())
            .start(TestBench.request(), ScriptedWorkflows.drawn(seed), RunListener.none())
            .await();
    if (first instanceof RunResult.Completed) {
      return false;
    }
    var before = disk.records(StreamId.run(first.id()));
    var delivered = delivered(before);
    var agents = agents();

    var resumed = resume(disk, first.id(), seed, agents);

    var after = disk.records(StreamId.run(first.id()));
    assertEquals(before, after.subList(0, before.size()), when + ": the past was changed");
    assertInstanceOf(RunResult.Completed.class, resumed, when);
    assertTrue(delivered(after).containsAll(delivered), when);
    assertEquals(delivered(after).size(), Set.copyOf(delivered(after)).size(), when);
    assertEquals(resumed, replayed(disk, first.id(), seed), when);
    return true;
  }

  private static RunResult resume(
      InMemoryJournal.Disk disk, RunId id, long seed, ScriptedActivity agents)
      throws InterruptedException {
    return TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), agents)
        .resume(id, TestBench.request(), ScriptedWorkflows.drawn(seed), RunListener.none())
        .await();
  }

  /// The same run once more, without its end: nothing runs, and the result is the same.
  private static RunResult replayed(InMemoryJournal.Disk disk, RunId id, long seed)
      throws InterruptedException {
    var agents = agents();
    var result = resume(disk.copyWithout(StreamId.run(id), "run_ended"), id, seed, agents);
    assertEquals(0, agents.runs(), "a replay ran a body, seed " + seed);
    return result;
  }

  private static List<Integer> delivered(List<JournalRecord> records) {
    var delivered = new ArrayList<Integer>();
    for (var record : records) {
      if (JournalCodec.decode(record) instanceof Delivered(var seqs, _, _)) {
        delivered.addAll(seqs);
      }
    }
    return delivered;
  }

  @Test
  void writesTheSameBytesForTheSameCourseS24() throws InterruptedException {
    for (var seed = 0; seed < WORKFLOWS; seed++) {
      var one = oneAtATime(seed);
      var other = oneAtATime(seed);

      assertEquals(one, other, "seed " + seed);
      assertTrue(new HashSet<>(one).size() > 1 && Collections.frequency(one, one.getFirst()) == 1);
    }
  }

  /// The records of a run whose steps end one after the other.
  private static List<JournalRecord> oneAtATime(long seed) throws InterruptedException {
    var journal = new InMemoryJournal();
    Workflow workflow =
        scope -> {
          var dice = new Random(seed);
          for (var move = 0; move < MOVES; move++) {
            scope.log("move " + dice.nextInt());
            scope.schedule(TestBench.agent("a" + dice.nextInt()));
            scope.awaitDeliveries();
          }
          return new WorkflowResult.Finished("1", List.of());
        };
    var run =
        TestBench.engine(journal, agents())
            .start(TestBench.request(), workflow, RunListener.none())
            .await();
    return journal.disk().records(StreamId.run(run.id()));
  }
}
