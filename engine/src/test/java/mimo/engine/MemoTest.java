package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What a step leaves for later ones: stored with its value, and found again by any process.
final class MemoTest extends EngineGround {

  private static final String SECRET = "hunter2-hunter2";

  /// The first step leaves a memo; later ones answer with what they find of it.
  private static ScriptedActivity agents(String memo) {
    return new ScriptedActivity((request, context) ->
        request.kind() == StepKind.AGENT
            ? new ActivityResult.Completed("\"first\"", "{}", memo)
            : new ActivityResult.Completed(
                context.memo(1).orElse("null"), "{}", context.memo(2).orElse(null)));
  }

  private static ActivityRequest next(String prompt) {
    var input = "{\"prompt\":\"" + prompt + "\"}";
    return new ActivityRequest(
        StepKind.CONTINUE, ContentKeys.of(input), "", input, prompt, "", null);
  }

  private static WorkflowResult twice(RunScope scope) throws InterruptedException {
    var seen = new ArrayList<String>();
    for (var request : List.of(TestBench.agent("a"), next("b"))) {
      scope.schedule(request);
      for (var delivery : scope.awaitDeliveries()) {
        seen.add(assertInstanceOf(StepOutcome.Completed.class, delivery.outcome()).value());
      }
    }
    return new WorkflowResult.Finished(seen.toString(), List.of());
  }

  @Test
  void aLaterStepFindsWhatAnEarlierOneLeft() throws InterruptedException {
    var result = run(TestBench.engine(journal, agents("{\"said\":1}")), MemoTest::twice);

    assertEquals(
        "[\"first\", {\"said\":1}]", assertInstanceOf(RunResult.Completed.class, result).value());
  }

  @Test
  void findsItAsItIsStoredNotAsItWasLeftD11() throws InterruptedException {
    var memo = "{\"said\":\"" + SECRET + "\"}";

    var result = run(TestBench.engine(journal, agents(memo), List.of(SECRET)), MemoTest::twice);

    var value = assertInstanceOf(RunResult.Completed.class, result).value();
    assertFalse(value.contains(SECRET), value);
    assertFalse(
        journal
            .disk()
            .records(mimo.engine.journal.StreamId.run(result.id()))
            .toString()
            .contains(SECRET));
    var stored =
        entries(result.id()).stream()
            .filter(StepCompleted.class::isInstance)
            .map(entry -> ((StepCompleted) entry).memo())
            .findFirst();
    assertEquals("[\"first\", " + stored.orElseThrow() + "]", value);
  }

  @Test
  void anotherProcessFindsItAfterACutAtAnyAppend() throws InterruptedException {
    for (int cut = 1; cut < 12; cut++) {
      var disk = new InMemoryJournal.Disk();
      RunResult result;
      try {
        result =
            run(TestBench.engine(new InMemoryJournal(disk, cut), agents("[1]")), MemoTest::twice);
      } catch (EngineException.StoreFailure beforeTheStart) {
        continue;
      }
      if (!(result instanceof RunResult.Completed)) {
        result =
            TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), agents("[1]"))
                .resume(result.id(), TestBench.request(), MemoTest::twice, RunListener.none())
                .await();
      }
      assertEquals(
          "[\"first\", [1]]",
          assertInstanceOf(RunResult.Completed.class, result, "cut " + cut).value());
    }
  }
}
