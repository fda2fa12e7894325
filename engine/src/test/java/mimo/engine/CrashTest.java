package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Proof;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Cuts the power at every append, and again while a run resumes, until it completes (DP1, D21).
final class CrashTest {

  private static final System.Logger LOG = System.getLogger(CrashTest.class.getName());
  private static final int NEVER = Integer.MAX_VALUE;

  /// A life of fewer records only says that it began.
  private static final int SHORT_LIFE = 4;

  private static final int MOST_LIVES = 1_000;

  /// @param name as a failure calls it
  record Script(String name, Workflow workflow) {}

  /// A run from its first life to its last, on one disk.
  private static final class Course {
    private final InMemoryJournal.Disk disk = new InMemoryJournal.Disk();
    private @Nullable RunId id;

    List<JournalRecord> records() {
      return id == null ? List.of() : disk.records(StreamId.run(id));
    }
  }

  private long cuts;
  private long kept;

  /// Three that are known by name, then others that are drawn.
  private static List<Script> scripts() {
    var known =
        List.of(
            new Script("sequential", ScriptedWorkflows.sequential(8)),
            new Script("fan-out", ScriptedWorkflows.fanOut(12)),
            new Script("mixed", ScriptedWorkflows.mixed(6)));
    return IntStream.range(0, Proof.rounds(known.size(), 50))
        .mapToObj(i ->
            i < known.size() ? known.get(i) : new Script("seed " + i, ScriptedWorkflows.drawn(i)))
        .toList();
  }

  private static ScriptedActivity agents() {
    return new ScriptedActivity((request, context) -> {
      context.charge(Map.of("output_tokens", 10L));
      return request.label().startsWith("bad")
          ? new ActivityResult.Failed("refused", "No.", "{}")
          : new ActivityResult.Completed(request.input(), "{}");
    });
  }

  @Test
  void resumesExactlyAfterACutAtAnyAppendDP1() throws InterruptedException {
    var scripts = scripts();
    for (var script : scripts) {
      int cut = 1;
      while (lives(script, onceAt(cut), script.name + ", cut " + cut) > 1) {
        cut++;
      }
      assertTrue(cut > 5, script.name + ": only " + cut + " cuts were made");
    }
    say("every append once", scripts.size());
  }

  private static IntUnaryOperator onceAt(int cut) {
    return life -> life == 0 ? cut : NEVER;
  }

  @Test
  void resumesExactlyHoweverOftenItIsCutDP1() throws InterruptedException {
    var scripts = scripts();
    for (var script : scripts) {
      for (long seed = 0; seed < 10; seed++) {
        var dice = new Random(seed);
        var when = script.name + ", lives drawn from " + seed;
        // What a life has begun in vain, the next one begins again: it needs more room for it.
        var _ = lives(script, life -> SHORT_LIFE + life + dice.nextInt(8), when);
      }
    }
    assertTrue(cuts > 10L * scripts.size(), "only " + cuts + " cuts were made");
    say("again and again", scripts.size());
  }

  private void say(String how, int scripts) {
    LOG.log(
        Level.INFO,
        "DP1: {0} scripts, cut {1}: {2} cuts, {3} completed steps found again; 0 lost, 0 run"
            + " again, each result equal to its replay",
        scripts,
        how,
        cuts,
        kept);
  }

  /// Lives through a run to its end.
  ///
  /// @param cuts at which of its records the power fails in a life, counted from 0
  /// @return how many lives it took
  private int lives(Script script, IntUnaryOperator cuts, String when) throws InterruptedException {
    var course = new Course();
    for (int life = 0; life < MOST_LIVES; life++) {
      var journal = new InMemoryJournal(course.disk, cuts.applyAsInt(life));
      if (live(script, course, journal, when + ", life " + life)) {
        assertEquals(replayed(script, course), ending(course.records()), when);
        return life + 1;
      }
      this.cuts++;
    }
    return fail(when + ": no end after " + MOST_LIVES + " lives");
  }

  /// One life. It keeps what it found, runs nothing that had ended, and whatever it told or began
  /// is on the disk.
  ///
  /// @return whether the run has come to its end
  private boolean live(Script script, Course course, InMemoryJournal journal, String when)
      throws InterruptedException {
    var before = course.records();
    var agents = agents();
    var told = new RecordingListener();

    var result = startOrResume(script, course, TestBench.engine(journal, agents), told);

    var after = course.records();
    assertEquals(before, after.subList(0, before.size()), when + ": the past was changed");
    told.numbers().forEach(number -> assertTrue(number <= after.size(), when + ": told " + number));
    assertTrue(labels(after).values().containsAll(agents.labels()), when);
    var ended = settled(before);
    ended.values().forEach(label -> assertEquals(0, agents.runs(label), when + ": " + label));
    kept += ended.size();
    assertTrue(settled(after).keySet().containsAll(ended.keySet()), when);
    if (after.isEmpty() || !after.getLast().type().equals("run_ended")) {
      return false;
    }
    assertInstanceOf(RunResult.Completed.class, result, when);
    return true;
  }

  /// @return nothing if the power failed before anything had begun
  private static @Nullable RunResult startOrResume(
      Script script, Course course, Engine engine, RunListener listener)
      throws InterruptedException {
    try (engine) {
      var request = TestBench.request();
      var run =
          course.id == null
              ? engine.start(request, script.workflow, listener)
              : engine.resume(course.id, request, script.workflow, listener);
      var result = run.await();
      course.id = result.id();
      return result;
    } catch (EngineException.StoreFailure cut) {
      return null;
    }
  }

  /// The result of a pure replay: the ended run without its end, where nothing may run.
  private static String replayed(Script script, Course course) throws InterruptedException {
    var copy = new Course();
    copy.id = course.id;
    var stream = StreamId.run(Objects.requireNonNull(course.id));
    var disk = course.disk.copyWithout(stream, "run_ended");
    var nobody = agents();
    var engine = TestBench.engine(new InMemoryJournal(disk, NEVER), nobody);

    var result = startOrResume(script, copy, engine, RunListener.none());

    assertEquals(0, nobody.runs(), "a replay ran a body");
    return assertInstanceOf(RunResult.Completed.class, result).value();
  }

  private static Map<Integer, String> labels(List<JournalRecord> records) {
    var labels = new HashMap<Integer, String>();
    for (var record : records) {
      if (JournalCodec.decode(record)
          instanceof JournalEntry.StepScheduled(var seq, var request, _)) {
        labels.put(seq, request.label());
      }
    }
    return labels;
  }

  /// The steps that ended, with their labels.
  private static Map<Integer, String> settled(List<JournalRecord> records) {
    var labels = labels(records);
    var settled = new TreeMap<Integer, String>();
    for (var record : records) {
      if (JournalCodec.decode(record) instanceof JournalEntry.SettledEntry end) {
        var twice = settled.put(end.seq(), String.valueOf(labels.get(end.seq())));
        assertNull(twice, "step " + end.seq() + " settled twice");
      }
    }
    return settled;
  }

  private static String ending(List<JournalRecord> records) {
    var last = JournalCodec.decode(records.getLast());
    return String.valueOf(((JournalEntry.RunEnded) last).value());
  }
}
