package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.WrittenEntry;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.JournalContract.Acknowledgements;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;

/// Runs that another process follows while somebody works on them (D44, D55).
final class FollowedRunTest extends EngineGround {

  private final InMemoryJournal elsewhere = new InMemoryJournal(journal.disk(), Integer.MAX_VALUE);

  private final Engine reader = TestBench.engine(elsewhere, ScriptedActivity.echo());

  private static List<RecordedEvent> all(RunTail tail) {
    var events = new ArrayList<RecordedEvent>();
    for (var page = tail.next(); !page.isEmpty(); page = tail.next()) {
      events.addAll(page);
    }
    return events;
  }

  @Test
  void showsAReaderWhatTheOwnersListenerHeardD55() throws InterruptedException {
    var heard = new RecordingListener();
    var run =
        TestBench.ticking(journal, ScriptedActivity.echo())
            .start(TestBench.request(), ScriptedWorkflows.mixed(4), heard)
            .await()
            .id();

    var events = all(reader.follow(run));

    assertEquals(types(run).size(), events.size());
    assertEquals(
        heard.heard(), events.subList(events.size() - heard.heard().size(), events.size()));
  }

  @Test
  void showsOnlyWhatIsNewSinceTheLastLookD44() throws InterruptedException {
    var begun = new Semaphore(0);
    var released = new Semaphore(0);
    var slow =
        new ScriptedActivity((request, _) -> {
          begun.release();
          released.acquire();
          return new ActivityResult.Completed(request.input(), "{}");
        });
    var run =
        TestBench.engine(journal, slow)
            .start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
    begun.acquire();
    var tail = reader.follow(run.id());

    var first = tail.next();
    var none = tail.next();
    released.release();
    run.await();
    var rest = tail.next();

    assertEquals(List.of(1L, 2L), first.stream().map(RecordedEvent::number).toList());
    assertEquals(List.of(), none);
    assertEquals(List.of(3L, 4L, 5L), rest.stream().map(RecordedEvent::number).toList());
    assertInstanceOf(RunEvent.Ended.class, rest.getLast().event());
  }

  @Test
  void readsALongRunPageByPage() throws InterruptedException {
    var run =
        run(TestBench.engine(journal, ScriptedActivity.echo()), ScriptedWorkflows.fanOut(1_200));
    var tail = reader.follow(run.id());

    var page = tail.next();
    var rest = all(tail);

    assertEquals(EngineLimits.READ_PAGE, page.size());
    assertEquals(types(run.id()).size() - EngineLimits.READ_PAGE, rest.size());
    assertEquals(EngineLimits.READ_PAGE + 1L, rest.getFirst().number());
  }

  @Test
  void refusesToFollowARunThatNobodyKnows() {
    var tail = reader.follow(new RunId("0123456789ab"));

    var refused = assertThrows(ResumeRefused.class, tail::next);

    assertEquals("run_unknown", refused.code());
    assertEquals("run '0123456789ab' is not in this store", refused.getMessage());
  }

  @Test
  void givesWhatAnEarlierMimoWroteTheTimeOfWhatCameBeforeD55() throws InterruptedException {
    var time = new LogicalTime();
    var began = time.instant();
    Workflow workflow =
        scope -> {
          scope.schedule(TestBench.timer(Duration.ofHours(1)));
          scope.awaitDeliveries();
          scope.log("woken");
          return new WorkflowResult.Finished("1", List.of());
        };
    var agents = ScriptedActivity.echo();
    var run = run(TestBench.engine(journal, agents, time, Attendance.UNATTENDED), workflow).id();
    time.put(Duration.ofHours(2));
    TestBench.engine(journal, agents, time, Attendance.UNATTENDED)
        .resume(run, TestBench.request(), workflow, RunListener.none())
        .await();

    var old = TestBench.engine(untimed(run), agents).follow(run).next();

    assertEquals(reader.events(run), old.stream().map(RecordedEvent::event).toList());
    assertEquals(
        List.of(
            "run_started",
            "step_scheduled",
            "timer_set",
            "run_parked",
            "run_resumed",
            "timer_fired",
            "delivered",
            "log_written",
            "run_ended"),
        types(run));
    var later = began.plus(Duration.ofHours(2));
    assertEquals(
        List.of(began, began, began, began, later, later, later, later, later),
        old.stream().map(RecordedEvent::at).toList());
  }

  /// The same run in a journal that tells of no entry when it was written.
  private InMemoryJournal untimed(RunId run) {
    var codec =
        new JournalCodec(new SecretRedactor(new LiveValues(List.of()), "00"), new ManualClock());
    var old = new InMemoryJournal();
    var heard = new Acknowledgements();
    try (var lease = old.acquire(StreamId.run(run))) {
      old.append(
          lease,
          entries(run).stream()
              .map(entry -> codec.encode(new WrittenEntry(entry, null)).record())
              .toList(),
          heard);
      assertEquals(Optional.empty(), heard.next());
    }
    return old;
  }
}
