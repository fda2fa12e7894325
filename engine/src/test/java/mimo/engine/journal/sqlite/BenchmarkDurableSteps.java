package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mimo.engine.ActivityResult;
import mimo.engine.Engine;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;

/// Measures durable steps on a real disk (D18): a fan-out of no-op steps, and a sequence of them,
/// with redaction, canonical keys, checksums and the hash chain on. A program, not a test: figures
/// depend on the disk, whose own forced write is measured beside them.
final class BenchmarkDurableSteps {

  private static final String PAYLOAD = "{\"text\":\"" + "p".repeat(188) + "\"}";
  private static final int FAN_OUT = 10_000;
  private static final int SEQUENCE = 500;
  private static final int ROUNDS = 5;

  private BenchmarkDurableSteps() {}

  /// Prints its figures.
  ///
  /// @param arguments a folder on the disk to measure
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(Path.of(arguments[0]), "bench");
    System.out.printf(Locale.ROOT, "fsync p50 %.3f ms%n", fsyncMillis(folder));
    var agents = new ScriptedActivity((_, _) -> new ActivityResult.Completed(PAYLOAD, "{}"));
    var journal = new SqliteJournal(folder);
    var secrets = List.of("hunter2-hunter2", "correct-horse-battery");
    var stepMicros = 0.0;
    try (var engine = new Engine(TestBench.ports(journal, agents, secrets, FAN_OUT))) {
      for (var round = 0; round < ROUNDS; round++) {
        var commits = journal.commits();
        var cpu = cpuMillis();
        var fanOut = seconds(engine, fanOut(FAN_OUT));
        var fanOutCommits = journal.commits() - commits;
        var fanOutCpu = cpuMillis() - cpu;
        var sequence = seconds(engine, sequence(SEQUENCE));
        stepMicros = fanOutCpu * 1e3 / FAN_OUT;
        System.out.printf(
            Locale.ROOT,
            "fan-out %,.0f steps/s in %d commits, %d ms CPU; "
                + "sequence %.3f ms a step in %.2f commits%n",
            FAN_OUT / fanOut,
            fanOutCommits,
            fanOutCpu,
            sequence * 1_000 / SEQUENCE,
            (journal.commits() - commits - fanOutCommits) / (double) SEQUENCE);
      }
    }
    System.out.printf(Locale.ROOT, "fsync p50 %.3f ms%n", fsyncMillis(folder));
    printShares(new BenchmarkStepParts("p".repeat(180), PAYLOAD, secrets), stepMicros);
  }

  /// What the parts that P7 names cost of a step's processor time.
  private static void printShares(BenchmarkStepParts parts, double stepMicros) {
    System.out.printf(
        Locale.ROOT, "a step of the last fan-out: %.1f µs CPU, of which%n", stepMicros);
    parts
        .micros()
        .forEach((part, micros) ->
            System.out.printf(
                Locale.ROOT,
                "  %-24s %5.2f µs, %4.1f %%%n",
                part,
                micros,
                100 * micros / stepMicros));
  }

  private static double seconds(Engine engine, Workflow workflow) throws InterruptedException {
    var start = System.nanoTime();
    var result = engine.start(TestBench.request(), workflow, RunListener.none()).await();
    if (!(result instanceof RunResult.Completed)) {
      throw new IllegalStateException(result.toString());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Workflow fanOut(int steps) {
    return scope -> {
      for (var i = 0; i < steps; i++) {
        scope.schedule(TestBench.agent("p".repeat(180) + i));
      }
      while (scope.openSteps() > 0) {
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  private static Workflow sequence(int steps) {
    return scope -> {
      for (var i = 0; i < steps; i++) {
        scope.schedule(TestBench.agent("p".repeat(180) + i));
        scope.awaitDeliveries();
      }
      return new WorkflowResult.Finished("1", List.of());
    };
  }

  /// What this process has used of all processors. On a busy machine it says more than the clock.
  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  private static double fsyncMillis(Path folder) throws IOException {
    var nanos = new long[200];
    var file = folder.resolve("fsync");
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (var i = 0; i < nanos.length; i++) {
        var start = System.nanoTime();
        channel.write(ByteBuffer.allocate(4_096));
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }
}
