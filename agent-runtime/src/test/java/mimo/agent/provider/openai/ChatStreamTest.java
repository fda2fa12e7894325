package mimo.agent.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.http.MalformedStreamException;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.ModelEvent;
import mimo.agent.testing.RecordedStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A16, A21, A29: streams in the shapes providers use, and what they say.
class ChatStreamTest {

  static List<String> streams() {
    return RecordedStreams.names("openai");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aStreamSplitAtAnyByteSaysTheSame(String name) throws IOException {
    RecordedStreams.holdAtEveryByte("openai/streams/" + name, ChatStreamTest::parser);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void randomBytesNeverEndInAnythingButAMalformedStream(String name) {
    RecordedStreams.surviveNoise("openai/streams/" + name, ChatStreamTest::parser);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: {\"choices\":[\n\n", "data: nonsense\n\n", "data: {} {}\n\n", "{"})
  void invalidJsonIsAMalformedStream(String stream) {
    var failure = assertThrows(MalformedStreamException.class, () -> read(stream));

    assertEquals("the stream holds invalid JSON", failure.getMessage());
  }

  @Test
  void aNamedEventNobodyKnowsMayHoldAnything() throws IOException {
    var stream = "event: keepalive\ndata: still here\n\ndata: [DONE]\n\n";

    assertEquals(List.of(new ModelEvent.Done()), read(stream));
  }

  private static List<ModelEvent> read(String stream) throws IOException {
    return RecordedStreams.read(new ByteArrayInputStream(stream.getBytes(UTF_8)), parser());
  }

  private static EventParser parser() {
    return new ChatProtocol("acme", Dialect.PLAIN).parser();
  }
}
