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
import mimo.engine.journal.JournalEntry;
import mimo.engine.redaction.Redactor;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// A run from its start to its end in one process.
final class LiveRunTest extends EngineGround {

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
            new StepOutcome.Failed("cancelled", "The step was interrupted though its run was not."),
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
        List.of(new StepOutcome.Failed("not_available", "No activity performs this kind of step.")),
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
        List.of(new StepOutcome.Failed("too_many_steps", "More than 200000 steps wait to start.")),
        outcomes);
  }

  @Test
  void failsAStepWhoseAnswerIsNoJson() throws InterruptedException {
    var agents = new ScriptedActivity((_, _) -> new ActivityResult.Completed("{\"a\": \\n", "{}"));
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

  @Test
  void dropsAListenerThatFails() throws InterruptedException {
    var engine = TestBench.engine(journal, ScriptedActivity.echo());
    var failing =
        new RunListener() {
          @Override
          public void recorded(RecordedEvent recorded) {
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
