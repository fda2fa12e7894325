package mimo.agent.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import mimo.agent.provider.ProviderLimits;

/// Reads a stream of server-sent events (A29). Confined to one thread.
///
/// Lines end with LF, CRLF or CR; a CR ends its line at once, and an LF right behind it is skipped
/// when it comes, so that no event waits for the byte after it. Bytes are decoded a line at a time,
/// which makes the borders between network packets invisible. At the end of the stream what is
/// there counts: a last line without its end is a line, so a cut one is found to be broken instead
/// of being lost.
public final class SseReader {

  private static final int BUFFER = 8192;
  private static final int END = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int filled;

  private byte[] line = new byte[256];
  private int length;
  private boolean afterCarriageReturn;
  private boolean first = true;

  private String name = "";
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;

  public SseReader(InputStream in) {
    this.in = in;
  }

  /// The next event that has data; empty at the end of the stream.
  ///
  /// @throws MalformedStreamException if a line or an event is longer than the limit
  public Optional<SseEvent> next() throws IOException {
    while (readLine()) {
      if (length > 0) {
        take(text());
      } else {
        var event = event();
        if (!event.data().isEmpty()) {
          return Optional.of(event);
        }
      }
    }
    var last = event();
    return last.data().isEmpty() ? Optional.empty() : Optional.of(last);
  }

  private SseEvent event() {
    var event = new SseEvent(name.isEmpty() ? "message" : name, data.toString());
    name = "";
    data.setLength(0);
    hasData = false;
    return event;
  }

  /// One field; a line that starts with a colon is a comment, and unknown fields are none of ours.
  private void take(String field) throws MalformedStreamException {
    int colon = field.indexOf(':');
    var key = colon < 0 ? field : field.substring(0, colon);
    var value = colon < 0 ? "" : field.substring(colon + 1);
    var content = value.startsWith(" ") ? value.substring(1) : value;
    if (key.equals("event")) {
      name = content;
    } else if (key.equals("data")) {
      if (hasData) {
        data.append('\n');
      }
      data.append(content);
      hasData = true;
      if (data.length() > ProviderLimits.LINE_BYTES) {
        throw tooLong("an event");
      }
    }
  }

  /// Fills `line`; false if the stream ended before any byte of another line.
  private boolean readLine() throws IOException {
    length = 0;
    while (true) {
      int next = read();
      if (next == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
        continue;
      }
      afterCarriageReturn = next == '\r';
      if (next == END) {
        return length > 0;
      }
      if (next == '\n' || next == '\r') {
        return true;
      }
      append((byte) next);
    }
  }

  private void append(byte next) throws MalformedStreamException {
    if (length == ProviderLimits.LINE_BYTES) {
      throw tooLong("a line");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, length * 2);
    }
    line[length++] = next;
  }

  private String text() {
    var text = new String(line, 0, length, UTF_8);
    boolean marked = first && text.startsWith("\uFEFF");
    first = false;
    return marked ? text.substring(1) : text;
  }

  private int read() throws IOException {
    if (position == filled) {
      filled = in.read(buffer);
      position = 0;
      if (filled <= 0) {
        filled = 0;
        return END;
      }
    }
    return buffer[position++] & 0xff;
  }

  private static MalformedStreamException tooLong(String what) {
    return new MalformedStreamException(
        what + " of the stream is longer than " + ProviderLimits.LINE_BYTES + " bytes");
  }
}
