package mimo.sandbox;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import mimo.sandbox.protocol.Frame;

/// Frames read ahead of the caller, bounded in number and bytes: beyond that the pipe holds the
/// worker back. Thread-safe.
final class FrameQueue {

  /// What a worker's stream brings.
  sealed interface Arrival {
    record Arrived(Frame.FromWorker frame, int weight) implements Arrival {}

    /// Nothing comes any more.
    record Ended(SandboxException why) implements Arrival {}
  }

  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Semaphore room;
  private final int capacity;
  private final int leastWeight;

  FrameQueue(SandboxLimits limits) {
    capacity = limits.pipe().queuedBytes();
    leastWeight = capacity / limits.pipe().queuedFrames();
    room = new Semaphore(capacity);
  }

  /// Waits for room. Each frame takes at least its share of the bytes, which bounds their number.
  void put(Frame.FromWorker frame, int bytes) throws InterruptedException {
    int weight = Math.clamp(bytes, leastWeight, capacity);
    room.acquire(weight);
    arrivals.add(new Arrival.Arrived(frame, weight));
  }

  void end(SandboxException why) {
    arrivals.add(new Arrival.Ended(why));
  }

  /// The next frame.
  ///
  /// @throws SandboxException if the stream has ended
  Frame.FromWorker take() throws InterruptedException {
    return switch (arrivals.take()) {
      case Arrival.Arrived arrived -> {
        room.release(arrived.weight());
        yield arrived.frame();
      }
      case Arrival.Ended ended -> {
        // It stays the answer for whoever asks again.
        arrivals.add(ended);
        throw ended.why();
      }
    };
  }

  boolean isEmpty() {
    return arrivals.stream().noneMatch(arrival -> arrival instanceof Arrival.Arrived);
  }
}
