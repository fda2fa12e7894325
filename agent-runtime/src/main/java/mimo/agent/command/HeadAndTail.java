package mimo.agent.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;

/// The beginning and the end of an output; what lies between is counted and dropped (A43).
/// Thread-safe.
public final class HeadAndTail implements OutputSink {

  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] head;
  private final byte[] tail;
  private final int lines;
  private long total;

  public HeadAndTail() {
    this(AgentLimits.TOOL_OUTPUT_BYTES, AgentLimits.READ_LINES);
  }

  /// @param bytes of both ends together
  /// @param lines of both ends together
  HeadAndTail(int bytes, int lines) {
    this.head = new byte[bytes / 2];
    this.tail = new byte[bytes - bytes / 2];
    this.lines = lines;
  }

  @Override
  public void accept(byte[] bytes, int length) {
    lock.lock();
    try {
      int first = Math.clamp(head.length - total, 0, length);
      if (first > 0) {
        System.arraycopy(bytes, 0, head, (int) total, first);
      }
      // The end is a ring; of a long piece only its own end counts.
      for (int i = Math.max(first, length - tail.length); i < length; i++) {
        tail[(int) ((total + i - head.length) % tail.length)] = bytes[i];
      }
      total += length;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String text() {
    lock.lock();
    try {
      long behind = Math.max(0, total - head.length);
      var start = Arrays.copyOf(head, (int) Math.min(total, head.length));
      if (behind <= tail.length) {
        byte[] whole = Arrays.copyOf(start, (int) total);
        System.arraycopy(tail, 0, whole, start.length, (int) behind);
        return byLines(new String(whole, StandardCharsets.UTF_8));
      }
      byte[] end = new byte[tail.length];
      int cut = (int) (behind % tail.length);
      System.arraycopy(tail, cut, end, 0, tail.length - cut);
      System.arraycopy(tail, 0, end, tail.length - cut, cut);
      return firstLines(wholeCharacters(start))
          + "\n(… %d bytes in all; their middle is not shown …)\n".formatted(total)
          + lastLines(new String(end, StandardCharsets.UTF_8));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    // Nothing but memory is held.
  }

  private String byLines(String whole) {
    long count = whole.lines().count();
    return count <= lines
        ? whole
        : firstLines(whole)
            + "\n(… %d lines in all; their middle is not shown …)\n".formatted(count)
            + lastLines(whole);
  }

  private String firstLines(String text) {
    int at = -1;
    for (int i = 0; i < lines / 2; i++) {
      int next = text.indexOf('\n', at + 1);
      if (next < 0) {
        return text;
      }
      at = next;
    }
    return text.substring(0, at);
  }

  private String lastLines(String text) {
    int at = text.endsWith("\n") ? text.length() - 1 : text.length();
    for (int i = 0; i < lines - lines / 2; i++) {
      int next = text.lastIndexOf('\n', at - 1);
      if (next < 0) {
        return text;
      }
      at = next;
    }
    return text.substring(at + 1);
  }

  /// The text without a character that is cut at its end.
  private static String wholeCharacters(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && end > bytes.length - 3 && (bytes[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    boolean leads = end > 0 && (bytes[end - 1] & 0xC0) == 0xC0;
    return new String(bytes, 0, leads ? end - 1 : bytes.length, StandardCharsets.UTF_8);
  }
}
