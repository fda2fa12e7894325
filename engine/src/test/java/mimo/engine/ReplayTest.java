package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
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
import mimo.engine.testing.Proof;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What a resume does with a recorded past (D6, D10, D19, D20, D22, D23).
final class ReplayTest {

  private static final System.Logger LOG = System.getLogger(ReplayTest.class.getName());

  static final RunId RUN = new RunId("7f3a90b1c2d4");

  static InMemoryJournal.Disk diskWith(RunId id, List<JournalRecord> records) {
    var written = new CountDownLatch(1);
    try (var journal = new InMemoryJournal();
        var lease = journal.acquire(StreamId.run(id))) {
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
      return journal.disk();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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
  void replayEqualsLiveForEveryOrderOfCompletionDP7() throws InterruptedException {
    int seeds = Proof.rounds(500, 50_000);
    var orders = new HashSet<List<Integer>>();
    for (int seed = 0; seed < seeds; seed++) {
      var order = order(seed);
      orders.add(order);
      assertReplayEqualsLive(order, "seed " + seed);
    }
    LOG.log(
        Level.INFO,
        "DP7: {0} seeds, {1} orders of completion, each replay equals its live run",
        seeds,
        orders.size());

    assertTrue(orders.size() > seeds / 3, orders.size() + " orders");
  }

  /// Between three and ten bodies, in a shuffled line.
  private static List<Integer> order(int seed) {
    var order = new ArrayList<Integer>();
    for (int seq = 1; seq <= 3 + seed % 8; seq++) {
      order.add(seq);
    }
    Collections.shuffle(order, new Random(seed));
    return List.copyOf(order);
  }

  private static void assertReplayEqualsLive(List<Integer> order, String when)
      throws InterruptedException {
    var workflow = ScriptedWorkflows.mixed(order.size());
    var journal = new InMemoryJournal();
    RunResult live;
    try (var engine = TestBench.engine(journal, inTurn(order))) {
      live = engine.start(TestBench.request(), workflow, RunListener.none()).await();
    }
    var copy = journal.disk().copyWithout(StreamId.run(live.id()), "run_ended");
    var nobody = ScriptedActivity.echo();
    try (var engine = TestBench.engine(new InMemoryJournal(copy, Integer.MAX_VALUE), nobody)) {
      var replay =
          engine.resume(live.id(), TestBench.request(), workflow, RunListener.none()).await();

      assertEquals(live, replay, when);
      assertEquals(0, nobody.runs(), when);
    }
  }

  /// Bodies that end in that order: each waits for its turn. Those that are asked for later do not
  /// wait.
  private static ScriptedActivity inTurn(List<Integer> order) {
    var gates = Stream.generate(() -> new CountDownLatch(1)).limit(order.size() + 1L).toList();
    gates.getFirst().countDown();
    return new ScriptedActivity((request, context) -> {
      int turn = order.indexOf(context.seq());
      if (turn >= 0) {
        gates.get(turn).await();
        gates.get(turn + 1).countDown();
      }
      context.charge(Map.of("output_tokens", (long) context.seq()));
      return new ActivityResult.Completed(request.input(), "{}");
    });
  }
}
