package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.testing.Scripts;
import mimo.engine.ActivityResult;
import mimo.engine.AnswerReceipt;
import mimo.engine.Attendance;
import mimo.engine.Engine;
import mimo.engine.GateAnswer;
import mimo.engine.ParkReason;
import mimo.engine.Run;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.Workflow;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Test;

/// Scripts that wait for moments and people, cut off and taken up again (L38, L39, L50–L54).
final class WaitingScriptTest {

  private InMemoryJournal.Disk disk = new InMemoryJournal.Disk();
  private final LogicalTime time = new LogicalTime();

  private static Workflow script(String body) {
    return run -> {
      var text = Scripts.META + body;
      try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
        sandbox.compile(new ScriptSource("t.js", text));
        var files = new ScriptFiles(List.of(new ScriptFile("t.js", "/workspace/t.js", text)));
        return new ComposeWorkflow(sandbox, "t.js", files, Scripts.options(Arguments.NONE))
            .execute(run);
      }
    };
  }

  private Engine engine(ScriptedActivity world, Attendance attendance, int cut) {
    return TestBench.engine(new InMemoryJournal(disk, cut), world, time, attendance);
  }

  private Engine engine(ScriptedActivity world, Attendance attendance) {
    return engine(world, attendance, Integer.MAX_VALUE);
  }

  private RunResult start(String body, ScriptedActivity world) throws InterruptedException {
    return engine(world, Attendance.UNATTENDED)
        .start(TestBench.request(), script(body), RunListener.none())
        .await();
  }

  private RunResult resume(RunId id, String body, ScriptedActivity world)
      throws InterruptedException {
    return engine(world, Attendance.UNATTENDED)
        .resume(id, TestBench.request(), script(body), RunListener.none())
        .await();
  }

  private Run resumeWaiting(RunId id, String body, RestWatch watch) {
    return engine(ScriptedActivity.echo(), Attendance.WAITING)
        .resume(id, TestBench.request(), script(body), watch);
  }

  private long count(RunId id, String type) {
    return Collections.frequency(
        disk.records(StreamId.run(id)).stream().map(JournalRecord::type).toList(), type);
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result, () -> "" + result).value();
  }

  private static ScriptedActivity reading(String text) {
    return new ScriptedActivity((_, _) -> new ActivityResult.Completed("\"" + text + "\"", "{}"));
  }

  @Test
  void aReplaySeesTheTextOfAFileThatHasChangedSinceC30() throws InterruptedException {
    var body = "const was = await readFile('a.txt'); await sleep('1h'); return was;";
    var parked = start(body, reading("as it was"));
    time.put(Duration.ofHours(1));

    var result = resume(parked.id(), body, reading("as it is now"));

    assertEquals("\"as it was\"", value(result));
  }

  @Test
  void aReplayAsksNobodyAndReadsNothingC31() throws InterruptedException {
    var body =
        "const seen = [await agent('a'), await readFile('b'), await glob('*')]; await sleep('1h');"
            + " return seen.length;";
    var world = ScriptedActivity.echo();
    var parked = start(body, world);
    time.put(Duration.ofHours(1));
    var silent = ScriptedActivity.echo();

    var result = resume(parked.id(), body, silent);

    assertEquals("3", value(result));
    assertEquals(3, world.runs());
    assertEquals(0, silent.runs());
  }

  @Test
  void momentsSurviveACutAtAnyAppendAndComeOnceC38() throws InterruptedException {
    var body =
        """
        const came = [];
        const timer = setTimeout((name) => came.push(name), '3h', 'set');
        const dropped = setTimeout(() => came.push('dropped'), '1h');
        clearTimeout(dropped);
        const asleep = sleep('2h').then(() => came.push('slept'));
        came.push(await agent('a', { label: 'a' }) !== null);
        await asleep;
        await sleep('2h');
        return [...came, typeof timer].sort();
        """;
    var cut = 2;
    for (var whole = false; !whole; cut++) {
      disk = new InMemoryJournal.Disk();
      var first =
          engine(ScriptedActivity.echo(), Attendance.UNATTENDED, cut)
              .start(TestBench.request(), script(body), RunListener.none())
              .await();
      whole = first instanceof RunResult.Parked;
      var result = first;
      for (int hour = 0; hour < 5 && !(result instanceof RunResult.Completed); hour++) {
        time.put(Duration.ofHours(1));
        result = resume(first.id(), body, ScriptedActivity.echo());
      }

      // What was cut off before it was written down waits anew, and so may come last.
      assertEquals("[\"number\",\"set\",\"slept\",true]", value(result), "cut " + cut);
      assertEquals(3, count(first.id(), "timer_fired"), "cut " + cut);
    }

    assertTrue(cut > 6, "only " + cut + " cuts were made");
  }

  @Test
  void aRunParksOverDaysAndIsAnsweredAfterARestartC39() throws InterruptedException {
    var body = "return [await approve('[true]?'), Date.now()];";
    var began = time.instant();
    var parked = start(body, ScriptedActivity.echo());
    time.put(Duration.ofDays(9));
    var watch = new RestWatch();
    var resumed = resumeWaiting(parked.id(), body, watch);
    watch.await(1);

    var misfit = resumed.answer(1, new GateAnswer("\"yes\"", "Ada", "test"));
    // The check of these tests takes what the schema mentions.
    var taken = resumed.answer(1, new GateAnswer("\"boolean\"", "Ada", "test"));
    var late = resumed.answer(1, new GateAnswer("\"type\"", "Bob", "test"));

    var why = assertInstanceOf(RunResult.Parked.class, parked);
    assertEquals(ParkReason.GATE, why.reason());
    assertEquals("Step 1 asks: [true]?", why.message());
    assertInstanceOf(AnswerReceipt.Misfit.class, misfit);
    assertEquals(new AnswerReceipt.Taken(), taken);
    assertEquals(new AnswerReceipt.Late(new GateAnswer("\"boolean\"", "Ada", "test")), late);
    var now = began.plus(Duration.ofDays(9)).toEpochMilli();
    assertEquals("[\"boolean\"," + now + "]", value(resumed.await()));
    assertEquals(1, count(parked.id(), "gate_answered"));
  }

  @Test
  void aCheckpointWhereNobodyWatchesTakesItsDefaultOrParksC40() throws InterruptedException {
    var withDefault =
        start("return checkpoint('Go?', {default: 'string'});", ScriptedActivity.echo());
    var without = start("return checkpoint('Go?', {kind: 'confirm'});", ScriptedActivity.echo());

    assertEquals("\"string\"", value(withDefault));
    assertEquals(ParkReason.GATE, assertInstanceOf(RunResult.Parked.class, without).reason());
  }
}
