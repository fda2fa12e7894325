package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.Redactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class EngineTest {

  private static final Map<String, Long> NOTHING = Map.of();

  private final InMemoryJournal journal = new InMemoryJournal();

  private static RunResult run(Engine engine, Workflow workflow) throws InterruptedException {
    return engine.start(TestBench.request(), workflow, RunListener.none()).await();
  }

  private List<String> types(RunId id) {
    return journal.disk().records(StreamId.run(id)).stream().map(JournalRecord::type).toList();
  }

  private List<JournalEntry> entries(RunId id) {
    return journal.disk().records(StreamId.run(id)).stream().map(JournalCodec::decode).toList();
  }

  private static Workflow finishing(String value) {
    return _ -> new WorkflowResult.Finished(value, List.of());
  }

  @Nested
  final class ALiveRun {

    @Test
    void writesOneEntryForEachFactInOrderD3() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());

      var result = run(engine, ScriptedWorkflows.sequential(2));

      assertEquals(
          List.of(
              "run_started",
              "step_scheduled",
              "step_completed",
              "delivered",
              "step_scheduled",
              "step_completed",
              "delivered",
              "run_ended"),
          types(result.id()));
    }

    @Test
    void numbersStepsFrom1WithoutGapsD2() throws InterruptedException {
      var seqs = new ArrayList<Integer>();
      var engine = TestBench.engine(journal, ScriptedActivity.echo());

      run(
          engine,
          scope -> {
            for (var i = 0; i < 5; i++) {
              seqs.add(scope.schedule(TestBench.agent("a")));
            }
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(List.of(1, 2, 3, 4, 5), seqs);
    }

    @Test
    void startsABodyOnlyOnceItsRequestIsDurableD5() throws InterruptedException {
      var durable = new ArrayList<Boolean>();
      var agents =
          new ScriptedActivity((_, context) -> {
            durable.add(types(context.run()).contains("step_scheduled"));
            return new ActivityResult.Completed("1", "{}");
          });
      var engine = TestBench.engine(journal, agents);

      run(engine, ScriptedWorkflows.sequential(1));

      assertEquals(List.of(true), durable);
    }

    @Test
    void handsOverOnlyWhatIsDurableD5() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());
      var seen = new ArrayList<List<String>>();

      run(
          engine,
          scope -> {
            scope.schedule(TestBench.agent("a"));
            scope.awaitDeliveries();
            seen.add(types(scope.id()));
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(
          List.of(List.of("run_started", "step_scheduled", "step_completed", "delivered")), seen);
    }

    @Test
    void handsOverInTheOrderOfTheDeliveredEntriesD6() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());
      var handed = new ArrayList<Integer>();

      var result =
          run(
              engine,
              scope -> {
                for (var i = 0; i < 40; i++) {
                  scope.schedule(TestBench.agent("a" + i));
                }
                while (scope.openSteps() > 0) {
                  scope.awaitDeliveries().forEach(delivery -> handed.add(delivery.seq()));
                }
                return new WorkflowResult.Finished("null", List.of());
              });

      var recorded = new ArrayList<Integer>();
      for (var entry : entries(result.id())) {
        if (entry instanceof JournalEntry.Delivered delivered) {
          recorded.addAll(delivered.seqs());
        }
      }
      assertEquals(recorded, handed);
    }

    @Test
    void neverLetsTheLogicalClockGoBackD9() throws InterruptedException {
      var clock = new ManualClock();
      var ports = TestBench.ports(journal, ScriptedActivity.echo(), List.of(), 4);
      var engine =
          new Engine(
              new EnginePorts(
                  journal,
                  ports.activities(),
                  ports.scheduler(),
                  ports.redaction(),
                  clock,
                  ports.random()));
      var seen = new ArrayList<Duration>();

      run(
          engine,
          scope -> {
            for (var jump : List.of(5, -60, 90)) {
              clock.advance(Duration.ofSeconds(jump));
              scope.schedule(TestBench.agent("a"));
              var at = scope.awaitDeliveries().getFirst().clock();
              seen.add(Duration.between(scope.startedAt(), at));
            }
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(
          List.of(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(35)), seen);
    }

    @Test
    void tellsItsListenerEveryEntryOnceByItsNumberD10() throws InterruptedException {
      var listener = new RecordingListener();
      var engine = TestBench.engine(journal, ScriptedActivity.echo());

      var run = engine.start(TestBench.request(), ScriptedWorkflows.mixed(4), listener);
      var id = run.await().id();

      var count = types(id).size();
      assertEquals(engine.events(id), listener.events());
      assertEquals(
          java.util.stream.LongStream.rangeClosed(1, count).boxed().toList(), listener.numbers());
      var asked = types(id).stream().filter("step_scheduled"::equals).count();
      assertEquals(asked, listener.started().size());
    }

    @Test
    void endsWithTheStoredResultUsageAndLosses() throws InterruptedException {
      var agents =
          new ScriptedActivity((_, context) -> {
            context.charge(Map.of("output_tokens", 3L));
            context.charge(Map.of("output_tokens", 4L, "input_tokens", 100L));
            return new ActivityResult.Completed("\"fine\"", "{}");
          });
      var engine = TestBench.engine(journal, agents);
      var losses = List.of(new Loss(1, "a", "", "timeout"));

      var result =
          run(
              engine,
              scope -> {
                scope.schedule(TestBench.agent("a"));
                var spent = scope.awaitDeliveries().getFirst().spent();
                return new WorkflowResult.Finished("{\"spent\":" + spent + "}", losses);
              });

      assertEquals(
          new RunResult.Completed(
              result.id(),
              "{\"spent\":7}",
              losses,
              Map.of("output_tokens", 7L, "input_tokens", 100L)),
          result);
    }

    @Test
    void makesADefectOfAnActivityAFailedStep() throws InterruptedException {
      var agents =
          new ScriptedActivity((_, _) -> {
            throw new IllegalStateException("secret details");
          });
      var engine = TestBench.engine(journal, agents);
      var outcomes = new ArrayList<StepOutcome>();

      run(
          engine,
          scope -> {
            scope.schedule(TestBench.agent("a"));
            scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(
          List.of(new StepOutcome.Failed("internal", "The step failed unexpectedly.")), outcomes);
    }

    @Test
    void failsAStepThatStopsThoughItsRunDoesNot() throws InterruptedException {
      var late = new AtomicReference<ActivityContext>();
      var agents =
          new ScriptedActivity((request, context) -> {
            late.set(context);
            if (request.label().equals("interrupted")) {
              throw new InterruptedException();
            }
            return new ActivityResult.Cancelled();
          });
      var engine = TestBench.engine(journal, agents);
      var outcomes = new ArrayList<StepOutcome>();

      var result =
          run(
              engine,
              scope -> {
                for (var label : List.of("interrupted", "stopped")) {
                  scope.schedule(TestBench.agent(label));
                  scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
                }
                late.get().charge(Map.of("output_tokens", 5L));
                return new WorkflowResult.Finished("null", List.of());
              });

      assertEquals(
          List.of(
              new StepOutcome.Failed(
                  "cancelled", "The step was interrupted though its run was not."),
              new StepOutcome.Failed("cancelled", "The step stopped though its run did not.")),
          outcomes);
      assertEquals(NOTHING, result.usage());
    }

    @Test
    void failsAStepNobodyPerforms() throws InterruptedException {
      var ports = TestBench.ports(journal, ScriptedActivity.echo(), List.of(), 4);
      var engine =
          new Engine(
              new EnginePorts(
                  journal,
                  Map.of(),
                  ports.scheduler(),
                  ports.redaction(),
                  ports.clock(),
                  ports.random()));
      var outcomes = new ArrayList<StepOutcome>();

      run(
          engine,
          scope -> {
            scope.schedule(TestBench.agent("a"));
            scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(
          List.of(
              new StepOutcome.Failed("not_available", "No activity performs this kind of step.")),
          outcomes);
    }

    @Test
    void failsAStepTheSchedulerHasNoRoomFor() throws InterruptedException {
      var ports = TestBench.ports(journal, ScriptedActivity.echo(), List.of(), 4);
      ports.scheduler().close();
      var outcomes = new ArrayList<StepOutcome>();

      run(
          new Engine(ports),
          scope -> {
            scope.schedule(TestBench.agent("a"));
            scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(
          List.of(
              new StepOutcome.Failed("too_many_steps", "More than 200000 steps wait to start.")),
          outcomes);
    }

    @Test
    void failsAStepWhoseAnswerIsNoJson() throws InterruptedException {
      var agents =
          new ScriptedActivity((_, _) -> new ActivityResult.Completed("{\"a\": \\n", "{}"));
      var engine = TestBench.engine(journal, agents);
      var outcomes = new ArrayList<StepOutcome>();

      run(
          engine,
          scope -> {
            scope.schedule(TestBench.agent("a"));
            scope.awaitDeliveries().forEach(delivery -> outcomes.add(delivery.outcome()));
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(
          List.of(new StepOutcome.Failed("internal", "The step failed unexpectedly.")), outcomes);
    }

    @Test
    void staysResumableWhenItsResultIsNoJson() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());

      var result = run(engine, finishing("{\"a\": \\n"));

      assertEquals("internal", assertInstanceOf(RunResult.Interrupted.class, result).code());
      assertEquals(List.of("run_started"), types(result.id()));
    }

    @Test
    void stopsBeforeItsNextEffectWhenATextCannotBeCleanedM13() throws InterruptedException {
      var ports = TestBench.ports(journal, ScriptedActivity.echo(), List.of(), 4);
      var broken =
          new Redactor() {
            @Override
            public String clean(String text) {
              if (text.equals("unclean")) {
                throw new EngineException.RedactionFailed("no way to clean it", null);
              }
              return text;
            }

            @Override
            public String cleanJson(String json) {
              return json;
            }
          };
      var agents = ScriptedActivity.echo();
      var engine =
          new Engine(
              new EnginePorts(
                  journal,
                  Map.of(StepKind.AGENT, agents),
                  ports.scheduler(),
                  _ -> broken,
                  ports.clock(),
                  ports.random()));

      var result =
          run(
              engine,
              scope -> {
                scope.schedule(TestBench.agent("fine"));
                scope.awaitDeliveries();
                scope.schedule(TestBench.agent("unclean"));
                return new WorkflowResult.Finished("1", List.of());
              });

      assertEquals(
          new RunResult.Interrupted(
              result.id(), "redaction_failed", "no way to clean it", List.of(), NOTHING),
          result);
      assertEquals(1, agents.runs());
    }

    @Test
    void refusesToWaitWhenNoStepIsOpen() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());
      var refused = new ArrayList<String>();

      run(
          engine,
          scope -> {
            var e = assertThrows(IllegalStateException.class, scope::awaitDeliveries);
            refused.add(String.valueOf(e.getMessage()));
            return new WorkflowResult.Finished("null", List.of());
          });

      assertEquals(List.of("no step is open, so no result can come"), refused);
    }

    @Test
    void stopsBodiesThatTheWorkflowDidNotWaitFor() throws InterruptedException {
      var begun = new CountDownLatch(1);
      var stopped = new CountDownLatch(1);
      var agents =
          new ScriptedActivity((_, context) -> {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } finally {
              if (context.cancellation().isCancelled()) {
                stopped.countDown();
              }
            }
            return new ActivityResult.Cancelled();
          });
      var engine = TestBench.engine(journal, agents);

      var result =
          run(
              engine,
              scope -> {
                scope.schedule(TestBench.agent("a"));
                begun.await();
                return new WorkflowResult.Finished("1", List.of());
              });

      assertEquals(0, stopped.getCount());
      assertEquals(List.of("run_started", "step_scheduled", "run_ended"), types(result.id()));
    }

    @Test
    void endsAsFailedWhenItsProgramIsAtFault() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());
      var position = new SourcePosition("review.js", 3, 7);

      var result =
          run(
              engine,
              _ ->
                  new WorkflowResult.Failed(
                      "script_error",
                      "x is not a function",
                      position,
                      WorkflowResult.Resumable.NO,
                      List.of()));

      assertEquals(
          new RunResult.Failed(
              result.id(), "script_error", "x is not a function", position, List.of(), NOTHING),
          result);
      assertEquals(new RunState.Failed("script_error"), engine.list().getFirst().state());
    }

    @Test
    void staysResumableWhenItsWorkflowIsKilledOrDefective() throws InterruptedException {
      var engine = TestBench.engine(journal, ScriptedActivity.echo());

      var killed =
          run(
              engine,
              _ ->
                  new WorkflowResult.Failed(
                      "worker_killed", "gone", null, WorkflowResult.Resumable.YES, List.of()));
      var defective =
          run(
              engine,
              _ -> {
                throw new IllegalStateException("oops");
              });

      assertEquals(
          new RunResult.Interrupted(killed.id(), "worker_killed", "gone", List.of(), NOTHING),
          killed);
      assertEquals(
          new RunResult.Interrupted(
              defective.id(),
              "internal",
              "The workflow failed unexpectedly: java.lang.IllegalStateException: oops",
              List.of(),
              NOTHING),
          defective);
      assertEquals(List.of("run_started"), types(killed.id()));
    }
  }

  @Nested
  final class Stopping {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final ScriptedActivity endless =
        new ScriptedActivity((_, _) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });

    @Test
    void interruptsWithoutAnEndSoThatItCanBeResumed() throws InterruptedException {
      var engine = TestBench.engine(journal, endless);
      var run =
          engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
      begun.await();

      run.interrupt("interrupted", "Ctrl-C");

      assertEquals(
          new RunResult.Interrupted(run.id(), "interrupted", "Ctrl-C", List.of(), NOTHING),
          run.await());
      assertEquals(List.of("run_started", "step_scheduled"), types(run.id()));
      assertEquals(new RunState.Interrupted(), engine.list().getFirst().state());
      var again = TestBench.engine(journal, ScriptedActivity.echo());
      var resumed =
          again.resume(
              run.id(), TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
      assertInstanceOf(RunResult.Completed.class, resumed.await());
    }

    @Test
    void cancelsForGood() throws InterruptedException {
      var engine = TestBench.engine(journal, endless);
      var run =
          engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
      begun.await();

      run.cancel();

      assertEquals(
          new RunResult.Failed(
              run.id(), "cancelled", "The run was cancelled.", null, List.of(), NOTHING),
          run.await());
      assertEquals(new RunState.Cancelled(), engine.list().getFirst().state());
      var refused =
          assertThrows(
              ResumeRefused.class,
              () ->
                  engine.resume(
                      run.id(),
                      TestBench.request(),
                      ScriptedWorkflows.sequential(2),
                      RunListener.none()));
      assertEquals("run_ended", refused.code());
    }

    @Test
    void reachesAWorkflowThatBlocksElsewhere() throws InterruptedException {
      var engine = TestBench.engine(journal, endless);
      var blocked = new CountDownLatch(1);
      var run =
          engine.start(
              TestBench.request(),
              _ -> {
                blocked.countDown();
                new CountDownLatch(1).await();
                return new WorkflowResult.Finished("1", List.of());
              },
              RunListener.none());
      blocked.await();

      run.interrupt("interrupted", "stop");

      assertInstanceOf(RunResult.Interrupted.class, run.await());
    }

    @Test
    void closingTheEngineInterruptsItsRuns() throws InterruptedException {
      var engine = TestBench.engine(journal, endless);
      var run =
          engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
      begun.await();

      engine.close();

      assertEquals(
          new RunResult.Interrupted(
              run.id(), "interrupted", "The engine was closed.", List.of(), NOTHING),
          run.await());
    }

    @Test
    void writesNoMoreOnceAnotherProcessTookTheRunOverD42() throws InterruptedException {
      var release = new CountDownLatch(1);
      var agents =
          new ScriptedActivity((_, _) -> {
            begun.countDown();
            release.await();
            return new ActivityResult.Completed("1", "{}");
          });
      var engine = TestBench.engine(journal, agents);
      var run =
          engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none());
      begun.await();

      journal.steal(StreamId.run(run.id()));
      release.countDown();

      assertInstanceOf(
          RunResult.Interrupted.class, run.await(), "the run goes on after it was fenced");
      assertEquals("fenced", ((RunResult.Interrupted) run.await()).code());
      assertEquals(List.of("run_started", "step_scheduled"), types(run.id()));
    }
  }

  @Nested
  final class Reading {

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
              new RunSummary(second, "review", done, at, at, 0, 0, 0),
              new RunSummary(first, "review", done, at, at, 3, 3, 0)),
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

  @Test
  void dropsAListenerThatFails() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var failing =
        new RunListener() {
          @Override
          public void recorded(RunId run, long number, RunEvent event) {
            throw new IllegalStateException("no screen");
          }

          @Override
          public void stepStarted(RunId run, int seq) {}
        };

    var result =
        engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), failing).await();

    assertTrue(result instanceof RunResult.Completed, result.toString());
  }
}
