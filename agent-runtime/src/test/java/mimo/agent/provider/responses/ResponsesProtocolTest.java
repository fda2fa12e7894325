package mimo.agent.provider.responses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.wire.Protocol.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesProtocolTest {

  private final ResponsesProtocol protocol =
      new ResponsesProtocol("acme", Dialect.PLAIN, new Unsummarised());

  @ParameterizedTest
  @CsvSource({"completed,STOP", "max_output_tokens,LENGTH", "content_filter,FILTERED"})
  void understandsWhyAModelStopped(String reason, Finish finish) {
    assertEquals(new Ending.Usable(finish), protocol.ending(reason));
  }

  @Test
  void takesNoReplyThatEndedForAReasonNobodyKnows() {
    assertEquals(new Ending.Broken(), protocol.ending("incomplete"));
  }
}
