package mimo.agent.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mimo.agent.provider.ProviderLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A29: what counts as a stream of events.
class SseReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEveryEndOfLine(String end) throws IOException {
    var events = read("event: a\ndata: 1\n\ndata: 2\n\n".replace("\n", end));

    assertEquals(List.of(new SseEvent("a", "1"), new SseEvent("message", "2")), events);
  }

  @Test
  void skipsAByteOrderMarkAtTheStartOnly() throws IOException {
    assertEquals(
        List.of(new SseEvent("message", "1"), new SseEvent("message", "\uFEFF2")),
        read("\uFEFFdata: 1\n\ndata: \uFEFF2\n\n"));
  }

  @Test
  void ignoresCommentsUnknownFieldsAndEventsWithoutData() throws IOException {
    assertEquals(
        List.of(new SseEvent("message", "1")),
        read(": hello\n\nid: 7\nretry: 10\nevent: ping\n\ndata\n\nfoo: bar\ndata: 1\n\n"));
  }

  @Test
  void joinsLinesOfDataAndTakesOneBlankOff() throws IOException {
    assertEquals(
        List.of(new SseEvent("message", "a\n b\n\nc")),
        read("data:a\ndata:  b\ndata:\ndata: c\n\n"));
  }

  @Test
  void countsWhatIsThereWhenTheStreamEnds() throws IOException {
    assertEquals(List.of(new SseEvent("message", "cut of")), read("data: cut of"));
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read("\r\n\r\n"));
  }

  @Test
  void deliversAnEventBeforeTheByteBehindIt() throws IOException {
    var opened = new PiecewiseStream(List.of("data: 1\r\r"));

    var reader = new SseReader(opened);

    assertEquals(new SseEvent("message", "1"), reader.next().orElseThrow());
    assertEquals(1, opened.reads);
  }

  @Test
  void refusesALineLongerThanTheLimit() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
          }
        };

    var refusal = assertThrows(MalformedStreamException.class, () -> new SseReader(endless).next());

    assertEquals("a line of the stream is longer than 8388608 bytes", refusal.getMessage());
  }

  @Test
  void refusesAnEventLongerThanTheLimitInManyLines() {
    var line = "data: " + "x".repeat(1 << 20) + "\n";
    var stream = line.repeat(ProviderLimits.LINE_BYTES / (1 << 20) + 1);

    var refusal = assertThrows(MalformedStreamException.class, () -> read(stream));

    assertEquals("an event of the stream is longer than 8388608 bytes", refusal.getMessage());
  }

  @Test
  void capsAWholeReply() {
    var capped = new CappedStream(new ByteArrayInputStream(new byte[11]), 10);

    var refusal = assertThrows(MalformedStreamException.class, capped::readAllBytes);

    assertEquals("the reply is longer than 10 bytes", refusal.getMessage());
  }

  private static List<SseEvent> read(String stream) throws IOException {
    var reader = new SseReader(new ByteArrayInputStream(stream.getBytes(UTF_8)));
    var events = new ArrayList<SseEvent>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      events.add(next.get());
    }
    return events;
  }

  /// Gives one piece for each read and counts the reads.
  private static final class PiecewiseStream extends InputStream {
    private final List<byte[]> pieces;
    private int reads;

    PiecewiseStream(List<String> pieces) {
      this.pieces = pieces.stream().map(piece -> piece.getBytes(UTF_8)).toList();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in pieces");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (reads == pieces.size()) {
        throw new AssertionError("the reader asked for more than it needs");
      }
      var piece = pieces.get(reads++);
      System.arraycopy(piece, 0, buffer, offset, piece.length);
      return piece.length;
    }
  }
}
