package mimo.engine.journal.sqlite;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import mimo.engine.ActivityResult;
import mimo.engine.RunListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;

/// A process whose only run waits for a body that does not end. It prints how many milliseconds of
/// CPU the whole process has used in ten seconds of that.
final class IdleOwner {

  /// So long, what the start has left to do is over.
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Duration WATCHED = Duration.ofSeconds(10);

  private IdleOwner() {}

  /// @param arguments the store's folder
  public static void main(String[] arguments) throws Exception {
    var cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    var begun = new CountDownLatch(1);
    var endless =
        new ScriptedActivity((_, context) -> {
          begun.countDown();
          var stopped = new CountDownLatch(1);
          try (var _ = context.pausing().onCancel(stopped::countDown)) {
            stopped.await();
          }
          return new ActivityResult.Cancelled();
        });
    try (var owner = TestBench.engine(new SqliteJournal(Path.of(arguments[0])), endless)) {
      var run =
          owner.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
      begun.await();
      Thread.sleep(SETTLED);
      long before = cpu.getProcessCpuTime();
      Thread.sleep(WATCHED);
      System.out.println(Duration.ofNanos(cpu.getProcessCpuTime() - before).toMillis());
      run.cancel();
      run.await();
    }
  }
}
