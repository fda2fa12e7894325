package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.ReuseReport.Line;
import mimo.engine.reuse.Verdict;
import mimo.engine.testing.EditedWorkflow;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Proof;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// An edit costs what it changes, and a plan says so before (DP8, DP9).
final class ContinueProofTest {

  private static final System.Logger LOG = System.getLogger(ContinueProofTest.class.getName());

  /// Two that tell a plan between which bounds the others stay.
  private static final String CHEAP = "review a little";

  private static final String DEAR = "review a lot";

  private final InMemoryJournal journal = new InMemoryJournal();

  /// Agents that fail when the dice of the seed say so, and use between 5 and 25 tokens.
  private static ScriptedActivity agents(Set<String> failing) {
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("output_tokens", tokens(request.label())));
      return failing.contains(request.label())
          ? new ActivityResult.Failed("timeout", "Too slow.", "{}")
          : new ActivityResult.Completed("\"" + request.label() + "!\"", "{}");
    });
  }

  private static long tokens(String label) {
    return switch (label) {
      case CHEAP -> 5;
      case DEAR -> 25;
      default -> 6 + Math.floorMod(label.hashCode(), 18);
    };
  }

  private Engine engine(Activity agents) {
    return TestBench.ticking(journal, agents);
  }

  private RunResult continued(RunId id, Workflow workflow, Activity agents)
      throws InterruptedException {
    return engine(agents)
        .continueRun(id, TestBench.request(), workflow, RunListener.none())
        .await();
  }

  private static List<String> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "review file " + i)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @Test
  void oneFailureOf102CostsOneCallAndSoDoesAnItemInsertedFirstDP8() throws InterruptedException {
    var items = items(102);
    var first =
        engine(agents(Set.of("review file 3")))
            .start(TestBench.request(), new EditedWorkflow(items, 1), RunListener.none())
            .await();
    var retry = agents(Set.of());

    var second = continued(first.id(), new EditedWorkflow(items, 1), retry);

    assertEquals(List.of(1, 1), List.of(retry.runs(), retry.runs("review file 3")));
    assertInstanceOf(RunResult.Completed.class, second);
    assertEquals(Map.of("same", 101L, "failed-before", 1L), count(report(first.id()).lines()));

    items.addFirst("review the map");
    var edit = agents(Set.of());
    continued(first.id(), new EditedWorkflow(items, 1), edit);

    assertEquals(List.of(1, 1), List.of(edit.runs(), edit.runs("review the map")));
    assertEquals(Map.of("moved", 102L, "new", 1L), count(report(first.id()).lines()));
    LOG.log(Level.INFO, "DP8: 102 calls, 1 failed: 1 live; 1 inserted: 1 live; 205 reasons of 205");
  }

  private ReuseReport report(RunId id) {
    return ReuseReport.of(engine(agents(Set.of())).lineage(id));
  }

  private static Map<String, Long> count(List<Line> lines) {
    return lines.stream()
        .collect(Collectors.groupingBy(line -> word(line.verdict()), Collectors.counting()));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Hit(_, var match) -> match.word();
      case Verdict.Miss(var reason, _) -> reason.word();
    };
  }

  @Test
  void randomEditsRunExactlyWhatTheyChangeDP8DP9() throws InterruptedException {
    int rounds = Proof.rounds(50, 1_000);
    var seed = 20261123L;
    long hits = 0;
    long misses = 0;
    for (int round = 0; round < rounds; round++) {
      var lines = editsOnce(seed + round);
      hits += lines.stream().filter(line -> line.verdict() instanceof Verdict.Hit).count();
      misses += lines.stream().filter(line -> line.verdict() instanceof Verdict.Miss).count();
    }
    LOG.log(
        Level.INFO,
        "DP8, DP9: {0} edits from seed {1}: {2} steps reused, {3} run, {2} + {3} plans true",
        rounds,
        seed,
        hits,
        misses);

    assertTrue(hits > rounds && misses > rounds, hits + " hits, " + misses + " misses");
  }

  /// One run of a drawn workflow with drawn failures, one drawn edit, a plan, and the real thing.
  private List<Line> editsOnce(long seed) throws InterruptedException {
    var dice = new Random(seed);
    int stages = 1 + dice.nextInt(3);
    var items = items(2 + dice.nextInt(30));
    var failing = new HashSet<String>();
    items.stream().filter(_ -> dice.nextInt(8) == 0).forEach(failing::add);
    items.addAll(List.of(CHEAP, DEAR));
    var first =
        engine(agents(failing))
            .start(TestBench.request(), new EditedWorkflow(items, stages), RunListener.none())
            .await();
    edit(items, dice);
    var edited = new EditedWorkflow(items, stages);
    var before = journal.disk().records(StreamId.run(first.id()));
    var nobody = agents(Set.of());

    var plan = engine(nobody).plan(first.id(), TestBench.request(), edited);

    var when = "seed " + seed;
    assertEquals(0, nobody.runs(), when + ": a plan asked somebody");
    assertEquals(before, journal.disk().records(StreamId.run(first.id())), when);
    var live = agents(Set.of());
    continued(first.id(), edited, live);
    var report = report(first.id());
    var missed = report.lines().stream().filter(line -> line.verdict() instanceof Verdict.Miss);
    assertEquals(missed.count(), live.runs(), when);
    assertValuesAreTheirOwn(first.id(), when);
    assertTrue(isTrue(plan, report), when + ": planned " + plan + ", came to " + report);
    assertCostsWhatWasPlanned(first, plan, when);
    return report.lines();
  }

  private static void edit(List<String> items, Random dice) {
    for (int edits = 1 + dice.nextInt(3); edits > 0; edits--) {
      int at = dice.nextInt(items.size());
      switch (dice.nextInt(5)) {
        case 0 -> items.add(at, "review new file " + dice.nextInt(1_000));
        case 1 -> items.set(at, items.get(at) + ", in depth " + dice.nextInt(1_000));
        case 2 -> items.add(dice.nextInt(items.size()), items.remove(at));
        case 3 -> items.add(items.get(at));
        default -> {
          if (items.size() > 1) {
            items.remove(at);
          }
        }
      }
    }
  }

  /// What a step got is what its own agent would have said, reused or not, and nobody got the same
  /// result as another.
  private void assertValuesAreTheirOwn(RunId id, String when) {
    var lineage = engine(agents(Set.of())).lineage(id);
    var labels = new TreeMap<Integer, String>();
    var given = new HashSet<StepRef>();
    for (var entry : lineage.latest().entries()) {
      switch (entry) {
        case StepScheduled(var seq, var request, _) -> labels.put(seq, request.label());
        case StepCompleted done -> {
          assertEquals("\"" + labels.get(done.seq()) + "!\"", done.value(), when);
          if (done.reused() != null) {
            assertTrue(given.add(done.reused().from()), when + ": two got " + done.reused());
          }
        }
        case JournalEntry _ -> {}
      }
    }
  }

  /// Every step the plan names came, in its order, with that verdict.
  private static boolean isTrue(ReusePlan plan, ReuseReport report) {
    var planned = plan.lines().stream().map(ContinueProofTest::told).toList();
    var real = report.lines().stream().map(ContinueProofTest::told).toList();
    return planned.size() <= real.size() && planned.equals(real.subList(0, planned.size()));
  }

  private static String told(Line line) {
    return line.path()
        + " "
        + line.label()
        + " "
        + (line.verdict() instanceof Verdict.Hit hit ? hit.toString() : "runs");
  }

  private void assertCostsWhatWasPlanned(RunResult first, ReusePlan plan, String when) {
    var usage =
        engine(agents(Set.of())).lineage(first.id()).latest().entries().stream()
            .filter(SettledEntry.class::isInstance)
            .mapToLong(end -> ((SettledEntry) end).usage().getOrDefault("output_tokens", 0L))
            .sum();
    var range = plan.usage().get("output_tokens");
    assertTrue(
        range != null && range.least() <= usage && usage <= range.most(),
        when + ": planned " + range + ", used " + usage);
  }
}
