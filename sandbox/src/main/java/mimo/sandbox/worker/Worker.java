package mimo.sandbox.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import mimo.sandbox.Compilation;
import mimo.sandbox.Erasure;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.graal.EraserOnDemand;
import mimo.sandbox.graal.GuestEngine;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameException;
import mimo.sandbox.protocol.FrameWriter;

/// Carries frames to the engine and the engine's events to frames. Confined to one thread.
final class Worker implements AutoCloseable {

  private final FrameWriter out;
  private final GuestEngine engine;
  private final EraserOnDemand eraser;
  private long taken;

  Worker(SandboxLimits limits, FrameWriter out) {
    this.out = out;
    this.engine = new GuestEngine(limits, this::tell);
    this.eraser = new EraserOnDemand(limits);
  }

  void ready() throws IOException {
    out.write(new Frame.Ready());
    out.flush();
  }

  /// Handles one frame to its end: until nothing in the guest can run.
  void take(Frame.ToWorker frame) throws IOException, InterruptedException {
    taken++;
    switch (frame) {
      case Frame.Compile(var source) -> {
        out.write(new Frame.Judged(engine.compile(source)));
        out.write(new Frame.Idle(taken, null));
      }
      case Frame.Module(var source) -> {
        out.write(new Frame.Judged(engine.module(source)));
        out.write(new Frame.Idle(taken, null));
      }
      case Frame.Link(var file, var targets) when file.isEmpty() -> {
        out.write(new Frame.Judged(engine.linkScript(targets)));
        out.write(new Frame.Idle(taken, null));
      }
      case Frame.Link(var file, var targets) -> engine.linkModule(file, targets);
      case Frame.Erase(var source) -> {
        out.write(erased(eraser.erase(source)));
        out.write(new Frame.Idle(taken, null));
      }
      case Frame.Library(var source) -> engine.library(source);
      case Frame.Start(var launch) -> {
        eraser.close();
        engine.start(launch);
      }
      case Frame.Settle(var call, var settlement) -> engine.settle(call, settlement);
    }
    out.flush();
  }

  private static Frame.FromWorker erased(Erasure erasure) {
    return switch (erasure) {
      case Erasure.Erased(var text) -> new Frame.Erased(text);
      case Erasure.Refused(var faults) -> new Frame.Judged(new Compilation.Rejected(faults));
    };
  }

  private void tell(GuestEvent event) {
    try {
      out.write(
          event instanceof GuestEvent.Idle(var waiting)
              ? new Frame.Idle(taken, waiting)
              : new Frame.Told(event));
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
    engine.close();
  }
}
