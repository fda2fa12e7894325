package mimo.agent.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// Takes an output of any length in bounded memory: head and tail are kept, and all of it goes to a
/// file as soon as it is too long for a result (A43). Thread-safe.
public final class OutputCollector implements AutoCloseable {

  /// An output as a model gets it.
  ///
  /// @param text all of it, or head and tail with a line between them that says what is missing
  /// @param bytes how many there were
  /// @param lines how many there were
  /// @param full where the full text is, if the text is not
  public record Output(String text, long bytes, long lines, Optional<Path> full) {}

  /// Left for the line between head and tail.
  private static final int RESERVE_BYTES = 1_000;

  private static final int HALF_BYTES = (AgentLimits.TOOL_OUTPUT_BYTES - RESERVE_BYTES) / 2;
  private static final int HALF_LINES = AgentLimits.TOOL_OUTPUT_LINES / 2 - 1;

  private static final String LEFT_OUT = "are left out here; ";
  private static final String FULL = "the full text is in ";

  private final SpillFiles files;
  private final ReentrantLock mutex = new ReentrantLock();

  /// What came first, and as long as nothing is spilled all there is.
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();

  /// The last bytes, written round and round; used once there is too much for `first`.
  private final byte[] last = new byte[HALF_BYTES];

  private long bytes;
  private long newlines;
  private boolean endsLine = true;
  private boolean tooLong;
  private boolean closed;
  private @Nullable SpillFile spill;

  OutputCollector(SpillFiles files) {
    this.files = files;
  }

  /// Takes what came next. After [#finish] or [#close] nothing is taken any more.
  public void add(byte[] chunk, int offset, int length) {
    mutex.lock();
    try {
      for (int at = offset; at < offset + length && !closed; ) {
        int piece = Math.min(offset + length - at, HALF_BYTES);
        take(chunk, at, piece);
        at += piece;
      }
    } finally {
      mutex.unlock();
    }
  }

  private void take(byte[] chunk, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      last[(int) (bytes++ % last.length)] = chunk[i];
      newlines += chunk[i] == '\n' ? 1 : 0;
    }
    endsLine = chunk[offset + length - 1] == '\n';
    if (tooLong) {
      spill(chunk, offset, length);
      return;
    }
    first.write(chunk, offset, length);
    if (bytes > AgentLimits.TOOL_OUTPUT_BYTES || lines() > AgentLimits.TOOL_OUTPUT_LINES) {
      tooLong = true;
      open();
      spill(first.toByteArray(), 0, first.size());
    }
  }

  private long lines() {
    return newlines + (endsLine ? 0 : 1);
  }

  private void open() {
    try {
      spill = files.make();
    } catch (IOException noRoom) {
      spill = null;
    }
  }

  /// A disk that is full costs the full text, not the output.
  private void spill(byte[] chunk, int offset, int length) {
    if (spill == null) {
      return;
    }
    try {
      spill.write(chunk, offset, length);
    } catch (IOException broken) {
      closeSpill();
      spill = null;
    }
  }

  private boolean closeSpill() {
    try {
      if (spill != null) {
        spill.close();
      }
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /// The output as it is by now; the file may be a little behind.
  public Output soFar() {
    mutex.lock();
    try {
      return output();
    } finally {
      mutex.unlock();
    }
  }

  /// Ends the output.
  public Output finish() {
    mutex.lock();
    try {
      if (!closed && !closeSpill()) {
        spill = null;
      }
      closed = true;
      return output();
    } finally {
      mutex.unlock();
    }
  }

  private Output output() {
    var full = Optional.ofNullable(spill).map(SpillFile::path);
    return new Output(tooLong ? headAndTail(full) : all(), bytes, lines(), full);
  }

  /// Bytes that are no text may take more room as text; then they lose their end.
  private String all() {
    return head(first.toString(StandardCharsets.UTF_8), AgentLimits.TOOL_OUTPUT_BYTES);
  }

  private String headAndTail(Optional<Path> full) {
    var head = headLines(head(first.toString(StandardCharsets.UTF_8), HALF_BYTES));
    var tail = tailLines(tail(lastText(), HALF_BYTES));
    long missing = lines() - lineCount(head) - lineCount(tail);
    return ("%s%s(%d of %d lines, of %d bytes in all, " + LEFT_OUT + "%s)\n%s")
        .formatted(
            head,
            head.endsWith("\n") ? "" : "\n",
            Math.max(0, missing),
            lines(),
            bytes,
            full.map(path -> FULL + path).orElse("the full text could not be kept"),
            tail);
  }

  private String lastText() {
    int start = (int) (bytes % last.length);
    var text = new ByteArrayOutputStream(last.length);
    if (bytes >= last.length) {
      int whole = start;
      // The bytes that continue a character whose first one is gone.
      while (whole < Math.min(start + 3, last.length) && (last[whole] & 0xc0) == 0x80) {
        whole++;
      }
      text.write(last, whole, last.length - whole);
    }
    text.write(last, 0, start);
    return text.toString(StandardCharsets.UTF_8);
  }

  /// The same text for the same output: each time it is collected, all of it is in another file.
  public static String withoutPlace(String text) {
    int place = text.indexOf(LEFT_OUT + FULL);
    int end = place < 0 ? -1 : text.indexOf(")\n", place);
    return end < 0 ? text : text.substring(0, place) + text.substring(end);
  }

  private static long lineCount(String text) {
    return text.chars().filter(unit -> unit == '\n').count()
        + (text.isEmpty() || text.endsWith("\n") ? 0 : 1);
  }

  /// Whole lines, unless the first one alone is too long.
  private static String headLines(String text) {
    int end = 0;
    for (int i = 0, line = text.indexOf('\n'); line >= 0 && i < HALF_LINES; i++) {
      end = line + 1;
      line = text.indexOf('\n', end);
    }
    return end == 0 ? text : text.substring(0, end);
  }

  private static String tailLines(String text) {
    int start = text.length();
    int from = text.endsWith("\n") ? text.length() - 2 : text.length() - 1;
    for (int i = 0, line = text.lastIndexOf('\n', from); line >= 0 && i < HALF_LINES; i++) {
      start = line + 1;
      line = line == 0 ? -1 : text.lastIndexOf('\n', line - 1);
    }
    return start == text.length() ? text : text.substring(start);
  }

  private static String head(String text, int mostBytes) {
    int size = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      size += size(point);
      if (size > mostBytes) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }

  private static String tail(String text, int mostBytes) {
    int size = 0;
    for (int i = text.length(); i > 0; ) {
      int point = text.codePointBefore(i);
      size += size(point);
      if (size > mostBytes) {
        return text.substring(i);
      }
      i -= Character.charCount(point);
    }
    return text;
  }

  private static int size(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  /// Ends the output, if [#finish] has not.
  @Override
  public void close() {
    finish();
  }
}
