package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameCaps;
import mimo.sandbox.protocol.FrameReader;
import mimo.sandbox.protocol.FrameWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What a parent takes from its worker. No process is started: the test plays the worker, which
/// answers once it was asked.
class WorkerLinkTest {

  private static final FrameCaps CAPS = new FrameCaps(4096, 100_000, 64);
  private static final SandboxLimits LIMITS = SandboxLimits.defaults();

  private final WorkerKeeper keeper = keeper();
  private final List<Frame.FromWorker> answers = new ArrayList<>();
  private final ByteArrayOutputStream pipe =
      new ByteArrayOutputStream() {
        @Override
        public void flush() {
          answers.forEach(WorkerLinkTest.this::arrives);
          answers.clear();
        }
      };
  private final WorkerLink link = new WorkerLink(keeper, new FrameWriter(pipe, CAPS));

  private static WorkerKeeper keeper() {
    var scratch = Path.of("scratch");
    var settings =
        WorkerSettings.of(Path.of("/jdk/bin/java"), List.of(Path.of("a.jar")), null, scratch);
    return new WorkerKeeper(settings, new WorkerLauncher(settings, scratch));
  }

  private void arrives(Frame.FromWorker frame) {
    try {
      keeper.queue().put(frame, 1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Frame.ToWorker> sent() throws IOException {
    var frames = new ArrayList<Frame.ToWorker>();
    var bytes = new ByteArrayInputStream(pipe.toByteArray());
    var reader = new FrameReader(bytes, CAPS);
    while (bytes.available() > 0) {
      frames.add(reader.nextToWorker());
    }
    return frames;
  }

  private static String broken(Executable action) {
    var end = assertThrows(SandboxException.class, action);
    return end.code() + ": " + end.getMessage();
  }

  @Test
  void nothingIsSentToAWorkerThatSpeaksWithoutBeingAsked() throws Exception { // S6
    arrives(new Frame.Ready());

    assertEquals(
        "worker_protocol: the worker speaks without being asked",
        broken(() -> link.deliver(new Frame.Leave(0))));
    assertEquals(List.of(), sent());
  }

  @Test
  void aFileOfTheLibraryIsSentOnce() throws Exception {
    var file = new ScriptSource("a.js", "one();");
    link.shelve(file);
    link.shelve(file);

    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> link.shelve(new ScriptSource("a.js", "another();")));

    assertEquals("the worker has another library file a.js", failure.getMessage());
    assertEquals(List.of(new Frame.Library(file)), sent());
  }

  @Test
  void whereNothingIsAskedNothingIsAnswered() throws Exception { // S6
    answers.add(new Frame.Idle(1, null));
    link.tell(new Frame.Leave(1));
    answers.add(new Frame.Told(1, new GuestEvent.Finished("1")));

    assertEquals(
        "worker_protocol: the worker goes on though nothing was asked",
        broken(() -> link.tell(new Frame.Leave(2))));
    assertEquals(List.of(new Frame.Leave(1), new Frame.Leave(2)), sent());
  }

  @Test
  void aFrameOverItsCapEndsTheWorkerUnsent() throws Exception { // S6
    var long5000 = new ScriptSource("a.js", "x".repeat(5000));

    assertEquals(
        "value_too_large: the worker was to get a frame of 5048 bytes; at most 4096 are allowed",
        broken(() -> link.deliver(new Frame.Compile(0, long5000))));
    assertEquals(List.of(), sent());
  }

  @Test
  void aGuestIsToldItsOwnEventsOnly() throws Exception { // S6, L44
    var guest = new WorkerGuest(link, LIMITS, 2);
    var at = new Position(1, 1);
    var note = new GuestEvent.Noted("log", "{}", "", "{}", at);
    arrives(new Frame.Told(2, note));
    arrives(new Frame.Idle(0, at));
    arrives(new Frame.Told(3, note));

    assertEquals(note, guest.next());
    assertEquals(new GuestEvent.Idle(at), guest.next());
    assertEquals("worker_protocol: guest 3 speaks in the turn of guest 2", broken(guest::next));
  }

  @Test
  void nothingButEventsComesFromAGuest() { // S6
    for (var frame :
        List.of(
            new Frame.Ready(),
            new Frame.Judged(new Compilation.Compiled("{}")),
            new Frame.Erased("let a"))) {
      arrives(frame);

      assertEquals(
          "worker_protocol: the worker starts over",
          broken(new WorkerGuest(link, LIMITS, 0)::next),
          frame.toString());
    }
  }
}
