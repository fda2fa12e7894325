package mimo.compose;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.engine.ContentKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents that have a name (L73).
final class AgentTypeTest {

  private static ComposeOptions with(Map<String, String> types) {
    var usual = options(Arguments.NONE);
    return new ComposeOptions(
        usual.arguments(),
        usual.workspace(),
        usual.limit(),
        usual.maxAgents(),
        usual.maxItems(),
        usual.dialect(),
        types);
  }

  private static ContentKey key(String call, Map<String, String> types)
      throws InterruptedException {
    var run = ScriptedRun.answering();
    value(run("await " + call + ";", run, with(types)));
    return run.requests().getFirst().key();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agentType", "definition"})
  void theNameTravelsWithTheRequestL73(String option) throws InterruptedException {
    var run = ScriptedRun.answering();

    value(run("await agent('x', { " + option + ": 'critic' });", run, with(Map.of("critic", "d"))));

    assertEquals("{\"agentType\":\"critic\",\"prompt\":\"x\"}", run.requests().getFirst().input());
  }

  @Test
  void whatDefinesAnAgentIsAPartOfWhatIsAskedD30() throws InterruptedException {
    var call = "agent('x', { agentType: 'critic' })";

    var key = key(call, Map.of("critic", "one"));

    assertEquals(key, key(call, Map.of("critic", "one", "other", "z")));
    assertNotEquals(key, key(call, Map.of("critic", "two")));
    assertNotEquals(key, key("agent('x')", Map.of("critic", "one")));
    assertNotEquals(
        key, key("agent('x', { agentType: 'other' })", Map.of("critic", "one", "other", "one")));
  }

  @Test
  void anUnknownNameIsRefusedAndTheKnownOnesAreListedL73() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        value(
            run(
                """
                const ask = (agentType) =>
                  agent('x', { agentType }).catch((e) => e.code + ' ' + e.message);
                return [await ask('nobody'), await ask(7), await ask('')];
                """,
                run,
                with(Map.of("plan", "1", "critic", "2"))));

    assertEquals(
        "[\"bad_argument agent: there is no agentType \\\"nobody\\\"; known are critic, plan\","
            + "\"bad_argument agent: agentType must be a non-empty string\","
            + "\"bad_argument agent: agentType must be a non-empty string\"]",
        result);
    assertEquals(List.of(), run.requests());
  }
}
