package mimo.sandbox.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameException;
import mimo.sandbox.protocol.FrameReader;
import mimo.sandbox.protocol.FrameWriter;

/// The child's main class. It owns its standard streams: they are the protocol, so whatever else
/// prints goes to the error stream.
///
/// The one exception to "only `cli` prints and exits".
public final class WorkerMain {

  private static final int PIPE_BUFFER = 64 * 1024;

  /// The exit codes a parent may see, besides those of the JVM itself.
  private static final int PARENT_GONE = 0;

  public static final int BROKEN_PROTOCOL = 70;
  public static final int BROKEN_ENGINE = 71;
  public static final int TOO_LARGE = 72;

  /// How many frames may wait while the guest runs. A parent that settles out of turn is held back
  /// by the pipe.
  private static final int WAITING_FRAMES = 64;

  private WorkerMain() {}

  /// Serves one parent until it closes the pipe.
  ///
  /// @param arguments the caps, as [WorkerArguments] writes them
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), PIPE_BUFFER);
    var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), PIPE_BUFFER);
    System.setOut(System.err);
    SandboxLimits limits = WorkerArguments.parse(arguments);
    var arrived = new ArrayBlockingQueue<Frame.ToWorker>(WAITING_FRAMES);
    var reader = new FrameReader(in, WorkerArguments.caps(limits));
    Thread.ofPlatform().name("frames").daemon().start(() -> read(reader, arrived));
    try (var worker = new Worker(limits, new FrameWriter(out, WorkerArguments.caps(limits)))) {
      worker.ready();
      while (true) {
        worker.take(arrived.take());
      }
    } catch (FrameException e) {
      halt(e);
    } catch (RuntimeException | Error e) {
      System.err.println("the engine failed: " + e);
      Runtime.getRuntime().halt(BROKEN_ENGINE);
    }
  }

  /// Runs beside the guest, so that a parent's death ends this process whatever the guest does.
  private static void read(FrameReader reader, BlockingQueue<Frame.ToWorker> arrived) {
    try {
      while (true) {
        arrived.put(reader.nextToWorker());
      }
    } catch (EOFException e) {
      Runtime.getRuntime().halt(PARENT_GONE);
    } catch (FrameException e) {
      halt(e);
    } catch (IOException | InterruptedException e) {
      System.err.println("the pipe broke: " + e.getMessage());
      Runtime.getRuntime().halt(BROKEN_PROTOCOL);
    }
  }

  /// Ends this process from wherever it is; nothing of the guest runs after it.
  static void halt(FrameException e) {
    System.err.println(e.code() + ": " + e.getMessage());
    Runtime.getRuntime().halt(e.code().equals("value_too_large") ? TOO_LARGE : BROKEN_PROTOCOL);
  }
}
