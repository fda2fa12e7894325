package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.Difference;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs that are continued after an edit or a failure (D29 to D36).
final class ContinuedRunTest extends EngineGround {

  private static List<String> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> "look at file " + i).toList();
  }

  /// Agents that answer with their prompt and use ten tokens, but for those that fail.
  static ScriptedActivity agents(String... failing) {
    var bad = List.of(failing);
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("output_tokens", 10L));
      return bad.contains(request.label())
          ? new ActivityResult.Failed("timeout", "Too slow.", "{}")
          : new ActivityResult.Completed("\"" + request.label() + "\"", "{}");
    });
  }

  private RunResult start(Workflow workflow, Activity agents) throws InterruptedException {
    return TestBench.engine(journal, agents)
        .start(TestBench.request(), workflow, RunListener.none())
        .await();
  }

  private RunResult goOn(RunId id, Workflow workflow, Activity agents) throws InterruptedException {
    return TestBench.engine(journal, agents)
        .continueRun(id, TestBench.request(), workflow, RunListener.none())
        .await();
  }

  private ReuseReport report(RunId id) {
    return ReuseReport.of(TestBench.engine(journal, agents()).lineage(id));
  }

  private static List<String> words(ReuseReport report) {
    return report.lines().stream().map(line -> word(line.verdict())).toList();
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Hit(_, var match) -> match.word();
      case Verdict.Miss(var reason, _) -> reason.word();
    };
  }

  @Test
  void runsAgainOnlyWhatFailedD33() throws InterruptedException {
    var workflow = new EditedWorkflow(items(5), 1);
    var first = start(workflow, agents("look at file 3"));
    var again = agents();

    var result = goOn(first.id(), workflow, again);

    assertEquals(1, again.runs());
    assertEquals(1, again.runs("look at file 3"));
    assertEquals(
        List.of("same", "same", "same", "failed-before", "same"), words(report(first.id())));
    assertEquals(
        "\"[look at file 0, look at file 1, look at file 2, look at file 3, look at file 4]\"",
        assertInstanceOf(RunResult.Completed.class, result).value());
  }

  @Test
  void recognisesWhatMovedToAnotherPlaceD32() throws InterruptedException {
    var first = start(new EditedWorkflow(items(4), 1), agents());
    var again = agents();
    var edited = new ArrayList<>(items(4));
    edited.addFirst("read the map");

    goOn(first.id(), new EditedWorkflow(edited, 1), again);

    assertEquals(1, again.runs());
    assertEquals(List.of("new", "moved", "moved", "moved", "moved"), words(report(first.id())));
  }

  @Test
  void givesWhatWasAskedSeveralTimesOnlyToItsOwnPlaceD32() throws InterruptedException {
    var first = start(new EditedWorkflow(List.of("vote", "vote", "vote"), 1), agents());
    var again = agents();

    goOn(first.id(), new EditedWorkflow(List.of("vote", "think", "vote", "vote"), 1), again);

    assertEquals(List.of("same", "changed", "same", "ambiguous"), words(report(first.id())));
    assertEquals(2, again.runs());
  }

  @Test
  void givesNoResultToTwoStepsD32() throws InterruptedException {
    var first = start(new EditedWorkflow(List.of("vote"), 1), agents());
    var again = agents();

    goOn(first.id(), new EditedWorkflow(List.of("vote", "vote"), 1), again);

    assertEquals(List.of("same", "new"), words(report(first.id())));
    assertEquals(1, again.runs());
  }

  @Test
  void saysInWhatAnEditedStepDiffersFromTheNearestD36() throws InterruptedException {
    var first = start(new EditedWorkflow(List.of("one", "two", "three"), 1), agents());

    goOn(first.id(), new EditedWorkflow(List.of("one", "two, but short", "three"), 1), agents());

    var line = report(first.id()).lines().get(1);
    assertEquals(
        new Verdict.Miss(
            Verdict.Reason.CHANGED,
            new Verdict.Nearest(
                new StepRef(0, 2),
                "two",
                List.of(new Difference("prompt", "\"two\"", "\"two, but short\"")),
                "{\"prompt\":\"two, but short\"}")),
        line.verdict());
  }

  @Test
  void reusesNeitherNullsNorWhatDidNotEndD33() throws InterruptedException {
    var id = new RunId[1];
    var started =
        TestBench.engine(
            journal,
            new ScriptedActivity((request, context) -> {
              if (request.label().equals("never")) {
                context.cancellation().onCancel(Thread.currentThread()::interrupt);
                Thread.sleep(60_000);
              }
              return new ActivityResult.Completed(
                  request.label().equals("nothing") ? "null" : "\"some\"", "{}");
            }));
    var run =
        started.start(
            TestBench.request(),
            scope -> {
              scope.schedule(EditedWorkflow.agent("a", "nothing"));
              scope.schedule(EditedWorkflow.agent("b", "something"));
              var delivered = 0;
              while (delivered < 2) {
                delivered += scope.awaitDeliveries().size();
              }
              scope.schedule(EditedWorkflow.agent("c", "never"));
              throw new InterruptedException("stopped here");
            },
            RunListener.none());
    id[0] = run.id();
    assertInstanceOf(RunResult.Interrupted.class, run.await());

    goOn(
        id[0],
        scope -> {
          scope.schedule(EditedWorkflow.agent("a", "nothing"));
          scope.schedule(EditedWorkflow.agent("b", "something"));
          scope.schedule(EditedWorkflow.agent("c", "never"));
          while (scope.openSteps() > 0) {
            scope.awaitDeliveries();
          }
          return new WorkflowResult.Finished("1", List.of());
        },
        agents());

    assertEquals(List.of("null-before", "same", "unfinished"), words(report(id[0])));
  }

  @Test
  void looksAtFilesAgainAndKeepsTheirPlaceD33() throws InterruptedException {
    Workflow workflow =
        scope -> {
          scope.schedule(EditedWorkflow.request(StepKind.FILE, "", "readFile a"));
          var read = scope.awaitDeliveries().getFirst();
          scope.schedule(EditedWorkflow.agent("", "say when: " + read.clock()));
          scope.awaitDeliveries();
          return new WorkflowResult.Finished("1", List.of());
        };
    var first = start(workflow, agents());
    var again = agents();

    goOn(first.id(), workflow, again);

    assertEquals(List.of("file-live", "same"), words(report(first.id())));
    assertEquals(1, again.runs("readFile a"), "a file is read as it is now");
    assertEquals(1, again.runs());
  }

  @Test
  void bringsRecordedClocksSoThatDatesInPromptsMatchD33() throws InterruptedException {
    var workflow = new EditedWorkflow(items(20), 3);
    var first =
        TestBench.ticking(journal, agents())
            .start(TestBench.request(), workflow, RunListener.none())
            .await();
    var again = agents();

    var result =
        TestBench.ticking(journal, again)
            .continueRun(first.id(), TestBench.request(), workflow, RunListener.none())
            .await();

    assertEquals(0, again.runs());
    assertEquals(
        ((RunResult.Completed) first).value(),
        assertInstanceOf(RunResult.Completed.class, result).value());
  }

  @Test
  void leavesEarlierGenerationsAsTheyWereAndPaysForNothingTwiceD35() throws InterruptedException {
    var workflow = new EditedWorkflow(items(6), 1);
    var first = start(workflow, agents("look at file 1"));
    var before = journal.disk().records(StreamId.run(first.id()));

    var result = goOn(first.id(), workflow, agents());

    var after = journal.disk().records(StreamId.run(first.id()));
    assertEquals(before, after.subList(0, before.size()));
    assertEquals(Map.of("output_tokens", 70L), result.usage());
    var lineage = TestBench.engine(journal, agents()).lineage(first.id());
    assertEquals(2, lineage.generations().size());
    var began = lineage.generations().getFirst().started();
    assertEquals(began.seed(), lineage.latest().started().seed());
    assertEquals(began.placeholderKey(), lineage.latest().started().placeholderKey());
    for (var entry : lineage.latest().entries()) {
      if (entry instanceof StepCompleted done && done.reused() != null) {
        assertEquals(Map.of(), done.usage());
      }
    }
  }

  @Test
  void reusesWhatALaterGenerationDidNotComeTo() throws InterruptedException {
    var all = new EditedWorkflow(items(4), 1);
    var first = start(all, agents());
    goOn(first.id(), new EditedWorkflow(List.of("look at file 2"), 1), agents());
    var again = agents();

    goOn(first.id(), all, again);

    assertEquals(0, again.runs());
    assertEquals(List.of("same", "same", "same", "same"), words(report(first.id())));
  }

  @Test
  void countsWhatEarlierGenerationsSpentAgainstTheBudgetL97() throws InterruptedException {
    var workflow = new EditedWorkflow(items(3), 1);
    var first = start(workflow, agents("look at file 0"));
    var limited = TestBench.request("{}", new BudgetLimit.Total("output_tokens", 30));

    var result =
        TestBench.engine(journal, agents())
            .continueRun(first.id(), limited, workflow, RunListener.none())
            .await();

    assertEquals(Map.of("output_tokens", 30L), result.usage());
    assertTrue(
        assertInstanceOf(RunResult.Completed.class, result).value().contains("null"),
        "the budget is spent, so the failed step does not run");
  }

  @Test
  void refusesToContinueWhatIsUnknownOrWorkedOnD43() throws InterruptedException {
    var first = start(new EditedWorkflow(items(1), 1), agents());
    var engine = TestBench.engine(journal, agents());

    var unknown =
        assertThrows(
            ResumeRefused.class,
            () ->
                engine.continueRun(
                    new RunId("000000000000"),
                    TestBench.request(),
                    finishing("1"),
                    RunListener.none()));
    try (var _ = journal.acquire(StreamId.run(first.id()))) {
      var live =
          assertThrows(
              LeaseRefused.class,
              () ->
                  engine.continueRun(
                      first.id(), TestBench.request(), finishing("1"), RunListener.none()));
      assertEquals("run_live", live.code());
    }

    assertEquals("run_unknown", unknown.code());
    assertEquals(List.of(), journal.disk().records(StreamId.run(new RunId("000000000000"))));
  }

  @Test
  void resumesAContinuedRunExactlyAfterACutAtAnyAppendDP1() throws InterruptedException {
    var edited = new ArrayList<>(items(6));
    edited.set(2, "look at another file");
    edited.addFirst("read the map");
    var workflow = new EditedWorkflow(edited, 2);
    var cut = 1;
    while (cutsOnce(workflow, cut)) {
      cut++;
    }

    assertTrue(cut > 20, "only " + cut + " cuts were made");
  }

  /// Continues until the `cut`-th record, then resumes on what survived.
  private static boolean cutsOnce(EditedWorkflow workflow, int cut) throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var first =
        TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), agents())
            .start(TestBench.request(), new EditedWorkflow(items(6), 2), RunListener.none())
            .await();
    var before = disk.records(StreamId.run(first.id())).size();
    var live = agents();
    RunResult result;
    try {
      result =
          TestBench.engine(new InMemoryJournal(disk, cut), live)
              .continueRun(first.id(), TestBench.request(), workflow, RunListener.none())
              .await();
    } catch (EngineException.StoreFailure beforeItBegan) {
      return true;
    }
    if (result instanceof RunResult.Completed) {
      return false;
    }
    if (disk.records(StreamId.run(first.id())).size() == before) {
      return true;
    }
    var settled = settledLive(disk, first.id(), before);
    var again = agents();

    var resumed =
        TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), again)
            .resume(first.id(), TestBench.request(), workflow, RunListener.none())
            .await();

    var value = assertInstanceOf(RunResult.Completed.class, resumed, "cut " + cut).value();
    assertEquals(7, count(value), "cut " + cut);
    for (var label : settled) {
      assertEquals(0, again.runs(label), "cut " + cut + ": " + label + " ran again");
    }
    // Two new items with two stages each; what was reused before the cut is so after it.
    assertTrue(again.runs() <= 4, "cut " + cut + ": " + again.runs() + " bodies ran");
    return true;
  }

  private static int count(String value) {
    return value.split(",").length;
  }

  private static List<String> settledLive(InMemoryJournal.Disk disk, RunId id, int from) {
    var labels = new HashMap<Integer, String>();
    var settled = new ArrayList<String>();
    for (var record :
        disk.records(StreamId.run(id)).subList(from, disk.records(StreamId.run(id)).size())) {
      var entry = JournalCodec.decode(record);
      if (entry instanceof StepScheduled(var seq, var request, _)) {
        labels.put(seq, request.label());
      } else if (entry instanceof StepCompleted done && done.reused() == null) {
        settled.add(labels.get(done.seq()));
      }
    }
    return settled;
  }

  @Test
  void changesSettingsOfAnExactResumeAndSaysSoD19() throws InterruptedException {
    Workflow half =
        scope -> {
          scope.schedule(EditedWorkflow.agent("", "a"));
          scope.awaitDeliveries();
          throw new InterruptedException("stopped here");
        };
    Workflow whole =
        scope -> {
          for (var prompt : List.of("a", "b")) {
            scope.schedule(EditedWorkflow.agent("", prompt));
            scope.awaitDeliveries();
          }
          return new WorkflowResult.Finished("1", List.of());
        };
    var limited = TestBench.request("{}", new BudgetLimit.Total("output_tokens", 10));
    var first =
        TestBench.engine(journal, agents()).start(limited, half, RunListener.none()).await();
    var more =
        new RunSettings(
            limited.options(), new BudgetLimit.Total("output_tokens", 100), limited.deadline());
    var again = agents();

    var resumed =
        TestBench.engine(journal, again)
            .resume(first.id(), limited, more, whole, RunListener.none())
            .await();

    assertEquals(1, again.runs("b"), "the budget was raised");
    assertInstanceOf(RunResult.Completed.class, resumed);
    assertEquals(
        List.of("run_resumed", "options_changed"),
        types(first.id()).stream()
            .filter(type -> type.startsWith("run_res") || type.startsWith("opt"))
            .toList());
    assertEquals(
        more.budget(),
        TestBench.engine(journal, agents()).lineage(first.id()).latest().request().budget());
  }

  @Test
  void listsARunByItsLatestGeneration() throws InterruptedException {
    var workflow = new EditedWorkflow(items(3), 1);
    var first = start(workflow, agents("look at file 0"));
    goOn(first.id(), new EditedWorkflow(items(2), 1), agents());

    var line = TestBench.engine(journal, agents()).list().getFirst();

    assertEquals(new RunState.Completed(0), line.state());
    assertEquals(List.of(2, 2, 0), List.of(line.asked(), line.completed(), line.failed()));
    assertEquals(2, types(first.id()).stream().filter(RunStarted.TYPE::equals).count());
  }
}
