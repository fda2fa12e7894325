package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.engine.journal.SessionEntry;
import mimo.engine.testing.EditedWorkflow;
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
    var engine = TestBench.engine(journal, agents(""));
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
    var source = run(TestBench.engine(journal, agents("")), workflow).id();

    var fork =
        TestBench.engine(journal, agents(""))
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
}
