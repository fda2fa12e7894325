package mimo.agent.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// Messages as lines of two streams. Thread-safe.
///
/// What is sent waits in a queue for a thread that writes: whoever does not read must not hold up
/// whoever has something to say.
public final class LineChannel implements RpcChannel {

  private static final int BUFFER = 64 * 1024;

  /// Behind this nothing is sent; no line is as short.
  private static final byte[] LAST = {};

  private final InputStream in;
  private final OutputStream out;
  private final Runnable closing;
  private final boolean lingers;
  private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(McpLimits.OUTGOING);
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Thread writer;

  /// @param closing ends whoever is behind the streams; called once
  public LineChannel(InputStream in, OutputStream out, Runnable closing) {
    this(in, out, closing, false);
  }

  private LineChannel(InputStream in, OutputStream out, Runnable closing, boolean lingers) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.out = out;
    this.closing = closing;
    this.lingers = lingers;
  }

  /// One that goes on sending after the end of its input, until it is closed.
  public static LineChannel lingering(InputStream in, OutputStream out) {
    return new LineChannel(in, out, () -> {}, true);
  }

  /// Waits until everything is sent that waits to be, and sends nothing afterwards.
  ///
  /// @param most how long it waits
  public void drain(Duration most) throws InterruptedException {
    var writing = writer;
    if (writing != null && outgoing.offer(LAST, most.toMillis(), TimeUnit.MILLISECONDS)) {
      writing.join(most);
    }
  }

  @Override
  public void open(Receiver receiver) {
    writer = Thread.ofVirtual().name("mcp-writer").start(this::write);
    Thread.ofVirtual().name("mcp-reader").start(() -> read(receiver));
  }

  @Override
  public void send(RpcMessage message) throws IOException {
    if (over.get()) {
      throw new IOException("the connection is closed");
    }
    byte[] line = (Json.write(message.json()) + "\n").getBytes(UTF_8);
    if (!outgoing.offer(line)) {
      throw new IOException("%d messages wait to be read".formatted(McpLimits.OUTGOING));
    }
  }

  private void write() {
    try {
      while (!over.get()) {
        byte[] line = outgoing.take();
        if (line.length == LAST.length) {
          return;
        }
        out.write(line);
        if (outgoing.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException gone) {
      // The reader tells of it: both ends go together.
      return;
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Receiver receiver) {
    var why = "it ended";
    try {
      for (var line = line(); line != null; line = line()) {
        if (!line.isBlank()) {
          receiver.received(RpcMessage.read(line));
        }
      }
    } catch (IOException broken) {
      why = String.valueOf(broken.getMessage());
    }
    if (lingers ? !over.get() : end()) {
      receiver.ended(why);
    }
  }

  /// The next line; null at the end.
  private @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next == '\n' || (next < 0 && line.size() > 0)) {
        return line.toString(UTF_8);
      }
      if (next < 0) {
        return null;
      }
      if (line.size() == McpLimits.MESSAGE_BYTES) {
        throw new IOException("it sent a line of more than " + McpLimits.MESSAGE_BYTES + " bytes");
      }
      line.write(next);
    }
  }

  private boolean end() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    var writing = writer;
    if (writing != null) {
      writing.interrupt();
    }
    closing.run();
    return true;
  }

  @Override
  public void close() {
    end();
  }
}
