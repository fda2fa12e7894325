package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Dialect.OutputLimit;
import mimo.agent.provider.ProviderEndpoint.Dialect.Reasoning;
import mimo.agent.provider.ProviderEndpoint.Dialect.Usage;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.testing.GoldenText;
import mimo.agent.testing.SampleRequests;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestWriterTest {

  private static final ModelRequest CONVERSATION = SampleRequests.CONVERSATION;

  @Test
  void writesAConversationWithTools() throws JsonProcessingException {
    GoldenText.matches("openai/requests/plain.json", pretty(Dialect.PLAIN, CONVERSATION));
  }

  @Test
  void speaksTheDialectOfThoseWhoThink() throws JsonProcessingException {
    var dialect =
        new Dialect(OutputLimit.MAX_COMPLETION_TOKENS, Usage.UNASKED, Reasoning.SENT_BACK);

    GoldenText.matches("openai/requests/thinking.json", pretty(dialect, CONVERSATION));
  }

  @ParameterizedTest
  @CsvSource({"OFF,none", "MINIMAL,minimal", "LOW,low", "XHIGH,xhigh", "MAX,max"})
  void saysHowHardToThinkL72(Effort effort, String word) throws JsonProcessingException {
    var request = SampleRequests.thinking(new Thinking(effort, Manner.WORD), 100);

    assertEquals(
        word,
        new ObjectMapper()
            .readTree(new ChatRequestWriter("acme", Dialect.PLAIN).write(request))
            .path("reasoning_effort")
            .asText());
  }

  @Test
  void sendsTheSignatureOfAThoughtBackWithItsCall() throws JsonProcessingException {
    var signature = "{\"google\":{\"thought_signature\":\"CvAB\"}}";
    var request =
        SampleRequests.with(
            List.of(
                new Message.User("Read a and b."),
                new Message.Model(
                    List.of(
                        new Content.Reasoning("", new Content.Seal("acme", signature)),
                        new Content.ToolCall("c1", "read", "{}"),
                        new Content.Reasoning("", new Content.Seal("acme", "{\"type\":\"x\"}")),
                        new Content.ToolCall("c2", "read", "{}")))));

    var own = calls(new ChatRequestWriter("acme", Dialect.PLAIN).write(request));
    var other = calls(new ChatRequestWriter("other", Dialect.PLAIN).write(request));

    assertEquals(signature, own.get(0).path("extra_content").toString());
    assertFalse(own.get(1).has("extra_content"));
    assertFalse(other.get(0).has("extra_content"));
  }

  private static JsonNode calls(String request) throws JsonProcessingException {
    return new ObjectMapper().readTree(request).at("/messages/2/tool_calls");
  }

  @Test
  void leavesOutWhatIsNotThere() throws JsonProcessingException {
    var bare =
        new ModelRequest("m", "", List.of(new Message.User("hi")), List.of(), OptionalLong.empty());

    assertEquals(
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
            + "\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        new ChatRequestWriter("acme", Dialect.PLAIN).write(bare));
  }

  @Test
  void equalRequestsGiveEqualBytesAndAGrowingPrefix() {
    var writer = new ChatRequestWriter("acme", Dialect.PLAIN);
    var messages = CONVERSATION.messages();

    var before = writer.write(SampleRequests.with(messages.subList(0, 3)));
    var after = writer.write(SampleRequests.with(messages));

    assertEquals(after, writer.write(SampleRequests.with(messages)));
    int prefix = before.indexOf("],\"tools\"");
    assertEquals(before.substring(0, prefix), after.substring(0, prefix));
  }

  @Test
  void sendsATemperatureWhereThereIsOneAndTheModelIsNotToThink() {
    var said = List.<Message>of(new Message.User("hi"));
    var low = new Thinking(Effort.LOW, Manner.WORD);
    var off = new Thinking(Effort.OFF, Manner.WORD);
    var none = OptionalLong.empty();

    var plain = write(new ModelRequest("m", "", said, List.of(), none, null, 0.5));
    var calm = write(new ModelRequest("m", "", said, List.of(), none, off, 0.5));
    var thinking = write(new ModelRequest("m", "", said, List.of(), none, low, 0.5));

    assertTrue(plain.contains(",\"temperature\":0.5,"), plain);
    assertTrue(calm.contains(",\"temperature\":0.5,"), calm);
    assertFalse(thinking.contains("temperature"), thinking);
  }

  private static String write(ModelRequest request) {
    return new ChatRequestWriter("acme", Dialect.PLAIN).write(request);
  }

  @Test
  void refusesASchemaThatIsNoJson() {
    var broken = new ToolSpec("read", "Reads.", "{\"type\":", Effect.READS);
    var request =
        new ModelRequest(
            "m", "", List.of(new Message.User("hi")), List.of(broken), OptionalLong.empty());

    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ChatRequestWriter("acme", Dialect.PLAIN).write(request));

    assertEquals("the schema of tool 'read' must be JSON: {\"type\":", refusal.getMessage());
  }

  private static String pretty(Dialect dialect, ModelRequest request)
      throws JsonProcessingException {
    var json = new ObjectMapper();
    var tree = json.readTree(new ChatRequestWriter("acme", dialect).write(request));
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
  }
}
