package mimo.agent.provider.responses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import mimo.agent.message.Content;
import mimo.agent.message.Content.Seal;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Dialect.Reasoning;
import mimo.agent.provider.ProviderEndpoint.Dialect.Trait;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.testing.GoldenText;
import mimo.agent.testing.SampleRequests;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A16, A31: requests in the Responses protocol.
class ResponsesRequestWriterTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String THOUGHT =
      "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\"gAAA\",\"summary\":[]}";

  private static final Dialect KNOWN =
      Dialect.PLAIN.with(Map.of("gpt-5-mini", new Trait(null, 4_096, true)));

  private final ResponsesRequestWriter writer = writer("acme", KNOWN);

  @Test
  void writesAConversationWithToolsThatIsStoredNowhere() throws JsonProcessingException {
    var tree = JSON.readTree(writer.write(SampleRequests.CONVERSATION));

    GoldenText.matches(
        "responses/requests/plain.json",
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
  }

  @Test
  void sendsEncryptedThoughtsBackAsTheyCameAndOnlyToTheirProvider() throws JsonProcessingException {
    var conversation = thought(new Content.ToolCall("c1", "read", "{}"));

    var own = JSON.readTree(writer.write(conversation)).path("input");
    var other = JSON.readTree(writer("other", KNOWN).write(conversation));

    assertEquals(JSON.readTree(THOUGHT), own.get(1));
    assertEquals("function_call", own.get(2).path("type").asText());
    assertEquals("function_call", other.at("/input/1/type").asText());
  }

  @Test
  void leavesOutAThoughtThatNothingFollowed() throws JsonProcessingException {
    var tree = JSON.readTree(writer.write(thought()));

    assertEquals(2, tree.path("input").size());
    assertEquals("function_call_output", tree.at("/input/1/type").asText());
  }

  @Test
  void saysNothingOfThinkingToAModelThatCannot() throws JsonProcessingException {
    var dialect =
        Dialect.PLAIN.with(Map.of("gpt-5-mini", new Trait(Reasoning.DROPPED, 100, false)));
    var plain = writer("acme", dialect);

    var tree = JSON.readTree(plain.write(thought(new Content.Text("Seen."))));

    assertFalse(tree.has("include"));
    assertFalse(tree.has("reasoning"));
    assertEquals("assistant", tree.at("/input/1/role").asText());
  }

  @Test
  void saysNothingOfThinkingToAModelNobodyKnowsUnlessAskedForAnEffort()
      throws JsonProcessingException {
    var plain = writer("acme", Dialect.PLAIN);
    var effort = SampleRequests.thinking(new Thinking(Effort.LOW, Manner.WORD), 100);

    var silent = JSON.readTree(plain.write(thought(new Content.Text("Seen."))));
    var asked = JSON.readTree(plain.write(effort));

    assertFalse(silent.has("include"));
    assertFalse(silent.has("reasoning"));
    assertEquals("reasoning", silent.at("/input/1/type").asText(), "what it sealed goes back");
    assertEquals("[\"reasoning.encrypted_content\"]", asked.path("include").toString());
    assertEquals("low", asked.at("/reasoning/effort").asText());
  }

  @Test
  void asksForNoSummaryWhereNoneIsGiven() throws JsonProcessingException {
    var known = new Unsummarised();
    known.add("acme", "gpt-5-mini");
    var quiet = new ResponsesRequestWriter("acme", KNOWN, known);

    var bare = JSON.readTree(quiet.write(SampleRequests.CONVERSATION));
    var effort = SampleRequests.thinking(new Thinking(Effort.LOW, Manner.WORD), 100);

    assertFalse(bare.has("reasoning"));
    assertEquals("[\"reasoning.encrypted_content\"]", bare.path("include").toString());
    assertEquals(
        "{\"effort\":\"low\"}", JSON.readTree(quiet.write(effort)).path("reasoning").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "OFF,\'{\"effort\":\"none\"}'",
    "MINIMAL,'{\"effort\":\"minimal\",\"summary\":\"auto\"}'",
    "XHIGH,'{\"effort\":\"xhigh\",\"summary\":\"auto\"}'"
  })
  void saysHowHardToThinkL72(Effort effort, String reasoning) throws JsonProcessingException {
    var request = SampleRequests.thinking(new Thinking(effort, Manner.WORD), 100);

    assertEquals(reasoning, JSON.readTree(writer.write(request)).path("reasoning").toString());
  }

  @ParameterizedTest
  @CsvSource({"7,16", "99,99", "5000,100"})
  void asksForAsMuchAsTheModelCanSayAndTheProtocolTakes(long wanted, long sent)
      throws JsonProcessingException {
    var dialect = Dialect.PLAIN.with(Map.of("gpt-5-mini", new Trait(null, 100, true)));
    var request = SampleRequests.thinking(new Thinking(Effort.LOW, Manner.WORD), wanted);

    var tree = JSON.readTree(writer("acme", dialect).write(request));

    assertEquals(sent, tree.path("max_output_tokens").asLong());
  }

  @Test
  void leavesOutWhatIsNotThere() {
    var bare =
        new ModelRequest("m", "", List.of(new Message.User("hi")), List.of(), OptionalLong.empty());

    assertEquals(
        "{\"model\":\"m\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"hi\"}],"
            + "\"store\":false,\"stream\":true}",
        writer.write(bare));
  }

  @Test
  void equalRequestsGiveEqualBytesAndAPrefixThatOnlyGrows() {
    var messages = SampleRequests.CONVERSATION.messages();

    var before = writer.write(SampleRequests.with(messages.subList(0, 3)));
    var after = writer.write(SampleRequests.with(messages));

    assertEquals(after, writer.write(SampleRequests.with(messages)));
    int prefix = before.indexOf("],\"tools\"");
    assertEquals(before.substring(0, prefix), after.substring(0, prefix));
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

  private static ResponsesRequestWriter writer(String provider, Dialect dialect) {
    return new ResponsesRequestWriter(provider, dialect, new Unsummarised());
  }

  /// A conversation in which the model thinks, and then says this.
  private static ModelRequest thought(Content... said) {
    var content = new java.util.ArrayList<Content>();
    content.add(new Content.Reasoning("Hm.", new Seal("acme", THOUGHT)));
    content.addAll(List.of(said));
    return SampleRequests.with(
        List.of(
            new Message.User("Read a."),
            new Message.Model(content),
            new Message.Tools(List.of(new Message.ToolAnswer("c1", "1\ta", Message.Status.OK)))));
  }
}
