package mimo.agent.provider.anthropic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.wire.Protocol.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesProtocolTest {

  private final MessagesProtocol protocol = new MessagesProtocol("acme", Dialect.PLAIN);

  @ParameterizedTest
  @CsvSource({
    "end_turn,STOP",
    "tool_use,STOP",
    "stop_sequence,STOP",
    "max_tokens,LENGTH",
    "pause_turn,LENGTH",
    "refusal,FILTERED",
    "novel,STOP"
  })
  void understandsWhyAModelStopped(String reason, Finish finish) {
    assertEquals(new Ending.Usable(finish), protocol.ending(reason));
  }

  @Test
  void knowsAFullWindow() {
    assertEquals(new Ending.Overflow(), protocol.ending("model_context_window_exceeded"));
  }
}
