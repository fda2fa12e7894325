package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import mimo.engine.journal.JournalEntry;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// What happens when a workflow leaves its recorded course (D23).
final class DivergenceTest {

  @Test
  void namesTheFirstDifferenceOfADivergedStepD23() throws InterruptedException {
    var journal =
        ReplayTest.given(ReplayTest.scheduled(1, "review"), ReplayTest.scheduled(2, "next"));

    var result =
        ReplayTest.resume(
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
            ReplayTest.RUN,
            "determinism_violation",
            "run 7f3a90b1c2d4 step 1, review.js:40:9: the script asks for agent(\"delete\"), the"
                + " journal holds agent(\"review\"); first difference: prompt, recorded"
                + " \"review\", asked \"delete\". Restore the script, or continue with a changed"
                + " one: mimo runs resume 7f3a90b1c2d4 --continue",
            List.of(),
            Map.of()),
        result);
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
        divergence(_ -> end, ReplayTest.scheduled(1, "a"), ReplayTest.scheduled(2, "b")));
    assertEquals(
        "run 7f3a90b1c2d4 step 2: the script waits for results, the journal holds agent(\"b\")",
        divergence(
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.awaitDeliveries();
              return end;
            },
            ReplayTest.scheduled(1, "a"),
            ReplayTest.scheduled(2, "b")));
    assertEquals(
        "run 7f3a90b1c2d4 step 2: the script asks for agent(\"b\"), the journal holds the results"
            + " of step 1",
        divergence(
            scope -> {
              scope.schedule(TestBench.agent("a"));
              scope.schedule(TestBench.agent("b"));
              return end;
            },
            ReplayTest.scheduled(1, "a"),
            ReplayTest.completed(1, "1"),
            ReplayTest.delivered(1)));
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
            ReplayTest.scheduled(1, "a")));
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
            ReplayTest.scheduled(1, "a"),
            ReplayTest.scheduled(2, "b"),
            ReplayTest.completed(1, "1"),
            ReplayTest.completed(2, "2"),
            ReplayTest.delivered(2, 1)));
  }

  @Test
  void takesAPlaceholderForAnySecretButNotForAnotherRequestD70() throws InterruptedException {
    var journal =
        ReplayTest.given(
            ReplayTest.scheduled(1, "use [REDACTED:live-value:00ff]"),
            ReplayTest.completed(1, "1"));

    var same =
        ReplayTest.resume(
            journal, ScriptedActivity.echo(), asking(TestBench.agent("use s3cr3t-t0ken")));

    assertEquals(RunResult.Completed.class, same.getClass());
    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"lose s3cr3t\"), the journal holds"
            + " agent(\"use [REDACTED:live-value:00ff]\"); first difference: prompt, recorded"
            + " \"use [REDACTED:live-value:00ff]\", asked \"lose s3cr3t\"",
        divergence(
            asking(TestBench.agent("lose s3cr3t")),
            ReplayTest.scheduled(1, "use [REDACTED:live-value:00ff]")));
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
            ReplayTest.scheduled(1, "a"));

    assertEquals(
        "run 7f3a90b1c2d4 step 1: the script asks for agent(\"b\"), the journal holds"
            + " agent(\"a\"); first difference: prompt, recorded \"a\", asked \"b\"",
        message);
  }

  private static String divergence(Workflow workflow, JournalEntry... entries)
      throws InterruptedException {
    var journal = ReplayTest.given(entries);
    var agents = ScriptedActivity.echo();

    var result = (RunResult.Interrupted) ReplayTest.resume(journal, agents, workflow);

    assertEquals(0, agents.runs(), "a divergence must cost nothing");
    assertEquals(
        entries.length + 1, ReplayTest.types(journal).size(), "a divergence must append nothing");
    assertEquals("determinism_violation", result.code());
    return result.message().substring(0, result.message().indexOf(". Restore"));
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
}
