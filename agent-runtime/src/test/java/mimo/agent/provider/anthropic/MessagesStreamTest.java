package mimo.agent.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import mimo.agent.provider.http.MalformedStreamException;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.ModelEvent;
import mimo.agent.provider.wire.ProviderError;
import mimo.agent.testing.RecordedStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A16, A21, A29: streams in the shapes of the Messages protocol, and what they say.
class MessagesStreamTest {

  static List<String> streams() {
    return RecordedStreams.names("anthropic");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aStreamSplitAtAnyByteSaysTheSame(String name) throws IOException {
    RecordedStreams.holdAtEveryByte("anthropic/streams/" + name, MessagesStreamTest::parser);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void randomBytesNeverEndInAnythingButAMalformedStream(String name) {
    RecordedStreams.surviveNoise("anthropic/streams/" + name, MessagesStreamTest::parser);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: content_block_delta\ndata: {\"type\":\n\n",
        "event: message_stop\ndata: nonsense\n\n",
        "data: {} {}\n\n",
        "{"
      })
  void invalidJsonIsAMalformedStream(String stream) {
    var failure = assertThrows(MalformedStreamException.class, () -> read(stream));

    assertEquals("the stream holds invalid JSON", failure.getMessage());
  }

  @Test
  void anEventNobodyKnowsMayHoldAnything() throws IOException {
    var stream =
        "event: keepalive\ndata: still here\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":7,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":\"of a block nobody saw begin\"}}\n\n";

    assertEquals(List.of(), read(stream));
  }

  @Test
  void anErrorNeedsNoReason() throws IOException {
    assertEquals(
        List.of(new ModelEvent.Refused(new ProviderError(0, "", ""))),
        read("event: error\ndata: {\"type\":\"error\"}\n\n"));
    assertEquals(
        List.of(
            new ModelEvent.Refused(new ProviderError(0, "", "it sent no message")),
            new ModelEvent.Done()),
        read("{\"type\":\"completion\"}"));
  }

  private static List<ModelEvent> read(String stream) throws IOException {
    return RecordedStreams.read(new ByteArrayInputStream(stream.getBytes(UTF_8)), parser());
  }

  private static EventParser parser() {
    return new MessagesParser("anthropic");
  }
}
