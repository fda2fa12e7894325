package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Results that tell of something that is gone since (D24, D36).
final class MissingResultsTest extends EngineGround {

  /// Answers with what it is asked; what is called `gone` is soon not there any more.
  private static final class Leaving implements Activity {

    private final AtomicInteger runs = new AtomicInteger();
    private volatile String gone = "nothing";

    @Override
    public ActivityResult perform(ActivityRequest request, ActivityContext context) {
      runs.incrementAndGet();
      return new ActivityResult.Completed(request.input(), "{}");
    }

    @Override
    public Optional<String> missing(ActivityRequest request, String value) {
      return value.contains(gone) ? Optional.of("the folder " + gone) : Optional.empty();
    }
  }

  private final Leaving agents = new Leaving();

  private Engine engine() {
    return TestBench.engine(journal, agents);
  }

  private static Workflow asking(String... prompts) {
    return scope -> {
      for (var prompt : prompts) {
        scope.schedule(TestBench.agent(prompt));
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  /// Asks, and is stopped before its end.
  private static Workflow stopping(String... prompts) {
    return scope -> {
      asking(prompts).execute(scope);
      throw new InterruptedException("stopped");
    };
  }

  private List<String> verdicts(RunId id) {
    return ReuseReport.of(engine().lineage(id)).lines().stream()
        .map(line ->
            switch (line.verdict()) {
              case Verdict.Hit(_, var match) -> match.word();
              case Verdict.Miss(var reason, _) -> reason.word();
            })
        .toList();
  }

  @Test
  void anExactResumeStopsBeforeAnythingIsSpentD24() throws Exception {
    var id = run(engine(), stopping("one", "two")).id();
    agents.gone = "two";
    var before = entries(id);

    var refused =
        assertThrows(
            ResumeRefused.class,
            () -> engine().resume(id, TestBench.request(), asking("one"), RunListener.none()));

    assertEquals("worktree_gone", refused.code());
    assertEquals(
        "run "
            + id
            + " cannot be resumed as it was: step 2 (two) tells of the folder two, which is gone",
        refused.getMessage());
    assertEquals(before, entries(id));
    assertEquals(2, agents.runs.get());
  }

  @Test
  void aContinuedRunHasTheStepAgainAndSaysWhyD36() throws Exception {
    var id = run(engine(), asking("one", "two", "three")).id();
    agents.gone = "two";

    var result =
        engine()
            .continueRun(id, TestBench.request(), asking("one", "two", "three"), RunListener.none())
            .await();

    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(List.of("same", "worktree-gone", "same"), verdicts(id));
    assertEquals(4, agents.runs.get());
  }

  @Test
  void whatIsThereStillIsReplayed() throws Exception {
    var id = run(engine(), stopping("one", "two")).id();

    var result =
        engine().resume(id, TestBench.request(), asking("one", "two"), RunListener.none()).await();

    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals(2, agents.runs.get());
  }
}
