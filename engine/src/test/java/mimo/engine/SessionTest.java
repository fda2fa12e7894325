package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a body writes down while it works is there before anything acts on it, and afterwards.
final class SessionTest extends EngineGround {

  private static final int NOTES = 5;
  private static final Workflow ONE_STEP = ScriptedWorkflows.sequential(1);

  /// Writes five notes, one after the other, but for those it finds.
  private static ScriptedActivity writer() {
    return new ScriptedActivity((_, context) -> {
      var session = context.session();
      for (int note = session.recorded().size(); note < NOTES; note++) {
        session.append("note", "{\"n\":" + note + "}");
        session.awaitDurable();
      }
      session.append("end", "{}");
      return new ActivityResult.Completed("\"done\"", "{}");
    });
  }

  private static List<SessionEntry> stored(InMemoryJournal.Disk disk, RunId id) {
    return disk.records(StreamId.session(id, 0, 1, 0)).stream().map(SessionCodec::decode).toList();
  }

  private static List<String> texts(List<SessionEntry> entries) {
    return entries.stream().map(SessionEntry::json).toList();
  }

  @Test
  void theEngineTellsWhatAStepWroteDown() throws InterruptedException {
    var engine = TestBench.engine(journal, writer());

    var id = run(engine, ONE_STEP).id();

    var now = new ManualClock().instant();
    var notes = IntStream.range(0, NOTES).mapToObj(n -> new SessionEntry("note", n(n), now));
    var all = new java.util.ArrayList<>(notes.toList());
    all.add(new SessionEntry("end", "{}", now));
    assertEquals(all, engine.session(id, 1));
    assertEquals(List.of(), engine.session(id, 2));
  }

  private static String n(int number) {
    return "{\"n\":" + number + "}";
  }

  @Test
  void aStepGoesOnFromWhatItWroteDownAfterACutAtAnyAppendD26() throws InterruptedException {
    int cuts = 0;
    for (int cut = 2; ; cut++) {
      var disk = new InMemoryJournal.Disk();
      var first = run(TestBench.engine(new InMemoryJournal(disk, cut), writer()), ONE_STEP);
      if (first instanceof RunResult.Completed) {
        break;
      }
      var written = texts(stored(disk, first.id()));
      var whole = new InMemoryJournal(disk, Integer.MAX_VALUE);

      var result =
          TestBench.engine(whole, writer())
              .resume(first.id(), TestBench.request(), ONE_STEP, RunListener.none())
              .await();

      assertInstanceOf(RunResult.Completed.class, result, "cut " + cut);
      var all = texts(stored(disk, first.id()));
      assertEquals(written, all.subList(0, written.size()), "cut " + cut);
      assertEquals(
          IntStream.range(0, NOTES).mapToObj(SessionTest::n).toList(),
          all.subList(0, NOTES),
          "cut " + cut);
      cuts++;
    }
    assertTrue(cuts > NOTES, "only " + cuts + " cuts");
  }

  @Test
  void noStepHasEndedWithoutAllItWroteDownD25() throws InterruptedException {
    for (int cut = 2; cut < 14; cut++) {
      var disk = new InMemoryJournal.Disk();
      var id = run(TestBench.engine(new InMemoryJournal(disk, cut), writer()), ONE_STEP).id();

      boolean ended =
          disk.records(StreamId.run(id)).stream()
              .anyMatch(record -> record.type().equals("step_completed"));

      if (ended) {
        assertEquals(NOTES + 1, stored(disk, id).size(), "cut " + cut);
      }
    }
  }

  @Test
  void whatIsWrittenDownIsRedactedForWhoeverReadsItD11() throws InterruptedException {
    var secret = "hunter2-hunter2";
    var seen = new AtomicReference<@Nullable SessionEntry>();
    var agents =
        new ScriptedActivity((_, context) -> {
          seen.set(context.session().append("note", "{\"said\":\"" + secret + "\"}"));
          return new ActivityResult.Completed("1", "{}");
        });

    var id = run(TestBench.engine(journal, agents, List.of(secret)), ONE_STEP).id();

    var stored = stored(journal.disk(), id);
    assertFalse(stored.toString().contains(secret), stored.toString());
    assertEquals(stored.getFirst(), seen.get());
  }

  @Test
  void aLongEntryIsReadBackWholeD14() throws InterruptedException {
    var text = "x".repeat(3 * EngineLimits.INLINE_VALUE_BYTES);
    var agents =
        new ScriptedActivity((_, context) -> {
          context.session().append("note", "\"" + text + "\"");
          return new ActivityResult.Completed("1", "{}");
        });
    var engine = TestBench.engine(journal, agents);

    var id = run(engine, ONE_STEP).id();

    assertEquals(List.of("\"" + text + "\""), texts(engine.session(id, 1)));
    assertFalse(
        journal.disk().records(StreamId.session(id, 0, 1, 0)).getFirst().body().contains("xxxx"));
  }

  @Test
  void whoeverLostTheRunWritesNothingMoreOfItsSessionsD42() throws InterruptedException {
    var agents =
        new ScriptedActivity((_, context) -> {
          var session = context.session();
          session.append("note", "1");
          session.awaitDurable();
          journal.steal(StreamId.run(context.run()));
          session.append("note", "2");
          session.awaitDurable();
          return new ActivityResult.Completed("1", "{}");
        });

    var result = run(TestBench.engine(journal, agents), ONE_STEP);

    assertEquals("fenced", assertInstanceOf(RunResult.Interrupted.class, result).code());
    assertEquals(List.of("1"), texts(stored(journal.disk(), result.id())));
    assertEquals(List.of("run_started", "step_scheduled"), types(result.id()));
  }

  @Test
  void whatIsNoJsonIsADefectOfTheBody() throws InterruptedException {
    var agents =
        new ScriptedActivity((_, context) -> {
          context.session().append("note", "{");
          return new ActivityResult.Completed("1", "{}");
        });

    var id = run(TestBench.engine(journal, agents), ONE_STEP).id();

    assertTrue(types(id).contains("step_failed"), types(id).toString());
  }

  @Test
  void aSessionThatCannotBeWrittenStopsTheRunAndLeavesTheStepOpenD11() throws InterruptedException {
    var ports = TestBench.ports(journal, writer(), List.of(), 1);
    var failing =
        new EnginePorts(
            journal,
            Map.of(StepKind.AGENT, writer()),
            ports.scheduler(),
            key -> new FailingOnNotes(ports.redaction().forRun(key)),
            ports.clock(),
            ports.random());

    var result = run(new Engine(failing), ONE_STEP);

    assertEquals("redaction_failed", assertInstanceOf(RunResult.Interrupted.class, result).code());
    assertEquals(List.of("run_started", "step_scheduled"), types(result.id()));
  }

  private record FailingOnNotes(mimo.engine.redaction.Redactor redactor)
      implements mimo.engine.redaction.Redactor {

    @Override
    public String clean(String text) {
      return redactor.clean(text);
    }

    @Override
    public String cleanJson(String json) {
      if (json.startsWith("{\"n\"")) {
        throw new EngineException.RedactionFailed("no", null);
      }
      return redactor.cleanJson(json);
    }
  }

  @Test
  void nothingIsKeptOfWorkOutsideAnyRun() throws InterruptedException {
    var session = Session.unrecorded();

    assertEquals("{}", session.append("note", "{}").json());
    session.awaitDurable();

    assertEquals(List.of(), session.recorded());
  }
}
