package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunDiff;
import mimo.engine.reuse.RunDiff.Standing;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs made of the beginning of others (D38 to D40).
final class ForkTest extends EngineGround {

  private static final List<String> PROMPTS = List.of("a", "b", "c", "d", "e");

  /// Asks one after the other; each prompt but the first holds the answer before.
  private static Workflow chain(List<String> prompts) {
    return scope -> {
      var answer = "";
      for (var prompt : prompts) {
        scope.schedule(EditedWorkflow.agent("", prompt + answer));
        var outcome = scope.awaitDeliveries().getFirst().outcome();
        answer = " after " + ((StepOutcome.Completed) outcome).value().length();
      }
      return new WorkflowResult.Finished("\"" + answer + "\"", List.of());
    };
  }

  private static ScriptedActivity agents() {
    return ContinuedRunTest.agents();
  }

  private Activity now = agents();

  /// One engine for all runs of a test: it draws each of them an id of its own.
  private final Engine engine =
      TestBench.ticking(journal, (request, context) -> now.perform(request, context));

  private RunResult start(Workflow workflow) throws InterruptedException {
    return engine.start(TestBench.request(), workflow, RunListener.none()).await();
  }

  private RunResult fork(ForkPoint cut, Workflow workflow, Activity agents)
      throws InterruptedException {
    now = agents;
    return engine.fork(cut, TestBench.request(), workflow, RunListener.none()).await();
  }

  @Test
  void sharesWhatCameBeforeAndReusesWhatIsEqualAfterD38() throws InterruptedException {
    var source = start(chain(PROMPTS));
    var before = journal.disk().records(StreamId.run(source.id()));
    var live = agents();

    var forked = fork(point(source, 3, RunOrigin.Later.REUSED), chain(PROMPTS), live);

    assertEquals(0, live.runs());
    assertEquals(before, journal.disk().records(StreamId.run(source.id())), "D39");
    assertEquals(
        ((RunResult.Completed) source).value(),
        assertInstanceOf(RunResult.Completed.class, forked).value());
    assertEquals(Map.of(), forked.usage());
    assertEquals(List.of(3, 4, 5), ownSteps(forked.id()));
  }

  private static ForkPoint point(RunResult source, int step, RunOrigin.Later later) {
    return new ForkPoint(source.id(), step, later);
  }

  private List<Integer> ownSteps(RunId id) {
    return entries(id).stream()
        .filter(StepScheduled.class::isInstance)
        .map(entry -> ((StepScheduled) entry).seq())
        .toList();
  }

  @Test
  void asksEverythingAnewFromTheCutOnIfItIsToBeFreshD38() throws InterruptedException {
    var source = start(chain(PROMPTS));
    var live = agents();

    var forked = fork(point(source, 3, RunOrigin.Later.FORGOTTEN), chain(PROMPTS), live);

    assertEquals(3, live.runs());
    assertEquals(Map.of("output_tokens", 30L), forked.usage());
  }

  @Test
  void keepsTheResultOfWhatWasAskedBeforeTheCutAndEndedAfterItD38() throws InterruptedException {
    var all = new EditedWorkflow(PROMPTS, 2);
    var source = start(all);
    var live = agents();

    var forked = fork(point(source, 6, RunOrigin.Later.FORGOTTEN), all, live);

    assertEquals(5, live.runs(), "the second stage is asked anew, the first is not");
    assertInstanceOf(RunResult.Completed.class, forked);
  }

  @Test
  void goesOnWithAnotherWorkflowFromTheCutOn() throws InterruptedException {
    var source = start(chain(PROMPTS));
    var live = agents();

    var forked =
        fork(
            point(source, 4, RunOrigin.Later.REUSED),
            chain(List.of("a", "b", "c", "other", "e")),
            live);

    assertEquals(2, live.runs());
    var lineage = engine.lineage(forked.id());
    var words =
        ReuseReport.of(lineage).lines().stream().map(line -> line.verdict().getClass()).toList();
    assertEquals(5, words.size());
    assertEquals(List.of(source.id()), lineage.sources(), "gc must be able to see it");
  }

  @Test
  void refusesAStepThatIsNotThereAndAnotherBeginning() throws InterruptedException {
    var source = start(chain(PROMPTS));

    var unknown =
        assertThrows(
            ResumeRefused.class,
            () -> fork(point(source, 9, RunOrigin.Later.REUSED), chain(PROMPTS), agents()));
    var other =
        fork(
            point(source, 3, RunOrigin.Later.REUSED),
            chain(List.of("z", "b", "c", "d", "e")),
            agents());

    assertEquals("step_unknown", unknown.code());
    assertEquals(
        "determinism_violation", assertInstanceOf(RunResult.Interrupted.class, other).code());
  }

  @Test
  void resumesAForkExactlyAfterACutAtAnyAppendDP1() throws InterruptedException {
    int cut = 2;
    while (cutsOnce(cut)) {
      cut++;
    }

    assertTrue(cut > 8, "only " + cut + " cuts were made");
  }

  private static boolean cutsOnce(int cut) throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var source =
        TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), agents())
            .start(TestBench.request(), chain(PROMPTS), RunListener.none())
            .await();
    var point = point(source, 3, RunOrigin.Later.FORGOTTEN);
    var forked =
        another(new InMemoryJournal(disk, cut))
            .fork(point, TestBench.request(), chain(PROMPTS), RunListener.none())
            .await();
    if (forked instanceof RunResult.Completed) {
      return false;
    }
    var again = agents();

    var resumed =
        TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), again)
            .resume(forked.id(), TestBench.request(), chain(PROMPTS), RunListener.none())
            .await();

    assertEquals(
        ((RunResult.Completed) source).value(),
        assertInstanceOf(RunResult.Completed.class, resumed, "cut " + cut).value());
    assertTrue(again.runs() <= 3, "cut " + cut + ": " + again.runs());
    return true;
  }

  /// An engine that draws other ids than those of other tests.
  private static Engine another(InMemoryJournal journal) {
    var ports = TestBench.ports(journal, agents(), List.of(), 4);
    return new Engine(
        new EnginePorts(
            ports.journal(),
            ports.activities(),
            ports.scheduler(),
            ports.redaction(),
            ports.clock(),
            new Random(8)));
  }

  @Test
  void forksAForkAndContinuesIt() throws InterruptedException {
    var source = start(chain(PROMPTS));
    var first = fork(point(source, 4, RunOrigin.Later.REUSED), chain(PROMPTS), agents());
    var live = agents();

    var second = fork(point(first, 2, RunOrigin.Later.REUSED), chain(PROMPTS), live);
    var continued =
        engine
            .continueRun(second.id(), TestBench.request(), chain(PROMPTS), RunListener.none())
            .await();

    assertEquals(0, live.runs());
    assertInstanceOf(RunResult.Completed.class, continued);
    assertEquals(List.of(source.id(), first.id()), engine.lineage(second.id()).sources());
  }

  @Test
  void refusesAForkThatNobodyCouldReadD38() throws InterruptedException {
    var source = start(chain(PROMPTS));
    for (int depth = 0; depth < EngineLimits.FORK_DEPTH; depth++) {
      source = fork(point(source, 5, RunOrigin.Later.REUSED), chain(PROMPTS), agents());
    }
    var deepest = source;

    var refused =
        assertThrows(
            ResumeRefused.class,
            () -> fork(point(deepest, 5, RunOrigin.Later.REUSED), chain(PROMPTS), agents()));

    assertEquals("fork_depth", refused.code());
    assertEquals(EngineLimits.FORK_DEPTH, engine.lineage(deepest.id()).sources().size());
  }

  @Test
  void alignsTheStepsOfTwoRunsByWhatTheyAskD40() throws InterruptedException {
    var one = start(new EditedWorkflow(List.of("a", "b", "c", "d"), 1));
    var other = start(new EditedWorkflow(List.of("a", "new", "c, but short", "b"), 1));

    var diff = RunDiff.of(engine.lineage(one.id()), engine.lineage(other.id()));

    assertEquals(
        List.of(Standing.SAME, Standing.ADDED, Standing.CHANGED, Standing.MOVED, Standing.REMOVED),
        diff.rows().stream().map(RunDiff.Row::standing).toList());
  }
}
