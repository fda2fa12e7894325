package mimo.agent.provider.anthropic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.testing.GoldenText;
import mimo.agent.testing.SampleRequests;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesRequestWriterTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MessagesRequestWriter writer = new MessagesRequestWriter("acme", Dialect.PLAIN);

  @Test
  void writesAConversationWithToolsAndFourCacheMarks() throws JsonProcessingException {
    var tree = JSON.readTree(writer.write(SampleRequests.CONVERSATION));

    GoldenText.matches(
        "anthropic/requests/plain.json",
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
    assertEquals(4, tree.findParents("cache_control").size());
  }

  @Test
  void sendsSealedThoughtsBackUnchangedAndOnlyToTheirProvider() throws JsonProcessingException {
    var own = JSON.readTree(writer.write(SampleRequests.SEALED));
    var other =
        JSON.readTree(
            new MessagesRequestWriter("other", Dialect.PLAIN).write(SampleRequests.SEALED));

    assertEquals(
        JSON.readTree(
            "[{'type':'thinking','thinking':'Hm.','signature':'c2ln'},".replace('\'', '"')
                + "{'type':'redacted_thinking','data':'ZGF0YQ=='},".replace('\'', '"')
                + "{'type':'tool_use','id':'c1','name':'read','input':{'file_path':'a'}}]"
                    .replace('\'', '"')),
        own.at("/messages/1/content"));
    assertEquals(1, other.at("/messages/1/content").size());
  }

  @Test
  void leavesOutWhatIsNotThereButNeverTheOutputLimit() {
    var bare =
        new ModelRequest("m", "", List.of(new Message.User("hi")), List.of(), OptionalLong.empty());

    assertEquals(
        "{\"model\":\"m\",\"max_tokens\":32000,\"messages\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"text\",\"text\":\"hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]}],"
            + "\"stream\":true}",
        writer.write(bare));
  }

  @ParameterizedTest
  @CsvSource({
    "TOKENS, HIGH, 32000, '{\"type\":\"enabled\",\"budget_tokens\":8192}', ''",
    "TOKENS, MAX, 32000, '{\"type\":\"enabled\",\"budget_tokens\":16000}', ''",
    "TOKENS, HIGH, 5000, '{\"type\":\"enabled\",\"budget_tokens\":2500}', ''",
    "TOKENS, HIGH, 2000, '', ''",
    "TOKENS, MINIMAL, 32000, '{\"type\":\"enabled\",\"budget_tokens\":1024}', ''",
    "TOKENS, OFF, 32000, '{\"type\":\"disabled\"}', ''",
    "ADAPTIVE, HIGH, 32000, '{\"type\":\"adaptive\"}', '{\"effort\":\"high\"}'",
    "ADAPTIVE, XHIGH, 100, '{\"type\":\"adaptive\"}', '{\"effort\":\"xhigh\"}'",
    "ADAPTIVE, MINIMAL, 32000, '{\"type\":\"adaptive\"}', '{\"effort\":\"low\"}'",
    "ADAPTIVE, OFF, 32000, '{\"type\":\"disabled\"}', ''"
  })
  void saysHowHardToThinkAsTheModelTakesItL72(
      Manner manner, Effort effort, long most, String thinking, String config)
      throws JsonProcessingException {
    var request = SampleRequests.thinking(new Thinking(effort, manner), most);

    var tree = JSON.readTree(writer.write(request));

    assertEquals(thinking, tree.path("thinking").toString());
    assertEquals(config, tree.path("output_config").toString());
  }

  @Test
  void asksForNoMoreThanAModelMaySayWhateverTheBudgetIs() throws JsonProcessingException {
    assertEquals(32_000, limit(OptionalLong.of(1_000_000)));
    assertEquals(7, limit(OptionalLong.of(7)));
  }

  @Test
  void mergesMessagesOfOneSideAndDropsWordsWithoutLetters() throws JsonProcessingException {
    var tree = JSON.readTree(writer.write(SampleRequests.UNEVEN));

    assertEquals(
        JSON.readTree(
            ("[{'role':'user','content':[{'type':'text','text':'first'},"
                    + "{'type':'text','text':'second','cache_control':{'type':'ephemeral'}}]},"
                    + "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'read',"
                    + "'input':{}},{'type':'tool_use','id':'c2','name':'read','input':{}}]},"
                    + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1',"
                    + "'content':'cut','is_error':true},{'type':'tool_result','tool_use_id':'c2',"
                    + "'content':'','is_error':true},{'type':'text','text':'go on',"
                    + "'cache_control':{'type':'ephemeral'}}]}]")
                .replace('\'', '"')),
        tree.path("messages"));
  }

  @Test
  void equalRequestsGiveEqualBytesAndAPrefixThatOnlyGrows() {
    var messages = SampleRequests.CONVERSATION.messages();

    var before = unmarked(writer.write(SampleRequests.with(messages.subList(0, 3))));
    var after = unmarked(writer.write(SampleRequests.with(messages)));

    assertEquals(after, unmarked(writer.write(SampleRequests.with(messages))));
    int prefix = before.indexOf("],\"stream\"");
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

  private String write(ModelRequest request) {
    return writer.write(request);
  }

  @Test
  void refusesASchemaThatIsNoJson() {
    var broken = new ToolSpec("read", "Reads.", "{\"type\":", Effect.READS);
    var request =
        new ModelRequest(
            "m", "", List.of(new Message.User("hi")), List.of(broken), OptionalLong.empty());

    var refusal = assertThrows(IllegalArgumentException.class, () -> writer.write(request));

    assertEquals("the schema of tool 'read' must be JSON: {\"type\":", refusal.getMessage());
  }

  private long limit(OptionalLong allowance) throws JsonProcessingException {
    var request = new ModelRequest("m", "", List.of(new Message.User("hi")), List.of(), allowance);
    return JSON.readTree(writer.write(request)).path("max_tokens").asLong();
  }

  /// Marks wander to the end of a conversation; what a cache compares does not hold them.
  private static String unmarked(String request) {
    return request.replace(",\"cache_control\":{\"type\":\"ephemeral\"}", "");
  }
}
