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
      case Frame.Compile(var guest, var source) -> judge(guest(guest).compile(source));
      case Frame.Module(var guest, var source) -> judge(guest(guest).module(source));
      case Frame.Link(var guest, var file, var targets) when file.isEmpty() ->
          judge(guest(guest).linkScript(targets));
      case Frame.Link(var guest, var file, var targets) -> guest(guest).linkModule(file, targets);
      case Frame.Erase(var source) -> {
        out.write(erased(eraser.erase(source)));
        idle(null);
      }
      case Frame.Library(var source) -> shelve(source);
      case Frame.Start(var guest, var library, var launch) -> {
        eraser.close();
        guest(guest).start(launch.withLibrary(library.stream().map(this::shelved).toList()));
      }
      case Frame.Settle(var guest, var call, var settlement) ->
          guest(guest).settle(call, settlement);
      case Frame.Leave(var guest) -> leave(guest);
    }
    out.flush();
  }

  private static Frame.FromWorker erased(Erasure erasure) {
    return switch (erasure) {
      case Erasure.Erased(var text) -> new Frame.Erased(text);
      case Erasure.Refused(var faults) -> new Frame.Judged(new Compilation.Rejected(faults));
    };
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
