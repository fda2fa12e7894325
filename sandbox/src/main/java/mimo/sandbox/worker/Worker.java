package mimo.sandbox.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import mimo.sandbox.Compilation;
import mimo.sandbox.Erasure;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.graal.EraserOnDemand;
import mimo.sandbox.graal.GuestEngine;
import mimo.sandbox.graal.GuestEngines;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameException;
import mimo.sandbox.protocol.FrameWriter;
import org.jspecify.annotations.Nullable;

/// Carries frames to the realms of one run tree, and what happens in them to frames. Confined to
/// one thread: at any time one guest runs, until it is idle.
final class Worker implements AutoCloseable {

  private final FrameWriter out;
  private final GuestEngines engines;
  private final Map<Integer, GuestEngine> guests = new HashMap<>();
  private final Map<String, ScriptSource> shelf = new HashMap<>();
  private final EraserOnDemand eraser;
  private long taken;

  Worker(SandboxLimits limits, FrameWriter out) {
    this.out = out;
    this.engines = new GuestEngines(limits);
    this.eraser = new EraserOnDemand(limits);
    // The first one is warm before anybody asks.
    guest(Frame.FIRST_GUEST);
  }

  private GuestEngine guest(int number) {
    return guests.computeIfAbsent(number, _ -> engines.open(event -> tell(number, event)));
  }

  void ready() throws IOException {
    out.write(new Frame.Ready());
    out.flush();
  }

  /// Handles one frame to its end: until nothing in the guest can run.
  void take(Frame.ToWorker frame) throws IOException, InterruptedException {
    taken++;
    switch (frame) {
      case Frame.Compile compile -> judge(guest(compile.guest()).compile(compile.source()));
      case Frame.Module module -> judge(guest(module.guest()).module(module.source()));
      case Frame.Link link when link.file().isEmpty() ->
          judge(guest(link.guest()).linkScript(link.targets()));
      case Frame.Link link -> guest(link.guest()).linkModule(link.file(), link.targets());
      case Frame.Erase erase -> erase(erase.source());
      case Frame.Library library -> shelve(library.source());
      case Frame.Start start -> start(start);
      case Frame.Settle settle -> guest(settle.guest()).settle(settle.call(), settle.settlement());
      case Frame.Leave leave -> leave(leave.guest());
    }
    out.flush();
  }

  private void erase(ScriptSource source) throws IOException, InterruptedException {
    out.write(
        switch (eraser.erase(source)) {
          case Erasure.Erased erased -> new Frame.Erased(erased.text());
          case Erasure.Refused refused ->
              new Frame.Judged(new Compilation.Rejected(refused.faults()));
        });
    idle(null);
  }

  private void start(Frame.Start start) {
    // What has started brings no more types to take out.
    eraser.close();
    var library = start.library().stream().map(this::shelved).toList();
    guest(start.guest()).start(start.launch().withLibrary(library));
  }

  private void judge(Compilation compilation) throws IOException {
    out.write(new Frame.Judged(compilation));
    idle(null);
  }

  private void shelve(ScriptSource source) {
    engines.shelve(source);
    shelf.put(source.name(), source);
  }

  private ScriptSource shelved(String name) {
    var source = shelf.get(name);
    if (source == null) {
      throw new IllegalArgumentException("no library file " + name + " was sent");
    }
    return source;
  }

  private void leave(int number) throws IOException {
    guest(number).close();
    guests.remove(number);
    idle(null);
  }

  private void idle(@Nullable Position waiting) throws IOException {
    out.write(new Frame.Idle(taken, waiting));
  }

  private void tell(int guest, GuestEvent event) {
    try {
      if (event instanceof GuestEvent.Idle(var waiting)) {
        idle(waiting);
      } else {
        out.write(new Frame.Told(guest, event));
      }
    } catch (FrameException e) {
      // Thrown here it would surface inside the guest, which must not be able to catch it.
      WorkerMain.halt(e);
    } catch (IOException e) {
      throw new UncheckedIOException("the parent does not read", e);
    }
  }

  @Override
  public void close() {
    eraser.close();
    engines.close();
  }
}
