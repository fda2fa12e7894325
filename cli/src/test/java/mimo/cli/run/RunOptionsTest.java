package mimo.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.AgentSettings.Unmapped;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.permission.Grant;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.RunGrants;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.Dialect;
import mimo.compose.SpendingLimit;
import org.junit.jupiter.api.Test;

/// The options of a run, as its journal holds them (D4).
final class RunOptionsTest {

  private static RunOptions options(Map<String, AgentDefinition> agents, Unmapped unmapped) {
    return new RunOptions(
        "t.js",
        Path.of("/workspace"),
        "acme/model",
        4,
        Arguments.GIVEN,
        Optional.of(SpendingLimit.parse("1.5usd")),
        10,
        20,
        Dialect.ODW,
        Optional.of(Path.of("/out.md")),
        agents,
        unmapped,
        ScriptModels.YIELD,
        Optional.of(Map.of("fast", "acme/small")),
        Optional.of(
            new RunGrants(
                "0af3",
                List.of(new Grant("bash", "npm test"), new Grant("edit", "*")),
                GrantAnswer.GRANTED,
                List.of(new Grant("bash", "npm test")))));
  }

  @Test
  void readsBackWhatItWrote() {
    var critic =
        AgentDefinition.parse(
            "critic", "---\ndescription: x\nmodel: a/b\neffort: low\ntools: Read\n---\nBe strict.");
    var writer =
        AgentDefinition.parse(
                "writer",
                """
                ---
                description: y
                disallowedTools: grep
                mode: primary
                steps: 3
                temperature: 0.5
                permission:
                  edit: ask
                  bash:
                    ls: deny
                ---
                """)
            .readOnly();
    var options = options(Map.of("critic", critic, "writer", writer), Unmapped.REFUSED);

    assertEquals(options, RunOptions.parse(options.toJson()));
  }

  @Test
  void saysNothingOfWhatIsUsual() {
    var json = options(Map.of(), Unmapped.USES_THE_RUNS_MODEL).toJson();

    assertFalse(json.contains("agents") || json.contains("strict"), json);
  }

  @Test
  void aScriptKnowsAllAgentsByTheirDigestsL73() {
    var critic = AgentDefinition.parse("critic", "---\ndescription: x\n---\n");

    var types = options(Map.of("critic", critic), Unmapped.REFUSED).compose().agentTypes();

    assertEquals(critic.digest(), types.get("critic"));
    assertEquals(64, types.getOrDefault("general-purpose", "").length());
  }

  @Test
  void optionsFromElsewhereAreThoseOfBeforeWithoutWhatWasAgreedToL7() {
    var options = options(Map.of(), Unmapped.REFUSED);

    var taken = RunOptions.fromElsewhere(options.toJson());

    assertEquals(options.withGrants(Optional.empty()), RunOptions.parse(taken));
    assertEquals(taken, RunOptions.fromElsewhere(taken));
    assertEquals("[", RunOptions.fromElsewhere("["));
  }

  @Test
  void whatNobodyCanAskForIsNotReadAsGrantedL7() {
    var everything = List.of(new Grant("*", "*"), new Grant("bash", ""), new Grant("bash", "ls"));
    var options =
        options(Map.of(), Unmapped.REFUSED)
            .withGrants(
                Optional.of(new RunGrants("0af3", everything, GrantAnswer.GRANTED, everything)));

    assertEquals(List.of(new Grant("bash", "ls")), RunOptions.parse(options.toJson()).granted());
  }
}
