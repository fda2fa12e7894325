package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mimo.cli.command.Resumption;
import mimo.cli.command.Runs;
import mimo.cli.run.LocalRuns;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the worker of a real run at random instants, with everything else of the program at work
/// in this process (S22, S23, T4).
class WorkerKillTest {

  private static final int KILLS = 50;
  private static final long REPLY_MILLIS = 5;
  private static final long ORPHAN_MILLIS = 2000;
  private static final Audience NOBODY = Audience.of(List.of());

  private static final String SCRIPT =
      """
      export const meta = { name: 'waves', description: 'asks in waves' };
      const waves = [];
      for (let wave = 0; wave < 6; wave++) {
        const seen = `${Math.random()} ${Date.now()} ${JSON.stringify(waves).length}`;
        const task = (i) => () => agent(`wave ${wave}, task ${i}, ${seen}`);
        const tasks = [0, 1, 2].map(task);
        waves.push(await parallel(tasks));
        log(`wave ${wave} is over`);
      }
      return { waves, at: Date.now() - Date.now(), left: Math.random() };
      """;

  private @TempDir Path home;
  private final EchoModel model = new EchoModel(REPLY_MILLIS);

  private static final class Count {
    int inTheMiddle;
    int tooLate;
    int resumes;
  }

  @Test
  void everyRunResumesToItsResultAfterItsWorkerIsKilled() throws Exception { // T4
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var count = new Count();
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var runs = stack.runs();
      long working = microsOfWork(stack, runs);
      for (int kill = 0; kill < KILLS; kill++) {
        var when = "seed " + seed + ", kill " + kill;
        killOnce(stack, runs, random.nextLong(working), count, when);
        assertTrue(stack.leavesNoOrphan(ORPHAN_MILLIS), when + ": orphans " + stack.orphans());
      }
    }
    System.getLogger("WorkerKillTest")
        .log(
            Level.INFO,
            "{0} kills, {1} in the middle, {2} after the end; {3} resumes, 0 lost, 0 orphans;"
                + " seed {4}",
            KILLS,
            count.inTheMiddle,
            count.tooLate,
            count.resumes,
            Long.toString(seed));
    assertTrue(count.inTheMiddle > KILLS / 3, "few kills hit a run; seed " + seed);
  }

  /// From the start of a run to its end, if nobody disturbs it.
  private long microsOfWork(WholeStack stack, LocalRuns runs) throws InterruptedException {
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      assertInstanceOf(RunResult.Completed.class, completed(play(runs, stack)));
    }
    long start = System.nanoTime();
    completed(play(runs, stack));
    return (System.nanoTime() - start) / 1000;
  }

  private static Runs.Running play(LocalRuns runs, WholeStack stack) throws InterruptedException {
    return runs.start(stack.launch("waves.js", SCRIPT, null), NOBODY);
  }

  private static RunResult completed(Runs.Running running) throws InterruptedException {
    try (running) {
      return running.await();
    }
  }

  private void killOnce(WholeStack stack, LocalRuns runs, long micros, Count count, String when)
      throws InterruptedException {
    model.forget();
    RunResult result;
    try (var running = play(runs, stack)) {
      TimeUnit.MICROSECONDS.sleep(micros);
      stack.worker().destroyForcibly();
      result = running.await();
    }
    if (result instanceof RunResult.Completed) {
      count.tooLate++;
    } else {
      count.inTheMiddle++;
      var stopped = assertInstanceOf(RunResult.Interrupted.class, result, when);
      assertEquals("worker_died", stopped.code(), when);
    }
    var before = answered(runs.events(result.id()));
    var asked = model.asked();
    if (!(result instanceof RunResult.Completed)) {
      count.resumes++;
      var resumed = completed(runs.resume(result.id(), Resumption.EXACT, NOBODY));
      assertInstanceOf(RunResult.Completed.class, resumed, when);
    }
    assertWhole(runs, result.id(), when);
    for (var prompt : before.keySet()) {
      assertEquals(asked.get(prompt), model.asked().get(prompt), when + ": asked again " + prompt);
    }
  }

  /// The result is what the answers in the journal make of it, and every answer is there once.
  private static void assertWhole(LocalRuns runs, RunId run, String when) {
    var events = runs.events(run);
    var answers = answered(events);
    assertEquals(18, answers.size(), when);
    var ended = (RunEvent.Ended) events.getLast();
    answers
        .values()
        .forEach(answer ->
            assertTrue(String.valueOf(ended.value()).contains(answer), when + ": lost " + answer));
  }

  /// The settled steps: what was asked, and what came back.
  private static Map<String, String> answered(List<RunEvent> events) {
    var labels = new HashMap<Integer, String>();
    var answers = new HashMap<String, String>();
    for (var event : events) {
      if (event instanceof RunEvent.StepScheduled step) {
        labels.put(step.seq(), step.label());
      } else if (event instanceof RunEvent.StepCompleted step) {
        answers.put(labels.get(step.seq()), step.value());
      }
    }
    return answers;
  }
}
