package mimo.sandbox;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameException;
import mimo.sandbox.protocol.FrameWriter;

/// The two directions of one worker's pipe, with the clock that runs between them. Confined to one
/// thread.
final class WorkerLink {

  private final WorkerKeeper keeper;
  private final FrameWriter writer;
  private final Map<String, ScriptSource> shelf = new HashMap<>();
  private long delivered;

  WorkerLink(WorkerKeeper keeper, FrameWriter writer) {
    this.keeper = keeper;
    this.writer = writer;
  }

  /// Sends a frame that the worker answers with an idle one in the end; its clock starts.
  ///
  /// @throws SandboxException if a cap is reached
  void deliver(Frame.ToWorker frame) {
    if (!keeper.queue().isEmpty()) {
      throw broken("the worker speaks without being asked");
    }
    send(frame);
    write(writer::flush);
  }

  /// Sends a frame that another one follows.
  ///
  /// @throws SandboxException if a cap is reached
  void send(Frame.ToWorker frame) {
    delivered++;
    keeper.watchdog().delivered(delivered, Watchdog.Work.of(frame));
    write(() -> writer.write(frame));
  }

  /// Sends a file of the library, unless the worker has it already.
  ///
  /// @throws IllegalArgumentException if it has another file of that name
  void shelve(ScriptSource file) {
    var known = shelf.putIfAbsent(file.name(), file);
    if (known == null) {
      send(new Frame.Library(file));
    } else if (!known.equals(file)) {
      throw new IllegalArgumentException("the worker has another library file " + file.name());
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  /// A worker that does not read is waited for no longer than one that does not answer.
  private void write(Writing writing) {
    keeper.watchdog().waitBegins();
    try {
      writing.run();
    } catch (FrameException e) {
      var why = new SandboxException(e.code(), "the worker was to get " + e.getMessage());
      keeper.condemn(why);
      throw why;
    } catch (IOException e) {
      // The worker is gone: the next read says why.
    } finally {
      keeper.watchdog().waitEnds();
    }
  }

  /// The next frame of the worker.
  ///
  /// @throws SandboxException if none comes any more
  Frame.FromWorker next() throws InterruptedException {
    keeper.watchdog().waitBegins();
    try {
      var frame = keeper.queue().take();
      if (frame instanceof Frame.Idle idle) {
        long last = idle.lastFrame();
        if (last != delivered) {
          throw broken("the worker is idle after frame %d of %d".formatted(last, delivered));
        }
        keeper.watchdog().idle();
      }
      return frame;
    } finally {
      keeper.watchdog().waitEnds();
    }
  }

  /// Sends a frame that is answered by nothing but an idle one.
  void tell(Frame.ToWorker frame) throws InterruptedException {
    deliver(frame);
    if (!(next() instanceof Frame.Idle)) {
      throw broken("the worker goes on though nothing was asked");
    }
  }

  /// The guest has ended; its clock stops.
  void ended() {
    keeper.watchdog().idle();
  }

  /// Kills a worker that breaks the protocol.
  SandboxException broken(String how) {
    var why = new SandboxException("worker_protocol", how);
    keeper.condemn(why);
    return why;
  }
}
