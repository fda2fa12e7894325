package mimo.agent.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/// A16, A21, A29: streams in the shapes of the Messages protocol, and what they say.
class MessagesStreamTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text.sse",
        "parallel-tools.sse",
        "signed-thinking.sse",
        "hidden-thinking-crlf.sse",
        "cached-multibyte-cr.sse",
        "overloaded-inside.sse",
        "cut-before-message-stop.sse",
        "server-tools-and-unknown-events.sse",
        "arguments-at-once.sse",
        "plain-reply.json",
        "plain-error.json"
      })
  void aStreamSplitAtAnyByteSaysTheSame(String name) throws IOException {
    RecordedStreams.holdAtEveryByte("anthropic/streams/" + name, MessagesStreamTest::parser);
  }

  @Test
  void randomBytesNeverEndInAnythingButAMalformedStream() {
    int malformed =
        RecordedStreams.malformedOf500(
            "anthropic/streams/parallel-tools.sse", 4711, MessagesStreamTest::parser);

    assertTrue(malformed > 100, "only " + malformed + " of 500 were found broken");
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
