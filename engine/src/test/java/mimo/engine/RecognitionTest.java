package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.reuse.Difference;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.Patience;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// By what a continued run knows the steps it has results of (D32, D33, D36, D70).
final class RecognitionTest extends EngineGround {

  private static final String OLD_SECRET = "s3cr3t-t0ken-of-then";
  private static final String NEW_SECRET = "an0ther-t0ken-of-now";

  private final ScriptedActivity agents = ScriptedActivity.echo();
  private final LogicalTime time = new LogicalTime();

  private Engine knowing(String... secrets) {
    return TestBench.engine(journal, agents, List.of(secrets));
  }

  private static RunResult goOn(Engine engine, RunId id, Workflow workflow)
      throws InterruptedException {
    return engine.continueRun(id, TestBench.request(), workflow, RunListener.none()).await();
  }

  private ReuseReport report(RunId id) {
    return ReuseReport.of(knowing().lineage(id));
  }

  private List<String> words(RunId id) {
    return report(id).lines().stream()
        .map(line ->
            switch (line.verdict()) {
              case Verdict.Hit(_, var match) -> match.word();
              case Verdict.Miss(var reason, _) -> reason.word();
            })
        .toList();
  }

  private Verdict.Nearest nearest(RunId id, int line) {
    var miss = assertInstanceOf(Verdict.Miss.class, report(id).lines().get(line).verdict());
    assertEquals(Verdict.Reason.CHANGED, miss.reason());
    return Objects.requireNonNull(miss.nearest());
  }

  /// Asks one after the other.
  private static Workflow asking(ActivityRequest... requests) {
    return scope -> {
      for (var request : requests) {
        scope.schedule(request);
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  private static Workflow asking(String prompt) {
    return asking(TestBench.agent(prompt));
  }

  @Test
  void aStepWhoseSecretWasRotatedHasItsResultStillD70() throws InterruptedException {
    var id = run(knowing(OLD_SECRET), asking("log in with " + OLD_SECRET)).id();

    goOn(knowing(NEW_SECRET), id, asking("log in with " + NEW_SECRET));

    assertEquals(List.of("redaction-changed"), words(id));
    assertEquals(1, agents.runs(), "nobody was asked a second time");
    assertEquals(
        List.of(new Reused(new StepRef(0, 1), Reused.Match.REDACTION_CHANGED)),
        entries(id).stream()
            .filter(entry -> entry instanceof StepCompleted done && done.reused() != null)
            .map(entry -> ((StepCompleted) entry).reused())
            .toList());
  }

  @Test
  void oneSideThatIsRedactedIsEnoughD70() throws InterruptedException {
    var before = run(knowing(OLD_SECRET), asking("log in with " + OLD_SECRET)).id();
    goOn(knowing(), before, asking("log in with a password"));

    assertEquals(List.of("redaction-changed"), words(before));
  }

  @Test
  void aSecretThatOnlyNowIsKnownAsOneHidesNothingD70() throws InterruptedException {
    var id = run(knowing(), asking("log in with a password")).id();

    goOn(knowing(NEW_SECRET), id, asking("log in with " + NEW_SECRET));

    assertEquals(List.of("redaction-changed"), words(id));
    assertEquals(1, agents.runs());
  }

  @Test
  void whatIsAskedRoundASecretStillCountsD70() throws InterruptedException {
    var id = run(knowing(OLD_SECRET), asking("log in with " + OLD_SECRET)).id();

    goOn(knowing(NEW_SECRET), id, asking("log out with " + NEW_SECRET));

    assertEquals(List.of("changed"), words(id));
    assertEquals(2, agents.runs());
  }

  @Test
  void aSecretDoesNotMakeOneResultServeTwoStepsD32D70() throws InterruptedException {
    var id = run(knowing(OLD_SECRET), asking("log in with " + OLD_SECRET)).id();
    var once = TestBench.agent("log in with " + NEW_SECRET);

    goOn(knowing(NEW_SECRET), id, asking(once, once));

    assertEquals(List.of("redaction-changed", "new"), words(id));
    assertEquals(2, agents.runs());
  }

  /// Waits for a moment, then asks people.
  private static Workflow waiting(String question) {
    return asking(TestBench.timer(Duration.ofHours(1)), TestBench.gate(question, "[\"red\"]", ""));
  }

  @Test
  void aMomentThatHasComeAndAnAnswerAreNotWaitedForAgainD33() throws InterruptedException {
    var watch = new RestWatch();
    var run =
        TestBench.engine(journal, agents, time, Attendance.WATCHED)
            .start(TestBench.request(), waiting("Which?"), watch);
    watch.await(1);
    time.pass(Duration.ofHours(1));
    var red = new GateAnswer("\"red\"", "Ada", "test");
    Patience.until(() -> run.answer(2, red) instanceof AnswerReceipt.Taken);
    assertInstanceOf(RunResult.Completed.class, run.await());
    var alone = TestBench.engine(journal, agents, time, Attendance.UNATTENDED);

    var result = goOn(alone, run.id(), waiting("Which?"));

    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(List.of("same", "same"), words(run.id()));
    assertEquals(1, types(run.id()).stream().filter("timer_set"::equals).count());
    assertInstanceOf(RunResult.Parked.class, goOn(alone, run.id(), waiting("Which one?")));
  }

  @Test
  void whatSomebodyWantedToBeginAnewIsNotReusedD46() throws InterruptedException {
    var engine = knowing();
    var cutOff =
        run(
                engine,
                scope -> {
                  scope.schedule(TestBench.agent("a"));
                  scope.schedule(TestBench.agent("b"));
                  Patience.until(() ->
                      types(scope.id()).stream().filter("step_completed"::equals).count() >= 2);
                  throw new InterruptedException("stopped here");
                })
            .id();
    engine.ask(cutOff, new ControlRequest.RetryAgent(0, 1), "ada");

    goOn(engine, cutOff, asking(TestBench.agent("a"), TestBench.agent("b")));

    assertEquals(List.of("unfinished", "same"), words(cutOff));
    assertEquals(List.of(2, 1), List.of(agents.runs("a"), agents.runs("b")));
  }

  @Test
  void theFirstGenerationHasNothingToTellAndLaterOnesHave() throws InterruptedException {
    var id = run(knowing(), asking("a")).id();

    var first = report(id);
    goOn(knowing(), id, asking("a"));

    assertFalse(first.isAboutSomething());
    assertTrue(report(id).isAboutSomething());
  }

  private static ActivityRequest request(String input, String path, String label) {
    return new ActivityRequest(StepKind.AGENT, ContentKeys.of(input), path, input, label, "", null);
  }

  @Test
  void aMissSaysWhichMembersCameWentAndChangedD36() throws InterruptedException {
    var id =
        run(knowing(), asking(request("{\"a\":1,\"model\":\"m\",\"prompt\":\"p\"}", "", "p"))).id();

    goOn(knowing(), id, asking(request("{\"a\":2,\"prompt\":\"p\",\"schema\":{}}", "", "p")));

    assertEquals(
        List.of(
            new Difference("a", "1", "2"),
            new Difference("model", "\"m\"", null),
            new Difference("schema", null, "{}")),
        nearest(id, 0).differences());
  }

  @Test
  void whatTheRequestDoesNotSayMayChangeItsKeyD36() throws InterruptedException {
    var before = TestBench.agent("use the reviewer");
    var id = run(knowing(), asking(before)).id();
    var now =
        new ActivityRequest(
            before.kind(),
            ContentKeys.of("{\"another\":\"reviewer\"}"),
            "",
            before.input(),
            before.label(),
            "",
            null);

    goOn(knowing(), id, asking(now));

    assertEquals(List.of(), nearest(id, 0).differences());
    assertEquals(2, agents.runs(), "its result is not taken for the other's");
  }

  @Test
  void theNearestIsWhatIsCalledTheSameThenWhatReadsAlikeD36() throws InterruptedException {
    var id =
        run(
                knowing(),
                asking(
                    request("{\"prompt\":\"look at the parser\"}", "p0", "parser"),
                    request("{\"prompt\":\"look at the printer\"}", "p1", "printer"),
                    EditedWorkflow.request(StepKind.CONTINUE, "p2", "summary")))
            .id();

    goOn(
        knowing(),
        id,
        asking(
            request("{\"prompt\":\"print, and look what happens\"}", "p7", "printer"),
            request("{\"prompt\":\"look at the parsers\"}", "p8", "another"),
            request("{\"prompt\":\"summary\"}", "p9", "summary")));

    assertEquals(new StepRef(0, 2), nearest(id, 0).ref());
    assertEquals(new StepRef(0, 1), nearest(id, 1).ref());
    assertEquals(
        new Verdict.Miss(Verdict.Reason.NEW, null),
        report(id).lines().get(2).verdict(),
        "a step of another kind is nothing like it");
  }

  @Test
  void whatEndsWhileALookIsWaitedForComesAfterItD33() throws InterruptedException {
    var file = EditedWorkflow.request(StepKind.FILE, "", "readFile a");
    var id = run(knowing(), asking(file)).id();
    var answered = new CountDownLatch(1);
    var slow =
        new ScriptedActivity((request, _) -> {
          if (request.kind() == StepKind.FILE) {
            answered.await();
            return new ActivityResult.Failed("not_found", "No such file.", "{}");
          }
          return new ActivityResult.Completed("\"early\"", "{}");
        });
    var engine = TestBench.engine(journal, slow);
    var seen = new ArrayList<StepOutcome>();

    var run =
        engine.continueRun(
            id,
            TestBench.request(),
            scope -> {
              scope.schedule(file);
              scope.schedule(TestBench.agent("new"));
              while (scope.openSteps() > 0) {
                scope.awaitDeliveries().forEach(delivery -> seen.add(delivery.outcome()));
              }
              return new WorkflowResult.Finished("1", List.of());
            },
            RunListener.none());
    Patience.until(() -> types(id).stream().filter("step_completed"::equals).count() >= 2);
    answered.countDown();

    assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(
        List.of(
            new StepOutcome.Failed("not_found", "No such file."),
            new StepOutcome.Completed("\"early\"")),
        seen);
  }
}
