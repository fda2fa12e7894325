package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import mimo.engine.journal.JournalEntry.GateAnswered;
import mimo.engine.journal.JournalEntry.StepFailed;
import mimo.engine.journal.JournalEntry.TimerFired;
import mimo.engine.reuse.Difference;
import mimo.engine.reuse.RunDiff;
import mimo.engine.reuse.RunDiff.Result;
import mimo.engine.reuse.RunDiff.Standing;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Two runs side by side (D40).
final class RunDiffTest extends EngineGround {

  private Activity now = ScriptedActivity.echo();

  /// One engine for all runs of a test: it draws each of them an id of its own.
  private final Engine engine =
      TestBench.engine(journal, (request, context) -> now.perform(request, context));

  private RunDiff diff(RunId one, RunId other) {
    return RunDiff.of(engine.lineage(one), engine.lineage(other));
  }

  private static List<Standing> standings(RunDiff diff) {
    return diff.rows().stream().map(RunDiff.Row::standing).toList();
  }

  private static List<Result> results(RunDiff diff) {
    return diff.rows().stream().map(RunDiff.Row::result).toList();
  }

  /// Agents at the top of a workflow, one after the other.
  private static Workflow chain(String... prompts) {
    return scope -> {
      for (var prompt : prompts) {
        scope.schedule(TestBench.agent(prompt));
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  @Test
  void stepsThatAskTheSameMayEndDifferentlyD40() throws InterruptedException {
    var workflow = new EditedWorkflow(List.of("a", "b", "c"), 1);
    var one = run(engine, workflow).id();
    now =
        (request, _) ->
            switch (request.label()) {
              case "b" -> new ActivityResult.Failed("timeout", "Too slow.", "{}");
              case "c" -> new ActivityResult.Completed("\"other\"", "{}");
              default -> new ActivityResult.Completed(request.input(), "{}");
            };

    var other = run(engine, workflow).id();

    assertEquals(List.of(Standing.SAME, Standing.SAME, Standing.SAME), standings(diff(one, other)));
    assertEquals(
        List.of(Result.EQUAL, Result.DIFFERENT, Result.DIFFERENT), results(diff(one, other)));
    assertEquals(List.of(Result.EQUAL, Result.EQUAL, Result.EQUAL), results(diff(other, other)));
  }

  @Test
  void stepsThatDidNotEndHaveTheSameResultD40() throws InterruptedException {
    Workflow cutOff =
        scope -> {
          scope.schedule(TestBench.timer(Duration.ofDays(1)));
          throw new InterruptedException("stopped here");
        };
    var one = run(engine, cutOff).id();
    var other = run(engine, cutOff).id();

    assertEquals(List.of(Standing.SAME), standings(diff(one, other)));
    assertEquals(List.of(Result.EQUAL), results(diff(one, other)));
  }

  @Test
  void aChangedStepStandsBesideTheOneThatReadsMostAlikeD40() throws InterruptedException {
    var one = run(engine, chain("look at the parser", "ask the user", "write it down")).id();
    var other = run(engine, chain("look at the parsers", "write it all down")).id();

    var rows = diff(one, other).rows();

    assertEquals(
        List.of(Standing.CHANGED, Standing.CHANGED, Standing.REMOVED),
        rows.stream().map(RunDiff.Row::standing).toList());
    assertEquals(
        List.of(
            new Difference("prompt", "\"look at the parser\"", "\"look at the parsers\""),
            new Difference("prompt", "\"write it down\"", "\"write it all down\"")),
        rows.stream().flatMap(row -> row.differences().stream()).toList());
  }

  @Test
  void aStepStandsBesideOneOtherAtMostD40() throws InterruptedException {
    var one = run(engine, new EditedWorkflow(List.of("a"), 1)).id();
    var other = run(engine, new EditedWorkflow(List.of("new", "a", "a"), 1)).id();

    assertEquals(
        List.of(Standing.ADDED, Standing.MOVED, Standing.ADDED), standings(diff(one, other)));
  }

  @Test
  void tellsInOneTextWhatCameOfAStepOfAnyKind() {
    var at = ManualClock.START;

    assertNull(RunDiff.result(null));
    assertEquals(
        "timeout: Too slow.",
        RunDiff.result(new StepFailed(1, "timeout", "Too slow.", Map.of(), "{}")));
    assertEquals("null", RunDiff.result(new TimerFired(1, at, at)));
    assertEquals(
        "\"red\"",
        RunDiff.result(new GateAnswered(1, new GateAnswer("\"red\"", "Ada", "test"), at)));
  }

  @Test
  void namesEachStandingInLowerCase() {
    assertEquals(
        List.of("same", "moved", "changed", "added", "removed"),
        List.of(Standing.values()).stream().map(Standing::word).toList());
  }
}
