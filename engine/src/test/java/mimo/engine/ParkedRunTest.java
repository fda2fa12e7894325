package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.JournalEntry.RunParked;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs that wait for the world outside to change (L123, D73).
final class ParkedRunTest extends EngineGround {

  private static final ActivityResult REFUSED =
      new ActivityResult.Suspended(ParkReason.PROVIDER, "provider_access", "The key is refused.");

  /// Agents of which the one with this label is refused; the others answer, or wait for their stop.
  private static ScriptedActivity refusing(String label, CountDownLatch others) {
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("requests", 1L));
      if (request.label().equals(label)) {
        return REFUSED;
      }
      others.await();
      return new ActivityResult.Completed(request.input(), "{}");
    });
  }

  private RunResult resumed(RunId id, Workflow workflow, Activity agents)
      throws InterruptedException {
    return TestBench.engine(journal, agents)
        .resume(id, TestBench.request(), workflow, RunListener.none())
        .await();
  }

  @Test
  void parksAfterTheFirstRefusalAndStartsNoOtherBodyC68() throws InterruptedException {
    var agents = refusing("f0", new CountDownLatch(1));
    var engine = new Engine(TestBench.ports(journal, agents, List.of(), 4));

    var result = run(engine, ScriptedWorkflows.fanOut(50));

    assertTrue(agents.runs() <= 4, agents.runs() + " bodies ran");
    assertEquals(
        new RunResult.Parked(
            result.id(),
            ParkReason.PROVIDER,
            "provider_access",
            "The key is refused.",
            null,
            Map.of("requests", (long) agents.runs())),
        result);
    assertEquals(List.of(), result.losses());
    assertEquals(
        new RunParked(
            ParkReason.PROVIDER,
            "provider_access",
            "The key is refused.",
            null,
            new ManualClock().instant()),
        entries(result.id()).getLast());
    assertFalse(types(result.id()).contains("step_failed"));
    assertEquals(
        new RunState.Parked(ParkReason.PROVIDER, "provider_access", "The key is refused.", null),
        engine.list().getFirst().state());
  }

  @Test
  void goesOnWithTheOpenStepsOnlyOnceAllIsMendedL123() throws InterruptedException {
    var free = new CountDownLatch(0);
    var workflow = ScriptedWorkflows.sequential(6);
    var parked = run(TestBench.engine(journal, refusing("s3", free)), workflow);
    var agents = refusing("nobody", free);

    var result = resumed(parked.id(), workflow, agents);

    assertInstanceOf(RunResult.Parked.class, parked);
    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(
        List.of(0, 0, 0, 1, 1, 1),
        List.of("s0", "s1", "s2", "s3", "s4", "s5").stream().map(agents::runs).toList());
    assertEquals(Map.of("requests", 7L), result.usage());
    assertEquals(1, Collections.frequency(types(result.id()), "run_parked"));
  }

  @Test
  void parksAgainUntilAllIsMended() throws InterruptedException {
    var free = new CountDownLatch(0);
    var workflow = ScriptedWorkflows.sequential(2);
    var parked = run(TestBench.engine(journal, refusing("s1", free)), workflow);

    var again = resumed(parked.id(), workflow, refusing("s1", free));

    assertInstanceOf(RunResult.Parked.class, again);
    assertEquals(
        List.of("run_parked", "run_resumed", "step_spent", "run_parked"),
        types(parked.id()).subList(types(parked.id()).size() - 4, types(parked.id()).size()));
  }

  @Test
  void staysParkedIfTheResumeDivergesD23() throws InterruptedException {
    var parked =
        run(
            TestBench.engine(journal, refusing("s1", new CountDownLatch(0))),
            ScriptedWorkflows.sequential(2));
    var agents = ScriptedActivity.echo();

    var result = resumed(parked.id(), ScriptedWorkflows.fanOut(2), agents);

    assertEquals("determinism_violation", ((RunResult.Interrupted) result).code());
    assertEquals(0, agents.runs());
    assertInstanceOf(
        RunState.Parked.class, TestBench.engine(journal, agents).list().getFirst().state());
  }

  @Test
  void isRunningWhileSomebodyWorksOnItAndInterruptedIfHeDies() throws InterruptedException {
    var workflow = ScriptedWorkflows.sequential(1);
    var parked = run(TestBench.engine(journal, refusing("s0", new CountDownLatch(0))), workflow);
    var working = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, _) -> {
          working.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });
    var engine = TestBench.engine(journal, agents);

    var run = engine.resume(parked.id(), TestBench.request(), workflow, RunListener.none());
    working.await();
    var meanwhile = engine.list().getFirst().state();
    run.interrupt("interrupted", "stop");
    run.await();

    assertEquals(new RunState.Running(), meanwhile);
    assertEquals(new RunState.Interrupted(), engine.list().getFirst().state());
  }

  @Test
  void isResumableFromACutAtAnyAppendDP1() throws InterruptedException {
    var workflow = ScriptedWorkflows.mixed(4);
    var free = new CountDownLatch(0);
    var cut = 2;
    for (var parked = false; !parked; cut++) {
      var disk = new InMemoryJournal.Disk();
      var first =
          run(TestBench.engine(new InMemoryJournal(disk, cut), refusing("after2", free)), workflow);
      parked = first instanceof RunResult.Parked;
      var journal = new InMemoryJournal(disk, Integer.MAX_VALUE);
      var resumed =
          TestBench.engine(journal, refusing("nobody", free))
              .resume(first.id(), TestBench.request(), workflow, RunListener.none())
              .await();

      assertInstanceOf(RunResult.Completed.class, resumed, "cut " + cut);
      assertFalse(
          disk.records(StreamId.run(first.id())).stream()
              .anyMatch(record -> record.type().equals("step_failed")),
          "cut " + cut);
    }

    assertTrue(cut > 10, "only " + cut + " cuts were made");
  }

  @Test
  void refusesAWordThatIsNoReason() {
    var refused = assertThrows(IllegalArgumentException.class, () -> ParkReason.of("lunch"));

    assertEquals("'lunch' is no reason to park a run", refused.getMessage());
    assertEquals(ParkReason.USAGE_LIMIT, ParkReason.of("usage-limit"));
  }
}
