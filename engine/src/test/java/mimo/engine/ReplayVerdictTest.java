package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What a workflow comes to on the record of a run, with nobody there to perform a step (D58).
final class ReplayVerdictTest extends EngineGround {

  private static final String SECRET = "s3cr3t-t0ken-of-then";
  private static final BudgetLimit.Total SMALL = new BudgetLimit.Total("output_tokens", 100);

  /// One engine for all runs of a test: it draws each of them an id of its own.
  private final Engine engine = TestBench.engine(journal, ScriptedActivity.echo());

  private RunId recorded(Workflow workflow) throws InterruptedException {
    return run(engine, workflow).id();
  }

  private Replay.Verdict replayed(RunId id, Workflow workflow) throws InterruptedException {
    return replayed(id, entries(id), List.of(), workflow);
  }

  private static Replay.Verdict replayed(
      RunId id, List<JournalEntry> entries, List<String> secrets, Workflow workflow)
      throws InterruptedException {
    var live = new LiveValues(secrets);
    return new Replay(id, entries, key -> new SecretRedactor(live, key)).of(workflow);
  }

  /// Asks one after the other, then returns a value.
  private static Workflow asking(String value, String... prompts) {
    return scope -> {
      for (var prompt : prompts) {
        scope.schedule(TestBench.agent(prompt));
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished(value, List.of());
    };
  }

  private static Workflow failing(String code, WorkflowResult.Resumable resumable) {
    return _ -> new WorkflowResult.Failed(code, "It broke.", null, resumable, List.of());
  }

  private static String diverged(Replay.Verdict verdict) {
    var message = assertInstanceOf(Replay.Verdict.Diverged.class, verdict).message();
    // A sentence of its own, without what one would do about it in a run.
    assertTrue(message.endsWith(".") && !message.contains("Restore"), message);
    return message.substring(0, message.length() - 1);
  }

  @Test
  void aWorkflowThatDoesTheSameGetsAllItsStepsFromTheRecordD58() throws InterruptedException {
    var told = new ArrayList<String>();
    Workflow workflow =
        scope -> {
          told.add(scope.id() + " " + scope.arguments() + " " + scope.seed());
          int part = scope.openBudget(Budget.RUN, "part", SMALL);
          scope.schedule(TestBench.agent("in the part").withBudget(part));
          scope.awaitDeliveries();
          scope.abandon(1);
          assertFalse(scope.cancellation().isCancelled());
          return ScriptedWorkflows.mixed(6).execute(scope);
        };
    var id = recorded(workflow);
    var before = entries(id);

    var verdict = replayed(id, workflow);

    assertEquals(new Replay.Verdict.Same(12), verdict);
    assertEquals(2, told.size());
    assertEquals(told.getFirst(), told.getLast());
    assertEquals(before, entries(id), "nothing was written");
  }

  @Test
  void tellsWhatTheRunWasStartedWith() throws InterruptedException {
    var id = recorded(finishing("1"));

    var replay =
        new Replay(id, entries(id), key -> new SecretRedactor(new LiveValues(List.of()), key));

    assertEquals(TestBench.request(), replay.request());
  }

  @Test
  void aRunThatWasCutOffIsReplayedAsFarAsItsRecordReachesD58() throws InterruptedException {
    var cutOff =
        recorded(scope -> {
          asking("1", "a").execute(scope);
          throw new InterruptedException("stopped here");
        });
    var waiting =
        recorded(scope -> {
          scope.schedule(TestBench.agent("a"));
          throw new InterruptedException("stopped here");
        });

    assertEquals(new Replay.Verdict.Same(2), replayed(cutOff, asking("1", "a", "b")));
    assertEquals(new Replay.Verdict.Same(1), replayed(cutOff, asking("1", "a")));
    assertEquals(new Replay.Verdict.Same(1), replayed(waiting, asking("1", "a")));
  }

  @Test
  void aWorkflowThatLeavesItsCourseIsToldWhereD23D58() throws InterruptedException {
    var id = recorded(asking("1", "a", "b"));
    var start = "run " + id;

    assertEquals(
        start
            + " step 2: the script asks for agent(\"c\"), the journal holds agent(\"b\");"
            + " first difference: prompt, recorded \"b\", asked \"c\"",
        diverged(replayed(id, asking("1", "a", "c"))));
    assertEquals(
        start + " step 3: the script asks for agent(\"c\"), the journal holds nothing more",
        diverged(replayed(id, asking("1", "a", "b", "c"))));
    assertEquals(
        start
            + " step 2: the script has ended, the journal holds agent(\"b\") and 1 entries after"
            + " it",
        diverged(replayed(id, asking("1", "a"))));
    assertEquals(
        start + " step 2: the script waits for results, the journal holds agent(\"b\")",
        diverged(
            replayed(
                id,
                scope -> {
                  asking("1", "a").execute(scope);
                  scope.awaitDeliveries();
                  return new WorkflowResult.Finished("1", List.of());
                })));
  }

  @Test
  void aWorkflowThatWaitsForMoreThanTheRunDidIsToldSo() throws InterruptedException {
    Workflow forgetful =
        scope -> {
          scope.schedule(TestBench.agent("a"));
          return new WorkflowResult.Finished("1", List.of());
        };
    var id = recorded(forgetful);

    assertEquals(
        "run " + id + ": the script waits for results, the journal holds nothing more",
        diverged(replayed(id, asking("1", "a"))));
  }

  @Test
  void aBudgetIsTheSameByItsLimitItsPlaceAndItsNameL96() throws InterruptedException {
    var id = recorded(opening("part", Budget.RUN));

    assertEquals(new Replay.Verdict.Same(0), replayed(id, opening("part", Budget.RUN)));
    for (var other :
        List.<Workflow>of(
            opening("other", Budget.RUN),
            opening("part", 1),
            scope -> {
              scope.openBudget(Budget.RUN, "outer", SMALL);
              scope.log("no budget");
              return new WorkflowResult.Finished("1", List.of());
            })) {
      assertInstanceOf(Replay.Verdict.Diverged.class, replayed(id, other));
    }
  }

  private static Workflow opening(String name, int parent) {
    return scope -> {
      scope.openBudget(Budget.RUN, "outer", SMALL);
      scope.openBudget(parent, name, SMALL);
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  @Test
  void anotherValueIsToldAndALongOneOnlyInPart() throws InterruptedException {
    var id = recorded(asking("\"was\"", "a"));
    var wide = "\"" + "x".repeat(300) + "\"";

    assertEquals(
        new Replay.Verdict.EndedOtherwise("it returns \"is\", but the record has \"was\""),
        replayed(id, asking("\"is\"", "a")));
    assertEquals(
        new Replay.Verdict.EndedOtherwise(
            "it returns " + wide.substring(0, 199) + "…, but the record has \"was\""),
        replayed(id, asking(wide, "a")));
  }

  @Test
  void aFailureIsTheSameIfItsCodeIs() throws InterruptedException {
    var completed = recorded(finishing("1"));
    var failed = recorded(failing("script_error", WorkflowResult.Resumable.NO));

    assertEquals(
        new Replay.Verdict.Same(0),
        replayed(failed, failing("script_error", WorkflowResult.Resumable.NO)));
    assertEquals(
        new Replay.Verdict.EndedOtherwise(
            "it fails with deadlock (It broke.), but the record has the failure script_error"),
        replayed(failed, failing("deadlock", WorkflowResult.Resumable.NO)));
    assertEquals(
        new Replay.Verdict.EndedOtherwise(
            "it returns a value, but the record has the failure script_error"),
        replayed(failed, finishing("1")));
    assertEquals(
        new Replay.Verdict.EndedOtherwise(
            "it fails with deadlock (It broke.), but the record has 1"),
        replayed(completed, failing("deadlock", WorkflowResult.Resumable.NO)));
  }

  @Test
  void aRunThatWasCancelledHasNoValueToCompare() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var hanging =
        new ScriptedActivity((_, _) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });
    var run =
        TestBench.engine(journal, hanging)
            .start(TestBench.request(), asking("1", "a"), RunListener.none());
    begun.await();
    run.cancel();
    var id = run.await().id();

    assertEquals(new Replay.Verdict.Same(1), replayed(id, asking("1", "a")));
    assertEquals(
        new Replay.Verdict.EndedOtherwise("it returns a value, but the recorded run was cancelled"),
        replayed(
            id,
            scope -> {
              scope.schedule(TestBench.agent("a"));
              return new WorkflowResult.Finished("1", List.of());
            }));
  }

  @Test
  void whatKeepsAWorkflowFromItsEndIsNoVerdictOnIt() throws InterruptedException {
    var id = recorded(asking("1", "a"));
    var damaged = entries(id).stream().filter(each -> !(each instanceof StepCompleted)).toList();

    assertEquals(
        new Replay.Verdict.Broken("worker_killed", "It broke."),
        replayed(
            id,
            scope -> {
              asking("1", "a").execute(scope);
              return failing("worker_killed", WorkflowResult.Resumable.YES).execute(scope);
            }));
    assertEquals(
        new Replay.Verdict.Broken(
            "store_corrupt", "the journal delivers step 1, which never ended"),
        replayed(id, damaged, List.of(), asking("1", "a")));
  }

  @Test
  void aRecordThatWasScrubbedEndsAsItDidBeforeD71() throws InterruptedException {
    var id = recorded(asking("1", "a"));
    var scrubbed = new ArrayList<>(entries(id));
    scrubbed.add(new JournalEntry.Scrubbed("00", "11"));

    assertEquals(new Replay.Verdict.Same(1), replayed(id, scrubbed, List.of(), asking("1", "a")));
    assertEquals(
        new Replay.Verdict.EndedOtherwise("it returns 2, but the record has 1"),
        replayed(id, scrubbed, List.of(), asking("2", "a")));
  }

  @Test
  void aSecretOfThenStandsForTheOneOfNowOnEitherSideD70() throws InterruptedException {
    var then = asking("\"use " + SECRET + "\"", "use " + SECRET);
    var rotated = asking("\"use another one\"", "use another one");
    var other = asking("\"use it\"", "drop " + SECRET);
    var plain = recorded(then);
    var knowing = new InMemoryJournal();
    var hidden =
        run(TestBench.engine(knowing, ScriptedActivity.echo(), List.of(SECRET)), then).id();
    var redacted =
        knowing.disk().records(StreamId.run(hidden)).stream().map(JournalCodec::decode).toList();

    assertEquals(new Replay.Verdict.Same(1), replayed(hidden, redacted, List.of(), rotated));
    assertEquals(
        new Replay.Verdict.Same(1), replayed(plain, entries(plain), List.of(SECRET), then));
    assertInstanceOf(Replay.Verdict.Diverged.class, replayed(hidden, redacted, List.of(), other));
    assertInstanceOf(
        Replay.Verdict.Diverged.class, replayed(plain, entries(plain), List.of(SECRET), other));
    assertInstanceOf(Replay.Verdict.Diverged.class, replayed(plain, rotated));
  }
}
