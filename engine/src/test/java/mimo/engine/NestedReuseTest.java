package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Parts of a workflow that an earlier generation left whole (D34).
final class NestedReuseTest extends EngineGround {

  private final List<Delivery> answers = new ArrayList<>();

  /// What looking for a script tells.
  private String script = "\"text\"";

  private final ScriptedActivity agents =
      new ScriptedActivity((request, context) -> {
        if (request.kind() == StepKind.WORKFLOW) {
          return new ActivityResult.Completed(script, "{}");
        }
        if (request.kind().isAgent()) {
          context.charge(Map.of("output_tokens", 10L));
        }
        return new ActivityResult.Completed("\"" + request.label() + "\"", "{}");
      });

  private final Engine engine = TestBench.ticking(journal, agents);

  /// Asks one agent, does a part that reads a file, finds a script and asks two agents, and asks
  /// one more. Nothing is lost in the part, unless somebody says so.
  private Workflow workflow(String digest, StepOutcome outcome) {
    return scope -> {
      ask(scope, EditedWorkflow.agent("", "first"));
      var part = EditedWorkflow.request(StepKind.NESTED, "w:child", digest);
      switch (scope.enter(part)) {
        case Entrance.Entered(var number) -> {
          ask(scope, EditedWorkflow.request(StepKind.FILE, "w:child", "read").within(number));
          var lookup = EditedWorkflow.request(StepKind.WORKFLOW, "w:child", "find");
          ask(scope, lookup.within(number));
          for (var prompt : List.of("one", "two")) {
            ask(scope, EditedWorkflow.agent("w:child", prompt).within(number));
          }
          scope.leave(number, outcome);
        }
        case Entrance.Answered(var number) -> {
          var delivery = scope.awaitDeliveries().getFirst();
          assertEquals(number, delivery.seq());
          assertEquals(outcome, delivery.outcome());
          answers.add(delivery);
        }
      }
      ask(scope, EditedWorkflow.agent("", "last"));
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  private static void ask(RunScope scope, ActivityRequest request) throws InterruptedException {
    scope.schedule(request);
    scope.awaitDeliveries();
  }

  private Workflow whole(String digest) {
    return workflow(digest, new StepOutcome.Completed("{\"value\":7}"));
  }

  private RunResult start(Workflow workflow) throws InterruptedException {
    return engine.start(TestBench.request(), workflow, RunListener.none()).await();
  }

  private RunResult goOn(RunId id, Workflow workflow) throws InterruptedException {
    return engine.continueRun(id, TestBench.request(), workflow, RunListener.none()).await();
  }

  private List<String> report(RunId id) {
    return words(ReuseReport.of(engine.lineage(id)).lines());
  }

  private static List<String> words(List<ReuseReport.Line> lines) {
    return lines.stream().map(line -> line.kind().word() + " " + word(line.verdict())).toList();
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Hit(_, var match) -> match.word();
      case Verdict.Miss(var reason, _) -> reason.word();
    };
  }

  @Test
  void aPartThatIsWhatItWasIsReusedWholeAndCostsNothingD34() throws InterruptedException {
    var first = start(whole("a"));
    int before = agents.runs();

    var second = goOn(first.id(), whole("a"));

    assertInstanceOf(RunResult.Completed.class, second);
    assertEquals(List.of("agent same", "nested same", "agent same"), report(first.id()));
    assertEquals(List.of(), ReuseReport.of(engine.lineage(first.id())).left());
    assertEquals(before + 1, agents.runs(), "only scripts found in the part are looked at again");
    assertEquals(2, agents.runs("find"));
    assertEquals(first.usage(), second.usage(), "D35");
  }

  @Test
  void whatAPartCameToComesWithTheClockOfThenD33D34() throws InterruptedException {
    var first = start(whole("a"));
    Delivered last = null;
    for (var entry : entries(first.id())) {
      if (entry instanceof Delivered delivered && delivered.seqs().contains(6)) {
        last = delivered;
      }
    }

    goOn(first.id(), whole("a"));

    var answer = answers.getFirst();
    assertEquals(last, new Delivered(List.of(6), answer.clock(), answer.spent()));
  }

  @Test
  void aPartThatHasMovedIsReusedWholeD32D34() throws InterruptedException {
    var first = start(whole("a"));
    Workflow moved =
        scope -> {
          var part = EditedWorkflow.request(StepKind.NESTED, "p1/w:child", "a");
          assertInstanceOf(Entrance.Answered.class, scope.enter(part));
          scope.awaitDeliveries();
          return new WorkflowResult.Finished("1", List.of());
        };

    goOn(first.id(), moved);

    assertEquals(List.of("nested moved"), report(first.id()));
  }

  @Test
  void aPartThatIsNotWhatItWasIsEnteredAndItsStepsMatchedD34() throws InterruptedException {
    var first = start(whole("a"));
    int before = agents.runs();

    goOn(first.id(), whole("b"));

    assertEquals(
        List.of(
            "agent same",
            "nested changed",
            "file file-live",
            "workflow file-live",
            "agent same",
            "agent same",
            "agent same"),
        report(first.id()));
    assertEquals(before + 2, agents.runs(), "what looks at the world does so again");
  }

  @Test
  void aPartInWhichAnotherScriptWouldRunNowIsEnteredD34() throws InterruptedException {
    var first = start(whole("a"));
    script = "\"edited\"";

    goOn(first.id(), whole("a"));

    assertEquals("nested file-live", report(first.id()).get(1));
    assertEquals(7, report(first.id()).size());
  }

  @Test
  void aPartInWhichSomethingWasLostIsEnteredD34() throws InterruptedException {
    var first = start(workflow("a", new StepOutcome.Failed("losses", "Something was lost.")));

    goOn(first.id(), whole("a"));

    assertEquals("nested failed-before", report(first.id()).get(1));
    assertEquals(7, report(first.id()).size());
  }

  @Test
  void aPartThatDidNotEndIsEnteredD34() throws InterruptedException {
    Workflow half =
        scope -> {
          ask(scope, EditedWorkflow.agent("", "first"));
          var part = scope.enter(EditedWorkflow.request(StepKind.NESTED, "w:child", "a"));
          ask(scope, EditedWorkflow.agent("w:child", "one").within(part.part()));
          throw new InterruptedException("stopped here");
        };
    var first = start(half);

    goOn(first.id(), whole("a"));

    assertEquals("nested unfinished", report(first.id()).get(1));
    assertEquals("agent same", report(first.id()).get(4), "its steps are matched");
  }

  @Test
  void aPlanSaysOfAPartInOneLineThatItIsReusedD37() throws InterruptedException {
    var first = start(whole("a"));

    var same = engine.plan(first.id(), TestBench.request(), whole("a"));
    var other = engine.plan(first.id(), TestBench.request(), whole("b"));

    assertEquals(List.of("agent same", "nested same", "agent same"), words(same.lines()));
    assertEquals(List.of(), same.unreachable());
    assertEquals(new ReusePlan.Reach(true, false), same.reach());
    assertEquals("nested changed", words(other.lines()).get(1));
    assertEquals(List.of(), other.running(), "what runs in a part is told by itself");
  }

  @Test
  void aLaterGenerationReusesOrEntersWhatOneBeforeItReusedWholeD34() throws InterruptedException {
    var first = start(whole("a"));
    goOn(first.id(), whole("a"));

    goOn(first.id(), whole("a"));
    var again = report(first.id());
    goOn(first.id(), whole("b"));

    assertEquals(List.of("agent same", "nested same", "agent same"), again);
    assertEquals(
        List.of("agent same", "agent same"),
        report(first.id()).subList(4, 6),
        "what was asked in it two generations ago still counts");
  }

  @Test
  void aForkSharesAPartThatWasReusedWholeD34D38() throws InterruptedException {
    var first = start(whole("a"));
    goOn(first.id(), whole("a"));
    int before = agents.runs();

    var forked = fork(first.id(), 3, RunOrigin.Later.FORGOTTEN, whole("a"));
    var continued = goOn(forked.id(), whole("a"));

    assertInstanceOf(RunResult.Completed.class, forked);
    assertEquals(before + 2, agents.runs(), "the last agent, and one look for the script");
    assertInstanceOf(RunResult.Completed.class, continued);
  }

  private RunResult fork(RunId source, int step, RunOrigin.Later later, Workflow workflow)
      throws InterruptedException {
    return engine
        .fork(new ForkPoint(source, step, later), TestBench.request(), workflow, RunListener.none())
        .await();
  }

  @Test
  void aForkThatBeginsInAPartFindsOutAnewWhatThatComesToD34D38() throws InterruptedException {
    var first = start(whole("a"));

    var forked =
        fork(
            first.id(),
            5,
            RunOrigin.Later.FORGOTTEN,
            workflow("a", new StepOutcome.Completed("{\"value\":8}")));
    goOn(forked.id(), workflow("a", new StepOutcome.Completed("{\"value\":8}")));

    assertInstanceOf(RunResult.Completed.class, forked);
    assertEquals(
        List.of(new StepOutcome.Completed("{\"value\":8}")),
        answers.stream().map(Delivery::outcome).toList());
  }

  @Test
  void aForkAtAPartReusesItWholeUnlessItIsToBeFreshD34D38() throws InterruptedException {
    var first = start(whole("a"));

    var reusing = fork(first.id(), 2, RunOrigin.Later.REUSED, whole("a"));
    var fresh = fork(first.id(), 2, RunOrigin.Later.FORGOTTEN, whole("a"));

    assertEquals("nested same", report(reusing.id()).get(1));
    assertEquals("nested new", report(fresh.id()).get(1));
  }

  @Test
  void noOrderReachesAPartD46() throws InterruptedException {
    var id = new RunId[1];
    Workflow stopped =
        scope -> {
          id[0] = scope.id();
          scope.enter(EditedWorkflow.request(StepKind.NESTED, "w:child", "a"));
          ask(scope, EditedWorkflow.agent("w:child", "one").within(1));
          throw new InterruptedException("stopped here");
        };
    start(stopped);

    var stop = engine.ask(id[0], new ControlRequest.StopAgent(0, 1), "ada");

    assertEquals(
        new ControlOutcome.Refused(
            "step_unknown",
            "step 1 of run " + id[0] + " is a workflow; name one of the agents in it"),
        engine.await(id[0], stop, java.time.Duration.ofSeconds(5)));
  }

  @Test
  void resumesExactlyAfterACutAtAnyAppendDP1D34() throws InterruptedException {
    int cut = 1;
    while (cutsOnce(cut)) {
      cut++;
    }

    assertTrue(cut > 6, "only " + cut + " cuts were made");
  }

  /// Continues a run whose part is reused whole until the `cut`-th record, and then resumes it.
  private boolean cutsOnce(int cut) throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var first = on(disk, Integer.MAX_VALUE);
    var source = first.start(TestBench.request(), whole("a"), RunListener.none()).await();
    int before = disk.records(StreamId.run(source.id())).size();
    var edited = withOneMore();
    RunResult result;
    try {
      result =
          on(disk, cut)
              .continueRun(source.id(), TestBench.request(), edited, RunListener.none())
              .await();
    } catch (EngineException.StoreFailure beforeItBegan) {
      return true;
    }
    if (result instanceof RunResult.Completed) {
      return false;
    }
    if (disk.records(StreamId.run(source.id())).size() == before) {
      return true;
    }

    var resumed =
        on(disk, Integer.MAX_VALUE)
            .resume(source.id(), TestBench.request(), edited, RunListener.none())
            .await();

    assertInstanceOf(RunResult.Completed.class, resumed, "cut " + cut);
    var parts =
        engineOf(disk).lineage(source.id()).latest().entries().stream()
            .filter(entry -> entry instanceof StepCompleted done && done.seq() == 2)
            .toList();
    assertEquals(1, parts.size(), "cut " + cut);
    return true;
  }

  /// The same with one more agent at its end.
  private Workflow withOneMore() {
    return scope -> {
      whole("a").execute(scope);
      ask(scope, EditedWorkflow.agent("", "more"));
      return new WorkflowResult.Finished("2", List.of());
    };
  }

  private Engine on(InMemoryJournal.Disk disk, int cut) {
    return TestBench.ticking(new InMemoryJournal(disk, cut), agents);
  }

  private Engine engineOf(InMemoryJournal.Disk disk) {
    return on(disk, Integer.MAX_VALUE);
  }
}
