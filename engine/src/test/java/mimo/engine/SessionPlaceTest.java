package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import mimo.engine.journal.Journal;
import mimo.engine.journal.SessionEntry;
import mimo.engine.redaction.Redactor;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// The session of a step is found where its body worked, whatever number it has now.
final class SessionPlaceTest extends EngineGround {

  /// Each writes down what it was asked, and fails if it is to.
  private static ScriptedActivity agents(String failing) {
    return new ScriptedActivity((request, context) -> {
      context.session().append("note", "\"" + request.label() + "\"");
      return request.label().equals(failing)
          ? new ActivityResult.Failed("timeout", "Too slow.", "{}")
          : new ActivityResult.Completed("\"" + request.label() + "\"", "{}");
    });
  }

  private List<String> said(RunId id, int seq) {
    return words(TestBench.engine(journal, agents("")), id, seq);
  }

  private static List<String> words(Engine engine, RunId id, int seq) {
    return engine.session(id, seq).stream().map(SessionEntry::json).toList();
  }

  @Test
  void aReusedStepHasTheSessionOfTheStepThatRanD35() throws InterruptedException {
    var first = new EditedWorkflow(List.of("a", "b"), 1);
    var edited = new EditedWorkflow(List.of("new", "a", "b"), 1);
    var id = run(TestBench.engine(journal, agents("b")), first).id();

    TestBench.engine(journal, agents(""))
        .continueRun(id, TestBench.request(), edited, RunListener.none())
        .await();

    assertEquals(List.of("\"new\""), said(id, 1));
    assertEquals(List.of("\"a\""), said(id, 2));
    assertEquals(List.of("\"b\""), said(id, 3), "what failed before ran again, in a new session");
  }

  @Test
  void aStepThatAForkSharesHasTheSessionOfItsSourceD38() throws InterruptedException {
    var workflow = new EditedWorkflow(List.of("a", "b"), 1);
    // One engine for both runs: it draws each of them an id of its own.
    var engine = TestBench.ticking(journal, agents(""));
    var source = run(engine, workflow).id();

    var fork =
        engine
            .fork(
                new ForkPoint(source, 2, RunOrigin.Later.FORGOTTEN),
                TestBench.request(),
                workflow,
                RunListener.none())
            .await()
            .id();

    assertEquals(List.of("\"a\""), said(fork, 1));
    assertEquals(List.of("\"b\""), said(fork, 2));
  }

  private static RunKeeper keeper(Journal store) {
    return new RunKeeper(store, _ -> Redactor.NONE, new ManualClock(), new Random(5));
  }

  @Test
  void aForkTakesTheSessionsOfWhatItSharesAndReusesAlongD60() throws InterruptedException {
    var workflow = new EditedWorkflow(List.of("a", "b", "c"), 1);
    var engine = TestBench.ticking(journal, agents(""));
    var source = run(engine, workflow).id();
    var cut = new ForkPoint(source, 2, RunOrigin.Later.REUSED);
    var fork = engine.fork(cut, TestBench.request(), workflow, RunListener.none()).await().id();
    var copy = keeper(journal).take(fork, List.of());

    try (var elsewhere = new InMemoryJournal()) {
      var here = keeper(elsewhere).store(copy, UnaryOperator.identity());
      var reader = TestBench.engine(elsewhere, agents(""));

      assertEquals(fork, here);
      assertEquals(List.of("\"a\""), words(reader, here, 1));
      assertEquals(List.of("\"b\""), words(reader, here, 2));
      assertEquals(List.of("\"c\""), words(reader, here, 3));
      assertEquals(
          List.of(),
          keeper(elsewhere).take(here, List.of()).streams().stream()
              .filter(stream -> !copy.streams().contains(stream))
              .toList());
    }
  }
}
