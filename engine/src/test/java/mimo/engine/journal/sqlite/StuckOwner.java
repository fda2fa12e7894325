package mimo.engine.journal.sqlite;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import mimo.engine.ActivityResult;
import mimo.engine.RunListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;

/// A process that owns a run and never finishes it. It prints the run's id once its step runs.
final class StuckOwner {

  private StuckOwner() {}

  /// Runs until it is killed.
  ///
  /// @param arguments the store's folder
  public static void main(String[] arguments) throws InterruptedException {
    var agents =
        new ScriptedActivity((_, context) -> {
          System.out.println(context.run());
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });
    var engine = TestBench.engine(new SqliteJournal(Path.of(arguments[0])), agents);
    engine.start(TestBench.request(), ScriptedWorkflows.sequential(2), RunListener.none()).await();
  }
}
