package mimo.agent.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import mimo.agent.provider.http.MalformedStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A16, A21, A29: streams in the shapes providers use, and what they say.
class ChatEventReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai-text.sse",
        "openai-parallel-tools.sse",
        "deepseek-reasoning.sse",
        "mistral-multibyte-crlf.sse",
        "openrouter-error-inside.sse",
        "gemini-calls-all-numbered-zero.sse",
        "ollama-call-without-id-cr.sse",
        "groq-unknown-events.sse",
        "multi-line-data.sse",
        "plain-reply.json",
        "plain-error.json"
      })
  void aStreamSplitAtAnyByteSaysTheSame(String name) throws IOException {
    var stream = GoldenText.bytes("streams/" + name);

    var whole = read(new ByteArrayInputStream(stream));

    GoldenText.matches("streams/" + name + ".events", lines(whole));
    for (int at = 0; at <= stream.length; at++) {
      assertEquals(whole, read(split(stream, at)), "split at byte " + at);
    }
    assertEquals(whole, read(new OneByteAtATime(stream)));
  }

  @Test
  void randomBytesNeverEndInAnythingButAMalformedStream() {
    long seed = 4711;
    var random = new Random(seed);
    var original = GoldenText.bytes("streams/openai-parallel-tools.sse");
    int malformed = 0;

    for (int round = 0; round < 500; round++) {
      var stream = original.clone();
      for (int i = 0; i < 20; i++) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      }
      try {
        assertTrue(read(new ByteArrayInputStream(stream)).size() < 1000);
      } catch (MalformedStreamException expected) {
        malformed++;
      } catch (IOException | RuntimeException other) {
        throw new AssertionError("seed " + seed + ", round " + round, other);
      }
    }

    assertTrue(malformed > 100, "only " + malformed + " of 500 were found broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: {\"choices\":[\n\n", "data: nonsense\n\n", "data: {} {}\n\n", "{"})
  void invalidJsonIsAMalformedStream(String stream) {
    var failure =
        assertThrows(
            MalformedStreamException.class,
            () -> read(new ByteArrayInputStream(stream.getBytes(UTF_8))));

    assertEquals("the stream holds invalid JSON", failure.getMessage());
  }

  @Test
  void aNamedEventNobodyKnowsMayHoldAnything() throws IOException {
    var stream = "event: keepalive\ndata: still here\n\ndata: [DONE]\n\n";

    assertEquals(
        List.of(new ChatEvent.Done()), read(new ByteArrayInputStream(stream.getBytes(UTF_8))));
  }

  static List<ChatEvent> read(InputStream body) throws IOException {
    var reader = new ChatEventReader(body);
    var events = new ArrayList<ChatEvent>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      events.add(next.get());
    }
    return events;
  }

  private static String lines(List<ChatEvent> events) {
    return events.stream()
        .map(event -> event.toString().replace("\n", "\\n") + "\n")
        .collect(Collectors.joining());
  }

  private static InputStream split(byte[] stream, int at) {
    return new SequenceInputStream(
        new ByteArrayInputStream(Arrays.copyOfRange(stream, 0, at)),
        new ByteArrayInputStream(Arrays.copyOfRange(stream, at, stream.length)));
  }

  private static final class OneByteAtATime extends InputStream {
    private final ByteArrayInputStream bytes;

    OneByteAtATime(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return bytes.read(buffer, offset, Math.min(1, length));
    }
  }
}
