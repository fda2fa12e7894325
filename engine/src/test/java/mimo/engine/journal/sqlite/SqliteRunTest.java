package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mimo.engine.Activity;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.BudgetLimit;
import mimo.engine.Engine;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.Loss;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunRequest;
import mimo.engine.RunResult;
import mimo.engine.RunState;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.engine.journal.ContentKeys;
import mimo.engine.testing.Patience;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs on the real store, by one process and by two.
final class SqliteRunTest {

  private static final String SECRET = "hunter2-\"hunter2\"/ü";

  @TempDir private Path folder = Path.of("unset");

  private Engine engine(Activity agents) {
    return TestBench.engine(new SqliteJournal(folder), agents, List.of(SECRET));
  }

  @Test
  void resumesInAnotherEngineWhereTheFirstStopped() throws InterruptedException {
    RunResult first;
    try (var engine = engine(ScriptedActivity.echo())) {
      first =
          engine
              .start(
                  TestBench.request(),
                  scope -> {
                    for (var i = 0; i < 3; i++) {
                      scope.schedule(TestBench.agent("s" + i));
                      scope.awaitDeliveries();
                    }
                    return new WorkflowResult.Failed(
                        "worker_killed", "", null, WorkflowResult.Resumable.YES, List.of());
                  },
                  RunListener.none())
              .await();
    }
    var agents = ScriptedActivity.echo();
    try (var engine = engine(agents)) {
      assertEquals(new RunState.Interrupted(), engine.list().getFirst().state());

      var second =
          engine
              .resume(
                  first.id(),
                  TestBench.request(),
                  ScriptedWorkflows.sequential(5),
                  RunListener.none())
              .await();

      assertInstanceOf(RunResult.Completed.class, second);
      assertEquals(2, agents.runs());
    }
  }

  @Test
  void aSequentialStepCostsAtMostTwoCommitsD13() throws InterruptedException {
    var journal = new SqliteJournal(folder);
    var runThread = new AtomicReference<Thread>();
    Workflow workflow =
        scope -> {
          runThread.set(Thread.currentThread());
          return ScriptedWorkflows.sequential(50).execute(scope);
        };
    // A body that ends before its workflow waits for it is no sequential step.
    var echo = ScriptedActivity.echo();
    Activity patient =
        (request, context) -> {
          Patience.until(() -> runThread.get().getState() == Thread.State.WAITING);
          return echo.perform(request, context);
        };
    try (var engine = TestBench.engine(journal, patient)) {
      engine.start(TestBench.request(), workflow, RunListener.none()).await();

      // Taking the lease, the run's start and its end are one commit each.
      assertTrue(journal.commits() <= 2 * 50 + 3, journal.commits() + " commits for 50 steps");
    }
  }

  @Test
  void refusesASecondEngineWhileTheFirstWorksD43() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var agents =
        new ScriptedActivity((_, _) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return new ActivityResult.Cancelled();
        });
    try (var first = engine(agents);
        var second = engine(ScriptedActivity.echo())) {
      var workflow = ScriptedWorkflows.sequential(1);
      var run = first.start(TestBench.request(), workflow, RunListener.none());
      begun.await();

      var refused =
          assertThrows(
              LeaseRefused.class,
              () -> second.resume(run.id(), TestBench.request(), workflow, RunListener.none()));

      assertEquals("run_live", refused.code());
      assertEquals(new RunState.Running(), second.list().getFirst().state());
      assertEquals(2, second.events(run.id()).size());
      run.interrupt("interrupted", "");
      run.await();
      var resumed =
          second.resume(run.id(), TestBench.request(), workflow, RunListener.none()).await();
      assertInstanceOf(RunResult.Completed.class, resumed);
    }
  }

  @Test
  void takesOverFromAKilledProcessAndNotFromALiveOneD43() throws IOException, InterruptedException {
    var child = child();
    try (var engine = engine(ScriptedActivity.echo());
        var output = new BufferedReader(child.inputReader(StandardCharsets.UTF_8))) {
      var id = new RunId(String.valueOf(output.readLine()));
      var workflow = ScriptedWorkflows.sequential(2);

      assertEquals(new RunState.Running(), engine.list().getFirst().state());
      var refused =
          assertThrows(
              LeaseRefused.class,
              () -> engine.resume(id, TestBench.request(), workflow, RunListener.none()));
      assertTrue(
          String.valueOf(refused.getMessage())
              .startsWith("run " + id + " is worked on by process " + child.pid() + " on "),
          refused.getMessage());

      child.destroyForcibly();
      assertTrue(child.waitFor(30, TimeUnit.SECONDS));

      assertEquals(new RunState.Interrupted(), engine.list().getFirst().state());
      var result = engine.resume(id, TestBench.request(), workflow, RunListener.none()).await();
      assertInstanceOf(RunResult.Completed.class, result);
    } finally {
      child.destroyForcibly();
    }
  }

  private Process child() throws IOException {
    return TestJvm.start(StuckOwner.class, folder.toString());
  }

  @Test
  void leavesNoPlantedValueInAnyByteOfTheStoreDP14() throws IOException, InterruptedException {
    var json = "{\"s\":\"hunter2-\\\"hunter2\\\"/ü\"}";
    var agents =
        new ScriptedActivity((_, context) -> {
          context.charge(Map.of(SECRET, 1L));
          return context.seq() == 1
              ? new ActivityResult.Completed("[\"" + "x".repeat(9_000) + "\"," + json + "]", json)
              : new ActivityResult.Failed(SECRET, SECRET, json);
        });
    var position = new SourcePosition(SECRET, 1, 1);
    var script = new RunRequest.ScriptDigest(SECRET, "ab".repeat(32));
    var request =
        new RunRequest(
            SECRET, List.of(script), json, json, new BudgetLimit.Unlimited("output_tokens"));
    var seen = new ArrayList<String>();
    RunId id;
    try (var engine = engine(agents)) {
      var result =
          engine
              .start(
                  request,
                  scope -> {
                    seen.add(scope.arguments());
                    scope.log(SECRET);
                    scope.enterPhase(SECRET);
                    for (var i = 0; i < 2; i++) {
                      scope.schedule(
                          new ActivityRequest(
                              StepKind.AGENT,
                              ContentKeys.of(json),
                              SECRET,
                              json,
                              SECRET,
                              SECRET,
                              position));
                    }
                    while (scope.openSteps() > 0) {
                      scope
                          .awaitDeliveries()
                          .forEach(delivery -> seen.add(delivery.outcome().toString()));
                    }
                    return new WorkflowResult.Finished(
                        json, List.of(new Loss(2, SECRET, SECRET, SECRET)));
                  },
                  RunListener.none())
              .await();
      id = result.id();
      seen.add(result.toString());
      seen.add(engine.events(id).toString());
      assertNoSecretIn(folder.resolve("mimocode.db-wal"));
    }

    assertNoSecretIn(folder.resolve("mimocode.db"));
    for (var text : seen) {
      assertFalse(text.contains("hunter2"), text);
    }
  }

  private static void assertNoSecretIn(Path file) throws IOException {
    // The store is this test's own and idle; nobody loses a lock by this look at its bytes.
    var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);

    assertTrue(bytes.contains("REDACTED"), "the scan of " + file + " saw nothing");
    assertFalse(bytes.contains("hunter2"), file + " holds the planted value");
  }

  @Test
  void replaysARunThatWasGivenASecret() throws InterruptedException {
    var json = "{\"s\":\"hunter2-\\\"hunter2\\\"/ü\"}";
    var request = TestBench.request(json, new BudgetLimit.Unlimited("output_tokens"));
    RunResult first;
    try (var engine = engine(ScriptedActivity.echo())) {
      first =
          engine
              .start(
                  request,
                  scope -> {
                    scope.schedule(TestBench.agent("use " + scope.arguments().length()));
                    scope.awaitDeliveries();
                    return new WorkflowResult.Failed(
                        "worker_killed", "", null, WorkflowResult.Resumable.YES, List.of());
                  },
                  RunListener.none())
              .await();
    }
    try (var engine = engine(ScriptedActivity.echo())) {
      var second =
          engine
              .resume(
                  first.id(),
                  request,
                  scope -> {
                    scope.schedule(TestBench.agent("use " + scope.arguments().length()));
                    scope.awaitDeliveries();
                    return new WorkflowResult.Finished(scope.arguments(), List.of());
                  },
                  RunListener.none())
              .await();

      var value = assertInstanceOf(RunResult.Completed.class, second).value();
      assertTrue(value.matches("\\{\"s\":\"\\[REDACTED:live-value:[0-9a-f]{4}]\"}"), value);
    }
  }

  @Test
  void opensEachLockFileOnceS95() throws IOException, InterruptedException {
    var descriptors = Path.of("/proc/self/fd");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(descriptors), "this system does not list open files");
    var open = new ArrayList<Long>();
    try (var engine = engine(ScriptedActivity.echo())) {
      engine
          .start(
              TestBench.request(),
              scope -> {
                engine.list();
                open.add(openLocks(descriptors));
                return new WorkflowResult.Finished("1", List.of());
              },
              RunListener.none())
          .await();
      open.add(openLocks(descriptors));
    }

    assertEquals(List.of(1L, 0L), open);
  }

  private long openLocks(Path descriptors) {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.filter(this::isLock).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isLock(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder.resolve("locks"));
    } catch (IOException e) {
      // It was closed while the list was read.
      return false;
    }
  }
}
