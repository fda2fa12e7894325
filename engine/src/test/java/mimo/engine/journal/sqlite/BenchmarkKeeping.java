package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import mimo.engine.ActivityResult;
import mimo.engine.EngineLimits;
import mimo.engine.RunKeeper;
import mimo.engine.RunListener;
import mimo.engine.RunSummary;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;

/// Measures what runs take on the disk, and what removing them gives back (D61): runs of a thousand
/// agents with answers of 200 bytes. A program, not a test.
final class BenchmarkKeeping {

  private static final int RUNS = 100;
  private static final int KEPT = 20;
  private static final int AGENTS = 1_000;
  private static final String ANSWER = "{\"text\":\"" + "p".repeat(188) + "\"}";

  private BenchmarkKeeping() {}

  /// Prints its figures.
  ///
  /// @param arguments a folder on the disk to measure
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(Path.of(arguments[0]), "keeping");
    var agents = new ScriptedActivity((_, _) -> new ActivityResult.Completed(ANSWER, "{}"));
    try (var engine =
        TestBench.engine(new SqliteJournal(folder), agents, List.of("hunter2-hunter2"))) {
      for (int run = 0; run < RUNS; run++) {
        var workflow = ScriptedWorkflows.fanOut(AGENTS);
        engine.start(TestBench.request(), workflow, RunListener.none()).await();
      }
    }
    try (var keeper =
        new RunKeeper(
            new SqliteJournal(folder), KeptRunsTest.ALL_RULES, new ManualClock(), new Random(1))) {
      long full = keeper.bytes();
      print("%d runs of %,d agents: %.1f MiB, %,d bytes a step", full, RUNS);
      var outdated = keeper.outdated(Duration.ZERO, KEPT).stream().map(RunSummary::id).toList();
      long begin = System.nanoTime();
      keeper.erase(outdated);
      print("after gc, %d runs of %,d agents: %.1f MiB, %,d bytes a step", keeper.bytes(), KEPT);
      System.out.printf(
          Locale.ROOT,
          "removing %d runs took %.2f s, in groups of %d streams%n",
          outdated.size(),
          (System.nanoTime() - begin) / 1e9,
          EngineLimits.ERASED_AT_ONCE);
    }
  }

  private static void print(String format, long bytes, int runs) {
    System.out.printf(
        Locale.ROOT,
        format + "%n",
        runs,
        AGENTS,
        bytes / (double) (1 << 20),
        bytes / ((long) runs * AGENTS));
  }
}
