package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What a resume does with a recorded past (D6, D10, D19, D20, D22, D23).
final class ReplayTest {

  static final RunId RUN = new RunId("7f3a90b1c2d4");

  /// A disk that holds the same run but for the entries of one type.
  static InMemoryJournal.Disk copyWithout(InMemoryJournal.Disk disk, RunId id, String type) {
    var kept =
        disk.records(StreamId.run(id)).stream()
            .filter(record -> !record.type().equals(type))
            .toList();
    return diskWith(id, kept);
  }

  static InMemoryJournal.Disk diskWith(RunId id, List<JournalRecord> records) {
    var journal = new InMemoryJournal();
    var written = new CountDownLatch(1);
    try (var lease = journal.acquire(StreamId.run(id))) {
      journal.append(
          lease,
          records,
          new AppendListener() {
            @Override
            public void durable() {
              written.countDown();
            }

            @Override
            public void failed(EngineException cause) {
              throw new AssertionError(cause);
            }
          });
      written.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return journal.disk();
  }

  static InMemoryJournal given(JournalEntry... entries) {
    var codec =
        new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"), new ManualClock());
    var records = new ArrayList<JournalRecord>();
    records.add(codec.encode(started()).record());
    for (var entry : entries) {
      records.add(codec.encode(entry).record());
    }
    return new InMemoryJournal(diskWith(RUN, records), Integer.MAX_VALUE);
  }

  private static JournalEntry.RunStarted started() {
    return new JournalEntry.RunStarted(
        TestBench.request(), "5eed", "00", Engine.VERSION, 1, 0, ManualClock.START);
  }

  static JournalEntry scheduled(int seq, String prompt) {
    return new JournalEntry.StepScheduled(seq, TestBench.agent(prompt), 0);
  }

  static JournalEntry completed(int seq, String value) {
    return new JournalEntry.StepCompleted(seq, value, Map.of("output_tokens", 5L), "{}");
  }

  static JournalEntry delivered(Integer... seqs) {
    return new JournalEntry.Delivered(List.of(seqs), ManualClock.START, 5);
  }

  static RunResult resume(InMemoryJournal journal, ScriptedActivity agents, Workflow workflow)
      throws InterruptedException {
    return TestBench.engine(journal, agents)
        .resume(RUN, TestBench.request(), workflow, RunListener.none())
        .await();
  }

  static List<String> types(InMemoryJournal journal) {
    return journal.disk().records(StreamId.run(RUN)).stream().map(JournalRecord::type).toList();
  }

  @Test
  void answersFromTheJournalAndGoesOnLiveD20() throws InterruptedException {
    var journal = given(scheduled(1, "s0"), completed(1, "\"recorded\""), delivered(1));
    var agents = ScriptedActivity.echo();
    var seen = new ArrayList<Delivery>();

    resume(
        journal,
        agents,
        scope -> {
          scope.schedule(TestBench.agent("s0"));
          seen.addAll(scope.awaitDeliveries());
          scope.schedule(TestBench.agent("s1"));
          seen.addAll(scope.awaitDeliveries());
          return new WorkflowResult.Finished("1", List.of());
        });

    assertEquals(
        List.of(
            new Delivery(1, new StepOutcome.Completed("\"recorded\""), ManualClock.START, 5),
            new Delivery(
                2, new StepOutcome.Completed("{\"prompt\":\"s1\"}"), ManualClock.START, 5)),
        seen);
    assertEquals(1, agents.runs());
    assertEquals(
        List.of(
            "run_started",
            "step_scheduled",
            "step_completed",
            "delivered",
            "run_resumed",
            "step_scheduled",
            "step_completed",
            "delivered",
            "run_ended"),
        types(journal));
  }

  @Test
  void deliversSettledStepsFirstAndInJournalOrderD6() throws InterruptedException {
    var journal =
        given(scheduled(1, "f0"), scheduled(2, "f1"), completed(2, "2"), completed(1, "1"));
    var order = new ArrayList<Integer>();

    resume(
        journal,
        ScriptedActivity.echo(),
        scope -> {
          scope.schedule(TestBench.agent("f0"));
          scope.schedule(TestBench.agent("f1"));
          scope.awaitDeliveries().forEach(delivery -> order.add(delivery.seq()));
          return new WorkflowResult.Finished("1", List.of());
        });

    assertEquals(List.of(2, 1), order);
  }

  @Test
  void startsUnsettledBodiesAgainD22() throws InterruptedException {
    var journal = given(scheduled(1, "f0"), scheduled(2, "f1"), completed(2, "2"));
    var agents = ScriptedActivity.echo();

    resume(journal, agents, ScriptedWorkflows.fanOut(2));

    assertEquals(1, agents.runs("f0"));
    assertEquals(0, agents.runs("f1"));
  }

  @Test
  void doesNotRunAgainWhatWasAskedWithASecretD69() throws InterruptedException {
    var journal = given(scheduled(1, "use [REDACTED:live-value:00ff]"));
    var agents = ScriptedActivity.echo();
    var outcomes = new ArrayList<StepOutcome>();

    resume(
        journal,
        agents,
        scope -> {
          scope.schedule(TestBench.agent("use s3cr3t-t0ken"));
          scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
          return new WorkflowResult.Finished("1", List.of());
        });

    assertEquals(0, agents.runs());
    assertEquals(
        List.of(
            new StepOutcome.Failed(
                "interrupted",
                "The step was cut off, and a secret in what it was asked is not stored.")),
        outcomes);
  }

  @Test
  void tellsAListenerOnlyWhatIsNewD10() throws InterruptedException {
    var journal =
        given(
            new JournalEntry.PhaseEntered("p"),
            new JournalEntry.LogWritten("once"),
            scheduled(1, "s0"));
    var listener = new RecordingListener();
    var engine = TestBench.engine(journal, ScriptedActivity.echo());

    engine
        .resume(
            RUN,
            TestBench.request(),
            scope -> {
              scope.enterPhase("p");
              scope.log("once");
              scope.schedule(TestBench.agent("s0"));
              scope.awaitDeliveries();
              return new WorkflowResult.Finished("1", List.of());
            },
            listener)
        .await();

    assertEquals(List.of(5L, 6L, 7L, 8L), listener.numbers());
    assertEquals(new RunEvent.Resumed(ManualClock.START, 0), listener.events().getFirst());
  }

  @Test
  void resumesARunThatWasResumedBefore() throws InterruptedException {
    var journal =
        given(
            scheduled(1, "s0"),
            new JournalEntry.RunResumed(ManualClock.START, 0),
            completed(1, "1"),
            delivered(1));
    var agents = ScriptedActivity.echo();

    var result = resume(journal, agents, ScriptedWorkflows.sequential(2));

    assertEquals(RunResult.Completed.class, result.getClass());
    assertEquals(1, agents.runs());
  }

  @Test
  void refusesAJournalThatDeliversWhatNeverEnded() throws InterruptedException {
    var journal = given(scheduled(1, "s0"), delivered(1));

    var result = resume(journal, ScriptedActivity.echo(), ScriptedWorkflows.sequential(1));

    assertEquals(
        new RunResult.Interrupted(
            RUN,
            "store_corrupt",
            "the journal delivers step 1, which never ended",
            List.of(),
            Map.of()),
        result);
  }

  @Test
  void refusesAStreamThatDoesNotBeginWithARun() {
    var codec =
        new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"), new ManualClock());
    var records = List.of(codec.encode(new JournalEntry.LogWritten("x")).record());
    var journal = new InMemoryJournal(diskWith(RUN, records), Integer.MAX_VALUE);
    var engine = TestBench.engine(journal, ScriptedActivity.echo());

    var refused = assertThrows(EngineException.StoreFailure.class, () -> engine.started(RUN));

    assertEquals("run 7f3a90b1c2d4 begins with log_written, not run_started", refused.getMessage());
  }

  @Test
  void refusesToResumeWithAnythingChangedD19() {
    var journal = given();
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var asked = TestBench.request();
    var changed =
        Map.of(
            "arguments_changed",
            TestBench.request("{\"n\":1}", asked.budget()),
            "options_changed",
            TestBench.request("{}", new BudgetLimit.Total("output_tokens", 9)),
            "script_changed",
            new RunRequest("review", List.of(), "{}", asked.options(), asked.budget()));

    changed.forEach((code, request) -> {
      var refused =
          assertThrows(
              ResumeRefused.class,
              () -> engine.resume(RUN, request, ScriptedWorkflows.fanOut(1), RunListener.none()));
      assertEquals(code, refused.code());
    });
    assertEquals(List.of("run_started"), types(journal));
  }

  @Test
  void refusesARunThatCountsItsStepsInANewerWayS24() {
    var newer =
        new JournalEntry.RunStarted(
            TestBench.request(), "5eed", "00", "9.0.0", 3, 0, ManualClock.START);
    var codec =
        new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"), new ManualClock());
    var disk = diskWith(RUN, List.of(codec.encode(newer).record()));
    var engine =
        TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), ScriptedActivity.echo());

    var refused =
        assertThrows(
            ResumeRefused.class,
            () ->
                engine.resume(
                    RUN, TestBench.request(), ScriptedWorkflows.fanOut(1), RunListener.none()));

    assertEquals("determinism_newer", refused.code());
    assertEquals(
        "run 7f3a90b1c2d4 cannot be resumed: it counts its steps by version 3, this mimo knows"
            + " versions up to 2",
        refused.getMessage());
  }

  @Test
  void startsNothingThatTheWorkflowAbandons() throws InterruptedException {
    var journal = given(scheduled(1, "a"), new JournalEntry.LogWritten("abandoned: a"));
    var agents = ScriptedActivity.echo();

    var result =
        resume(
            journal,
            agents,
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.log("abandoned: a");
              return new WorkflowResult.Finished("1", List.of());
            });

    assertEquals(RunResult.Completed.class, result.getClass());
    assertEquals(0, agents.runs());
    assertEquals(
        List.of("run_started", "step_scheduled", "log_written", "run_resumed", "run_ended"),
        types(journal));
  }

  @Test
  void startsWhatWasCutOffWhenTheWorkflowAsksForMore() throws InterruptedException {
    var journal = given(scheduled(1, "a"));
    var agents = ScriptedActivity.echo();

    var result =
        resume(
            journal,
            agents,
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.log("goes on");
              scope.schedule(TestBench.agent("b"));
              while (scope.openSteps() > 0) {
                scope.awaitDeliveries();
              }
              return new WorkflowResult.Finished("1", List.of());
            });

    assertEquals(RunResult.Completed.class, result.getClass());
    assertEquals(List.of(1, 1), List.of(agents.runs("a"), agents.runs("b")));
    assertEquals(
        List.of("run_started", "step_scheduled", "run_resumed", "log_written", "step_scheduled"),
        types(journal).subList(0, 5));
  }

  @Test
  void saysWhichScriptChangedD19() {
    var engine = TestBench.engine(given(), ScriptedActivity.echo());
    var asked = TestBench.request();
    var edited = new RunRequest.ScriptDigest("review.js", "0123456789abcdef");
    var request = new RunRequest("review", List.of(edited), "{}", asked.options(), asked.budget());

    var refused =
        assertThrows(
            ResumeRefused.class,
            () -> engine.resume(RUN, request, ScriptedWorkflows.fanOut(1), RunListener.none()));

    assertEquals(
        "run 7f3a90b1c2d4 cannot be resumed: review.js has digest 0123456789ab, the run was"
            + " started with "
            + asked.scripts().getFirst().sha256().substring(0, 12)
            + "; restore it",
        refused.getMessage());
  }

  @Test
  void givesTheLeaseBackWhenItRefuses() throws InterruptedException {
    var journal = given();
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    assertThrows(
        ResumeRefused.class,
        () ->
            engine.resume(
                RUN,
                TestBench.request("[]", TestBench.request().budget()),
                ScriptedWorkflows.fanOut(1),
                RunListener.none()));

    var result = resume(journal, ScriptedActivity.echo(), ScriptedWorkflows.fanOut(1));

    assertEquals(RunResult.Completed.class, result.getClass());
  }

  @Test
  void replayEqualsLiveForFiveHundredOrdersOfCompletionDP7() throws InterruptedException {
    for (var seed = 0; seed < 500; seed++) {
      var journal = new InMemoryJournal();
      var live = liveInRandomOrder(journal, seed);
      var copy = copyWithout(journal.disk(), live.id(), "run_ended");
      var agents = ScriptedActivity.echo();
      var engine = TestBench.engine(new InMemoryJournal(copy, Integer.MAX_VALUE), agents);

      var replay =
          engine
              .resume(
                  live.id(), TestBench.request(), ScriptedWorkflows.mixed(7), RunListener.none())
              .await();

      assertEquals(live, replay, "seed " + seed);
      assertEquals(0, agents.runs(), "seed " + seed);
    }
  }

  /// Bodies end in an order drawn from the seed: each waits for its turn in a shuffled line.
  private static RunResult liveInRandomOrder(InMemoryJournal journal, int seed)
      throws InterruptedException {
    var order = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7));
    Collections.shuffle(order, new Random(seed));
    var gates = new ArrayList<CountDownLatch>();
    for (var i = 0; i <= order.size(); i++) {
      gates.add(new CountDownLatch(1));
    }
    gates.getFirst().countDown();
    var together = new AtomicBoolean(seed % 2 == 0);
    var agents =
        new ScriptedActivity((request, context) -> {
          var turn = order.indexOf(context.seq());
          if (turn >= 0) {
            gates.get(turn).await();
            gates.get(turn + 1).countDown();
          }
          context.charge(Map.of("output_tokens", together.get() ? 1L : context.seq()));
          return new ActivityResult.Completed(request.input(), "{}");
        });
    return TestBench.engine(journal, agents)
        .start(TestBench.request(), ScriptedWorkflows.mixed(7), RunListener.none())
        .await();
  }
}
