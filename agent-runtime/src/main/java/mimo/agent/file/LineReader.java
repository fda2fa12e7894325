package mimo.agent.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads UTF-8 text line by line in bounded memory, however long a line is. Malformed bytes become
/// U+FFFD; LF and CRLF end a line. Confined to its thread.
public final class LineReader {

  /// One line without its end.
  ///
  /// @param cut whether more of it was there than the reader keeps
  public record Line(String text, boolean cut) {}

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final String BOM = "\uFEFF";

  private final InputStream source;
  private final int maxLineBytes;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int at;
  private int end;
  private long consumed;
  private boolean first = true;

  public LineReader(InputStream source, int maxLineBytes) {
    this.source = source;
    this.maxLineBytes = maxLineBytes;
  }

  /// How many bytes the lines so far took.
  public long consumed() {
    return consumed;
  }

  /// Whether the text to come, as far as it is in sight, looks like no text: it holds a NUL.
  public boolean looksBinary() throws IOException {
    if (at == end) {
      fill();
    }
    for (int i = at; i < end; i++) {
      if (chunk[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /// The next line, or null at the end.
  public @Nullable Line next() throws IOException {
    if (at == end && !fill()) {
      return null;
    }
    var line = new ByteArrayOutputStream(128);
    boolean cut = false;
    do {
      int start = at;
      while (at < end && chunk[at] != '\n') {
        at++;
      }
      int room = Math.min(at - start, maxLineBytes - line.size());
      line.write(chunk, start, room);
      cut |= room < at - start;
      consumed += at - start;
      if (at < end) {
        at++;
        consumed++;
        break;
      }
    } while (fill());
    return new Line(decode(line, cut), cut);
  }

  private String decode(ByteArrayOutputStream line, boolean cut) {
    var text = line.toString(StandardCharsets.UTF_8);
    if (first) {
      first = false;
      text = text.startsWith(BOM) ? text.substring(1) : text;
    }
    return !cut && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, source.read(chunk));
    return end > 0;
  }
}
