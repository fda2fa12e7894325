package mimo.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.Compilation;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameReader;
import mimo.sandbox.protocol.FrameWriter;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;

class WorkerTest {

  private static final SandboxLimits LIMITS = SandboxLimits.defaults();

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Worker worker =
      new Worker(LIMITS, new FrameWriter(sent, WorkerArguments.caps(LIMITS)));

  private List<Frame.FromWorker> sent() throws IOException {
    var frames = new ArrayList<Frame.FromWorker>();
    var in = new ByteArrayInputStream(sent.toByteArray());
    var reader = new FrameReader(in, WorkerArguments.caps(LIMITS));
    for (byte[] bytes = reader.nextBytes(); bytes != null; bytes = reader.nextBytes()) {
      frames.add(reader.parse(bytes));
    }
    sent.reset();
    return frames;
  }

  @Test
  void answersEachFrameAndSaysWhichOneItHasServed() throws Exception { // S19
    try (worker) {
      worker.ready();
      worker.take(new Frame.Compile(0, ScriptDriver.script("return 1 + await agent('p');")));
      worker.take(new Frame.Library(new ScriptSource("a.js", "wf.define('one', 1);")));
      worker.take(new Frame.Library(ScriptDriver.library()));
      worker.take(
          new Frame.Start(
              0,
              List.of("a.js", ScriptDriver.library().name()),
              new GuestLaunch(List.of(), null, "{}", ScriptDriver.SEED, ScriptDriver.CLOCK, 0)));

      var at = new Position(1, 68);
      var free = List.of(new Compilation.Reference("agent", at));
      assertEquals(
          List.of(
              new Frame.Ready(),
              new Frame.Judged(
                  new Compilation.Compiled(
                      "{\"name\":\"t\",\"description\":\"d\"}",
                      List.of(),
                      free,
                      List.of(),
                      List.of(),
                      List.of())),
              new Frame.Idle(1, null),
              new Frame.Told(
                  0, new GuestEvent.Called(1, "agent", "{\"prompt\":\"p\"}", "", "{}", at)),
              new Frame.Idle(4, new Position(1, 62))),
          sent());

      worker.take(new Frame.Settle(0, 1, ScriptDriver.resolved("41", 1)));

      assertEquals(List.of(new Frame.Told(0, new GuestEvent.Finished("42"))), sent());
    }
  }

  @Test
  void limitsTravelOnTheCommandLine() {
    var limits =
        LIMITS
            .withValues(_ -> new SandboxLimits.Values(1, 2, 3, 4, 5, 6, 7, 9))
            .withPipe(pipe -> pipe.withFrames(8, 1L << 40))
            .withMemory(memory -> memory.withEraserStack(10));

    assertEquals(limits, WorkerArguments.parse(WorkerArguments.of(limits)));
    assertArrayEquals(
        new String[] {"1", "2", "3", "4", "5", "6", "7", "9", "8", "1099511627776", "10"},
        WorkerArguments.of(limits));
  }

  @Test
  void aWorkerStartedByHandSaysWhoStartsIt() {
    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> WorkerArguments.parse(new String[] {"1"}));

    assertEquals(
        "a worker takes 11 limits, not 1; it is started by its parent", failure.getMessage());
  }
}
