package mimo.agent.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judge must be strict, or the tests that lean on it prove nothing.
class FakeModelServerTest {

  private static final String CALL =
      "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
          + "'function':{'name':'read','arguments':'{}'}}]}";

  @Test
  void refusesRolesWhereNoProviderTakesThem() throws JsonProcessingException {
    var user = "{'role':'user','content':'x'}";

    assertEquals(
        "message 0: role 'assistant' may not follow ''",
        problems("{'role':'assistant','content':'x'}").getFirst());
    assertEquals(
        List.of("message 1: role 'system' may not follow 'user'"),
        problems(user, "{'role':'system','content':'x'}"));
    assertEquals(
        List.of("message 1: role 'robot' may not follow 'user'"),
        problems(user, "{'role':'robot','content':'x'}"));
    assertEquals(
        List.of("message 0: content is no text"), problems("{'role':'user','content':null}"));
  }

  @Test
  void wantsEveryCallAnsweredOnceAndNothingElseAnswered() throws JsonProcessingException {
    var user = "{'role':'user','content':'x'}";
    var answer = "{'role':'tool','tool_call_id':'c1','content':'ok'}";

    assertEquals(List.of(), problems(user, CALL, answer));
    assertEquals(List.of("message 2: call 'c1' has no answer before"), problems(user, CALL, user));
    assertEquals(
        List.of("message 3: the answer 'c1' has no call"), problems(user, CALL, answer, answer));
    assertEquals(
        List.of(
            "message 1: role 'tool' may not follow 'user'",
            "message 1: the answer 'c1' has no call"),
        problems(user, answer));
    assertEquals(
        List.of(
            "the last message is the assistant's own", "message 2: call 'c1' has no answer before"),
        problems(user, CALL));
  }

  @Test
  void wantsSchemasForTools() throws JsonProcessingException {
    var request =
        "{'model':'m','messages':[{'role':'user','content':'x'}],"
            + "'tools':[{'type':'function','function':{'name':'a b'}}]}";

    assertEquals(
        List.of(
            "tool name 'a b' is illegal or used twice", "tool 'a b' has no schema of an object"),
        ChatRequestCheck.problems(new ObjectMapper().readTree(request.replace('\'', '"'))));
  }

  private static List<String> problems(String... messages) throws JsonProcessingException {
    var request = "{'model':'m','messages':[" + String.join(",", messages) + "]}";
    return ChatRequestCheck.problems(new ObjectMapper().readTree(request.replace('\'', '"')));
  }
}
