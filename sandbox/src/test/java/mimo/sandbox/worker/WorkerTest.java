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
import mimo.sandbox.ScriptFault;
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

  private static Frame.Start start(int guest) {
    return new Frame.Start(
        guest,
        List.of(ScriptDriver.library().name()),
        new GuestLaunch(List.of(), null, "{}", ScriptDriver.SEED, ScriptDriver.CLOCK, 0));
  }

  @Test
  void importedFilesAreCompiledLinkedAndRunBeforeTheScript() throws Exception { // L13, L15
    var script =
        new ScriptSource(
            "s.js",
            "export const meta = {name: 't', description: 'd'}\n"
                + "import {ask} from './lib.js'\nreturn await ask()");
    var library = new ScriptSource("lib.js", "\nexport const ask = async () => await agent('p')");
    try (worker) {
      worker.take(new Frame.Compile(0, script));
      worker.take(new Frame.Module(0, library));
      worker.take(new Frame.Link(0, "lib.js", List.of()));
      worker.take(new Frame.Link(0, "", List.of("lib.js")));

      var compiled =
          new Compilation.Compiled(
              "{\"name\":\"t\",\"description\":\"d\"}",
              List.of(new Compilation.Import("./lib.js", new Position(2, 1))),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      var agent = new Compilation.Reference("agent", new Position(2, 38));
      assertEquals(
          List.of(
              new Frame.Judged(compiled),
              new Frame.Idle(1, null),
              new Frame.Judged(
                  new Compilation.Compiled(
                      "{}", List.of(), List.of(agent), List.of(), List.of(), List.of())),
              new Frame.Idle(2, null),
              new Frame.Judged(compiled),
              new Frame.Idle(4, null)),
          sent());

      worker.take(new Frame.Library(ScriptDriver.library()));
      worker.take(start(0));
      worker.take(new Frame.Settle(0, 1, ScriptDriver.resolved("41", 1)));

      var asked =
          new GuestEvent.Called(
              1, "agent", "{\"prompt\":\"p\"}", "", "{}", new Position(2, 38, "lib.js"));
      assertEquals(
          List.of(
              new Frame.Told(0, asked),
              new Frame.Idle(6, new Position(3, 8)),
              new Frame.Told(0, new GuestEvent.Finished("41"))),
          sent());
    }
  }

  @Test
  void aNameThatNoFileExportsIsAnsweredWhenTheScriptIsLinked() throws Exception { // L13
    try (worker) {
      worker.take(
          new Frame.Compile(
              0,
              new ScriptSource(
                  "s.js",
                  "export const meta = {name: 't', description: 'd'}\nimport {a} from './l.js'")));
      worker.take(new Frame.Module(0, new ScriptSource("l.js", "")));
      worker.take(new Frame.Link(0, "l.js", List.of()));
      sent();

      worker.take(new Frame.Link(0, "", List.of("l.js")));

      assertEquals(
          List.of(
              new Frame.Judged(
                  new Compilation.Rejected(
                      List.of(
                          new ScriptFault(
                              "script_invalid", "SyntaxError", "l.js exports no `a`", 2, 9, "")))),
              new Frame.Idle(4, null)),
          sent());
    }
  }

  @Test
  void framesInAnotherOrderAreTheParentsMistake() throws Exception { // L15
    try (worker) {
      worker.take(new Frame.Module(0, new ScriptSource("b.js", "import './a.js'")));
      worker.take(new Frame.Module(0, new ScriptSource("a.js", "")));

      assertEquals(
          "no script was compiled",
          assertThrows(
                  IllegalStateException.class,
                  () -> worker.take(new Frame.Link(0, "", List.of("a.js"))))
              .getMessage());
      assertEquals(
          "no file c.js was compiled",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> worker.take(new Frame.Link(0, "c.js", List.of())))
              .getMessage());
      assertEquals(
          "b.js has 1 imports, which cannot be [a.js]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> worker.take(new Frame.Link(0, "b.js", List.of("a.js"))))
              .getMessage());
      assertEquals(
          "b.js has 1 imports, which cannot be []",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> worker.take(new Frame.Link(0, "b.js", List.of())))
              .getMessage());
      assertEquals(
          "no library file library.js was sent",
          assertThrows(IllegalArgumentException.class, () -> worker.take(start(0))).getMessage());
    }
  }

  @Test
  void aGuestThatLeavesTakesNoOtherAlong() throws Exception { // L44
    try (worker) {
      worker.take(new Frame.Library(ScriptDriver.library()));
      for (int guest : List.of(0, 3)) {
        worker.take(new Frame.Compile(guest, ScriptDriver.script("return 1 + await agent('p');")));
        worker.take(start(guest));
      }
      sent();

      worker.take(new Frame.Leave(3));
      worker.take(new Frame.Compile(3, ScriptDriver.script("return 'another';")));
      worker.take(start(3));
      worker.take(new Frame.Settle(0, 1, ScriptDriver.resolved("1", 1)));

      assertEquals(
          List.of(
              new Frame.Idle(6, null),
              new Frame.Judged(new Compilation.Compiled("{\"name\":\"t\",\"description\":\"d\"}")),
              new Frame.Idle(7, null),
              new Frame.Told(3, new GuestEvent.Finished("\"another\"")),
              new Frame.Told(0, new GuestEvent.Finished("2"))),
          sent());
    }
  }

  @Test
  void typesAreTakenOutBeforeTheScriptComes() throws Exception { // L3
    try (worker) {
      worker.take(new Frame.Erase(new ScriptSource("a.ts", "let a: number = 1")));
      worker.take(new Frame.Erase(new ScriptSource("b.ts", "let a = 1\nenum B {}")));

      assertEquals(
          List.of(
              new Frame.Erased("let a         = 1"),
              new Frame.Idle(1, null),
              new Frame.Judged(
                  new Compilation.Rejected(
                      List.of(
                          new ScriptFault(
                              "type_not_erasable",
                              "SyntaxError",
                              "`enum` is more than a type: write an object with `as const`",
                              2,
                              1,
                              "")))),
              new Frame.Idle(2, null)),
          sent());
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
