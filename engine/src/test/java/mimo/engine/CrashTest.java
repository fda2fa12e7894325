package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cuts the power at every append, again and again until the run completes (DP1, D21).
final class CrashTest {

  record Script(String name, Workflow workflow) {}

  private static Stream<Script> scripts() {
    return Stream.of(
        new Script("sequential", ScriptedWorkflows.sequential(8)),
        new Script("fan-out", ScriptedWorkflows.fanOut(12)),
        new Script("mixed", ScriptedWorkflows.mixed(6)));
  }

  private static ScriptedActivity agents() {
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("output_tokens", 10L));
      return request.label().startsWith("bad")
          ? new ActivityResult.Failed("refused", "No.", "{}")
          : new ActivityResult.Completed(request.input(), "{}");
    });
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void resumesExactlyAfterACutAtAnyAppendDP1(Script script) throws InterruptedException {
    var cut = 1;
    while (cutsOnce(script, cut)) {
      cut++;
    }

    assertTrue(cut > 10, "only " + cut + " cuts were made");
  }

  /// Runs until the `cut`-th record, then resumes on what survived.
  private static boolean cutsOnce(Script script, int cut) throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var id = runUntilTheCut(script, new InMemoryJournal(disk, cut));
    if (id == null) {
      return true;
    }
    var survived = settled(disk, id);
    var wasEnded = ended(disk, id);

    if (!wasEnded) {
      var agents = agents();
      var resumed = resume(script, disk, id, agents);

      assertInstanceOf(RunResult.Completed.class, resumed, "cut " + cut);
      for (var label : survived) {
        assertEquals(0, agents.runs(label), "cut " + cut + ": " + label + " ran again");
      }
      assertTrue(settled(disk, id).containsAll(survived), "cut " + cut);
    }
    assertEquals(replayed(script, disk, id), ending(disk, id), "cut " + cut);
    return !wasEnded;
  }

  private static @org.jspecify.annotations.Nullable RunId runUntilTheCut(
      Script script, InMemoryJournal journal) throws InterruptedException {
    try {
      return TestBench.engine(journal, agents())
          .start(TestBench.request(), script.workflow, RunListener.none())
          .await()
          .id();
    } catch (EngineException.StoreFailure e) {
      return null;
    }
  }

  private static RunResult resume(
      Script script, InMemoryJournal.Disk disk, RunId id, ScriptedActivity agents)
      throws InterruptedException {
    try (var engine = TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), agents)) {
      return engine.resume(id, TestBench.request(), script.workflow, RunListener.none()).await();
    }
  }

  /// The result of a pure replay: the ended run without its end, where nothing may run.
  private static String replayed(Script script, InMemoryJournal.Disk disk, RunId id)
      throws InterruptedException {
    var copy = ReplayTest.copyWithout(disk, id, "run_ended");
    var agents = agents();
    var result = resume(script, copy, id, agents);
    assertEquals(0, agents.runs(), "a replay ran a body");
    return ((RunResult.Completed) result).value();
  }

  private static Set<String> settled(InMemoryJournal.Disk disk, RunId id) {
    var labels = new java.util.HashMap<Integer, String>();
    var settled = new HashSet<String>();
    for (var record : disk.records(StreamId.run(id))) {
      var entry = JournalCodec.decode(record);
      if (entry instanceof JournalEntry.StepScheduled(var seq, var request, _)) {
        labels.put(seq, request.label());
      } else if (entry instanceof JournalEntry.SettledEntry end) {
        assertTrue(settled.add(labels.get(end.seq())), "step " + end.seq() + " settled twice");
      }
    }
    return settled;
  }

  private static boolean ended(InMemoryJournal.Disk disk, RunId id) {
    return disk.records(StreamId.run(id)).getLast().type().equals("run_ended");
  }

  private static String ending(InMemoryJournal.Disk disk, RunId id) {
    var last = JournalCodec.decode(disk.records(StreamId.run(id)).getLast());
    return String.valueOf(((JournalEntry.RunEnded) last).value());
  }
}
