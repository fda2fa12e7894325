package mimo.agent.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mimo.agent.provider.http.MalformedStreamException;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.EventReader;
import mimo.agent.provider.wire.ModelEvent;

/// Streams in a resource, and what is read from them however a network cuts them (A21, T27).
public final class RecordedStreams {

  private static final int ROUNDS = 200;
  private static final int BROKEN_BYTES = 20;
  private static final String EVENTS = ".events";

  private RecordedStreams() {}

  /// The names of all streams recorded in a protocol.
  public static List<String> names(String protocol) {
    return GoldenText.names(protocol + "/streams").stream()
        .filter(name -> !name.endsWith(EVENTS))
        .toList();
  }

  /// Holds the stream against its golden events, whole and split at every byte.
  public static void holdAtEveryByte(String name, Supplier<EventParser> parser) throws IOException {
    var stream = GoldenText.bytes(name);

    var whole = read(new ByteArrayInputStream(stream), parser.get());

    GoldenText.matches(name + EVENTS, lines(whole));
    for (int at = 0; at <= stream.length; at++) {
      assertEquals(whole, read(split(stream, at), parser.get()), "split at byte " + at);
    }
    assertEquals(whole, read(new OneByteAtATime(stream), parser.get()));
  }

  /// Reads the stream many times with random bytes in it; every reading ends in events or in a
  /// malformed stream. The seed is another one each time, unless `-Dmimo.seed` gives one.
  public static void surviveNoise(String name, Supplier<EventParser> parser) {
    long seed = Long.getLong("mimo.seed", System.nanoTime());
    var random = new Random(seed);
    var original = GoldenText.bytes(name);
    for (int round = 0; round < ROUNDS; round++) {
      var stream = original.clone();
      for (int i = 0; i < BROKEN_BYTES; i++) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      }
      try {
        read(new ByteArrayInputStream(stream), parser.get());
      } catch (MalformedStreamException expected) {
        // What noise should come to.
      } catch (IOException | RuntimeException other) {
        throw new AssertionError(
            name + ", round " + round + ": run again with -Dmimo.seed=" + seed, other);
      }
    }
  }

  /// Everything a body says.
  public static List<ModelEvent> read(InputStream body, EventParser parser) throws IOException {
    var reader = new EventReader(body, parser);
    var events = new ArrayList<ModelEvent>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      events.add(next.get());
    }
    return events;
  }

  private static String lines(List<ModelEvent> events) {
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
