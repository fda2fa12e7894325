package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.wire.Protocol.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatProtocolTest {

  private final ChatProtocol protocol = new ChatProtocol("acme", Dialect.PLAIN);

  @ParameterizedTest
  @CsvSource({
    "stop,STOP",
    "tool_calls,STOP",
    "length,LENGTH",
    "MAX_TOKENS,LENGTH",
    "content_filter,FILTERED",
    "novel,STOP"
  })
  void understandsWhyAModelStopped(String reason, Finish finish) {
    assertEquals(new Ending.Usable(finish), protocol.ending(reason));
  }

  @Test
  void discardsWhatAProviderStopped() {
    assertEquals(new Ending.Broken(), protocol.ending("insufficient_system_resource"));
  }
}
