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

  private static final RunId RUN = new RunId("7f3a90b1c2d4");

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

  private static InMemoryJournal given(JournalEntry... entries) {
    var codec = new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"));
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

  private static JournalEntry scheduled(int seq, String prompt) {
    return new JournalEntry.StepScheduled(seq, TestBench.agent(prompt), 0);
  }

  private static JournalEntry completed(int seq, String value) {
    return new JournalEntry.StepCompleted(seq, value, Map.of("output_tokens", 5L), "{}");
  }

  private static JournalEntry delivered(Integer... seqs) {
    return new JournalEntry.Delivered(List.of(seqs), ManualClock.START, 5);
  }

  private static RunResult resume(
      InMemoryJournal journal, ScriptedActivity agents, Workflow workflow)
      throws InterruptedException {
    return TestBench.engine(journal, agents)
        .resume(RUN, TestBench.request(), workflow, RunListener.none())
        .await();
  }

  private static List<String> types(InMemoryJournal journal) {
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
    assertEquals(new RunEvent.Resumed(ManualClock.START), listener.events().getFirst());
  }

  @Test
  void namesTheFirstDifferenceOfADivergedStepD23() throws InterruptedException {
    var journal = given(scheduled(1, "review"), scheduled(2, "next"));

    var result =
        resume(
            journal,
            ScriptedActivity.echo(),
            scope -> {
              var asked = TestBench.agent("delete");
              scope.schedule(
                  new ActivityRequest(
                      asked.kind(),
                      asked.key(),
                      "",
                      asked.input(),
                      "delete",
                      "",
                      new SourcePosition("review.js", 40, 9)));
              return new WorkflowResult.Finished("1", List.of());
            });

    assertEquals(
        new RunResult.Interrupted(
            RUN,
            "determinism_violation",
            "run 7f3a90b1c2d4 step 1, review.js:40:9: the script asks for agent(\"delete\"), the"
                + " journal holds agent(\"review\"); first difference: prompt, recorded"
                + " \"review\", asked \"delete\". Restore the script, or continue with a changed"
                + " one: mimo runs resume 7f3a90b1c2d4 --continue",
            List.of(),
            Map.of()),
        result);
  }

  private static String divergence(Workflow workflow, JournalEntry... entries)
      throws InterruptedException {
    var journal = given(entries);
    var agents = ScriptedActivity.echo();

    var result = (RunResult.Interrupted) resume(journal, agents, workflow);

    assertEquals(0, agents.runs(), "a divergence must cost nothing");
    assertEquals(entries.length + 1, types(journal).size(), "a divergence must append nothing");
    assertEquals("determinism_violation", result.code());
    return result.message().substring(0, result.message().indexOf(". Restore"));
  }

  @Test
  void refusesEveryOtherWayToLeaveTheRecordedCourseD23() throws InterruptedException {
    WorkflowResult end = new WorkflowResult.Finished("1", List.of());

    assertEquals(
        "run 7f3a90b1c2d4: the script writes log(\"new\"), the journal holds log(\"old\")",
        divergence(
            scope -> {
              scope.log("new");
              return end;
            },
            new JournalEntry.LogWritten("old")));
    assertEquals(
        "run 7f3a90b1c2d4: the script enters phase(\"b\"), the journal holds phase(\"a\")",
        divergence(
            scope -> {
              scope.enterPhase("b");
              return end;
            },
            new JournalEntry.PhaseEntered("a")));
    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script has ended, the journal holds agent(\"a\") and 1"
            + " entries after it",
        divergence(_ -> end, scheduled(1, "a"), scheduled(2, "b")));
    assertEquals(
        "run 7f3a90b1c2d4 step 2: the script waits for results, the journal holds agent(\"b\")",
        divergence(
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.awaitDeliveries();
              return end;
            },
            scheduled(1, "a"),
            scheduled(2, "b")));
    assertEquals(
        "run 7f3a90b1c2d4 step 2: the script asks for agent(\"b\"), the journal holds the results"
            + " of step 1",
        divergence(
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.schedule(TestBench.agent("b"));
              return end;
            },
            scheduled(1, "a"),
            completed(1, "1"),
            delivered(1)));
  }

  private static Workflow asking(ActivityRequest request) {
    return scope -> {
      scope.schedule(request);
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  private static ActivityRequest request(StepKind kind, String key, String input) {
    return new ActivityRequest(kind, new ContentKey(key.repeat(32)), "", input, "look", "", null);
  }

  private static JournalEntry asked(ActivityRequest request) {
    return new JournalEntry.StepScheduled(1, request, 0);
  }

  @Test
  void saysInWhatTwoRequestsDifferD23() throws InterruptedException {
    var recorded = request(StepKind.AGENT, "ab", "{\"a\":1,\"b\":2}");
    var start =
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"look\"), the journal holds"
            + " agent(\"look\"); first difference: ";

    assertEquals(
        start + "b, recorded 2, asked nothing",
        divergence(asking(request(StepKind.AGENT, "cd", "{\"a\":1}")), asked(recorded)));
    assertEquals(
        start + "the content key, though the inputs are equal",
        divergence(asking(request(StepKind.AGENT, "cd", recorded.input())), asked(recorded)));
    assertEquals(
        start + "input, which is not JSON",
        divergence(asking(request(StepKind.AGENT, "cd", "{")), asked(recorded)));
    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for file(\"look\"), the journal holds"
            + " agent(\"look\"); first difference: kind",
        divergence(asking(request(StepKind.FILE, "ab", recorded.input())), asked(recorded)));
  }

  @Test
  void refusesAnActOfAnotherKindD23() throws InterruptedException {
    var step = TestBench.agent("a");
    WorkflowResult end = new WorkflowResult.Finished("1", List.of());

    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"a\"), the journal holds log(\""
            + "x".repeat(79)
            + "…\")",
        divergence(asking(step), new JournalEntry.LogWritten("x".repeat(200))));
    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"a\"), the journal holds"
            + " phase(\"p\")",
        divergence(asking(step), new JournalEntry.PhaseEntered("p")));
    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script writes log(\"hi\"), the journal holds agent(\"a\")",
        divergence(
            scope -> {
              scope.log("hi");
              return end;
            },
            scheduled(1, "a")));
    assertEquals(
        "run 7f3a90b1c2d4: the script writes log(\"hi\"), the journal holds the results of steps"
            + " 2, 1",
        divergence(
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.schedule(TestBench.agent("b"));
              scope.log("hi");
              return end;
            },
            scheduled(1, "a"),
            scheduled(2, "b"),
            completed(1, "1"),
            completed(2, "2"),
            delivered(2, 1)));
  }

  @Test
  void takesAPlaceholderForAnySecretButNotForAnotherRequestD70() throws InterruptedException {
    var journal = given(scheduled(1, "use [REDACTED:live-value:00ff]"), completed(1, "1"));

    var same =
        resume(journal, ScriptedActivity.echo(), asking(TestBench.agent("use s3cr3t-t0ken")));

    assertEquals(RunResult.Completed.class, same.getClass());
    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"lose s3cr3t\"), the journal holds"
            + " agent(\"use [REDACTED:live-value:00ff]\"); first difference: prompt, recorded"
            + " \"use [REDACTED:live-value:00ff]\", asked \"lose s3cr3t\"",
        divergence(
            asking(TestBench.agent("lose s3cr3t")),
            scheduled(1, "use [REDACTED:live-value:00ff]")));
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
    var codec = new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"));
    var records = List.of(codec.encode(new JournalEntry.LogWritten("x")).record());
    var journal = new InMemoryJournal(diskWith(RUN, records), Integer.MAX_VALUE);
    var engine = TestBench.engine(journal, ScriptedActivity.echo());

    var refused = assertThrows(EngineException.StoreFailure.class, () -> engine.started(RUN));

    assertEquals("run 7f3a90b1c2d4 begins with log_written, not run_started", refused.getMessage());
  }

  @Test
  void failsEvenIfTheWorkflowSwallowsTheViolationD23() throws InterruptedException {
    var message =
        divergence(
            scope -> {
              assertThrows(
                  EngineException.DeterminismViolation.class,
                  () -> scope.schedule(TestBench.agent("b")));
              return new WorkflowResult.Finished("1", List.of());
            },
            scheduled(1, "a"));

    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"b\"), the journal holds"
            + " agent(\"a\"); first difference: prompt, recorded \"a\", asked \"b\"",
        message);
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
