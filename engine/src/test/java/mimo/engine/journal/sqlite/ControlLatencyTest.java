package mimo.engine.journal.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import mimo.engine.ActivityResult;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.Engine;
import mimo.engine.RunListener;
import mimo.engine.testing.Proof;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long it takes until a request that came through a real store has stopped what it is about
/// (DP11, D45). The figures are printed; what is asserted is only that nothing hangs.
final class ControlLatencyTest {

  private static final Duration HANGS = Duration.ofSeconds(20);

  @TempDir private Path folder = Path.of("unset");
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore ended = new Semaphore(0);

  private final ScriptedActivity endless =
      new ScriptedActivity((_, context) -> {
        begun.release();
        var stopped = new CountDownLatch(1);
        try (var _ = context.pausing().onCancel(stopped::countDown)) {
          stopped.await();
        } finally {
          ended.release();
        }
        return new ActivityResult.Cancelled();
      });

  @Test
  void actsSoonOnWhatIsAskedOfARunDP11() throws Exception {
    int rounds = Proof.rounds(10, 1_000);
    try (var owner = TestBench.engine(new SqliteJournal(folder), endless);
        var other = TestBench.engine(new SqliteJournal(folder), ScriptedActivity.echo())) {
      var requests =
          List.<IntFunction<ControlRequest>>of(
              _ -> new ControlRequest.Pause(),
              _ -> new ControlRequest.Cancel(),
              seq -> new ControlRequest.StopAgent(0, seq));
      for (var request : requests) {
        var millis = new ArrayList<Long>();
        for (int round = 0; round < rounds; round++) {
          millis.add(latency(owner, other, request.apply(1)));
        }
        millis.sort(null);
        System.getLogger("DP11")
            .log(
                System.Logger.Level.INFO,
                "{0}: {1} times, median {2} ms, worst {3} ms",
                request.apply(1).word(),
                rounds,
                millis.get(rounds / 2),
                millis.getLast());
        assertTrue(millis.getLast() < HANGS.toMillis(), "it hangs: " + millis);
      }
    }
  }

  /// From the moment at which the request is durable to the end of the body it stops.
  private long latency(Engine owner, Engine other, ControlRequest request) throws Exception {
    var run = owner.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.acquire();
    var asked = other.ask(run.id(), request, "ada");
    long began = System.nanoTime();
    ended.acquire();
    long took = System.nanoTime() - began;

    assertEquals(new ControlOutcome.Applied(), other.await(run.id(), asked, HANGS));
    run.await();
    return Duration.ofNanos(took).toMillis();
  }

  /// A process of its own: what other tests have left behind in this one would be counted as well.
  @Test
  void looksForRequestsWithoutWorkD45D52() throws Exception {
    var owner = TestJvm.start(IdleOwner.class, folder.toString());

    int used = Integer.parseInt(new String(owner.getInputStream().readAllBytes(), UTF_8).strip());

    assertEquals(0, owner.waitFor());
    System.getLogger("DP11")
        .log(
            System.Logger.Level.INFO,
            "while it waits, a whole process with its desk uses {0} ms of a core in 10 s",
            used);
    // A hundredth of a core is 100 ms; a busy machine may count what is not ours.
    assertTrue(used < 500, used + " ms of a core in 10 s");
  }
}
