package mimo.agent.provider.responses;

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

/// A16, A21, A29: streams in the shapes of the Responses protocol, and what they say.
class ResponsesStreamTest {

  static List<String> streams() {
    return RecordedStreams.names("responses");
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aStreamSplitAtAnyByteSaysTheSame(String name) throws IOException {
    RecordedStreams.holdAtEveryByte("responses/streams/" + name, ResponsesStreamTest::parser);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void randomBytesNeverEndInAnythingButAMalformedStream(String name) {
    RecordedStreams.surviveNoise("responses/streams/" + name, ResponsesStreamTest::parser);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: response.output_text.delta\ndata: {\"type\":\n\n",
        "event: response.completed\ndata: nonsense\n\n",
        "data: {} {}\n\n",
        "{"
      })
  void invalidJsonIsAMalformedStream(String stream) {
    var failure = assertThrows(MalformedStreamException.class, () -> read(stream));

    assertEquals("the stream holds invalid JSON", failure.getMessage());
  }

  @Test
  void anEventNobodyKnowsMayHoldAnything() throws IOException {
    assertEquals(
        List.of(),
        read(
            """
            event: keepalive
            data: still here

            data: {"type":"response.audio.delta","delta":"AAAA"}

            """));
  }

  @Test
  void aFailureNeedsNoReason() throws IOException {
    assertEquals(
        List.of(new ModelEvent.Refused(new ProviderError(0, "", ""))),
        read("data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\"}}\n\n"));
  }

  @Test
  void aReplyThatDoesNotSayWhyItIsIncompleteIsNoReply() throws IOException {
    assertEquals(
        List.of(new ModelEvent.Finished("incomplete"), new ModelEvent.Done()),
        read("data: {\"type\":\"response.incomplete\",\"response\":{}}\n\n"));
  }

  private static List<ModelEvent> read(String stream) throws IOException {
    return RecordedStreams.read(new ByteArrayInputStream(stream.getBytes(UTF_8)), parser());
  }

  private static EventParser parser() {
    return new ResponsesParser("openai");
  }
}
