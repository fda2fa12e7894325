package mimo.agent.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Rule;
import mimo.agent.provider.Effort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Named agents as files define them (A39, L73).
final class AgentDefinitionTest {

  private static AgentDefinition parse(String... lines) {
    return AgentDefinition.parse("stem", String.join("\n", lines));
  }

  private static List<String> allowed(AgentDefinition agent) {
    return Stream.of("read", "glob", "grep").filter(agent.tools()::allows).toList();
  }

  @Test
  void readsAFileAsOtherProgramsWriteIt() {
    var agent =
        parse(
            "---",
            "name: code-reviewer",
            "description: \"Reviews code: strictly.\"",
            "tools: Read, Grep, Bash",
            "model: sonnet",
            "effort: high",
            "color: purple",
            "---",
            "",
            "You review code.",
            "",
            "Be strict.",
            "");

    assertEquals("code-reviewer", agent.name());
    assertEquals("Reviews code: strictly.", agent.description());
    assertEquals("sonnet", agent.model());
    assertEquals(Effort.HIGH, agent.effort());
    assertEquals(List.of("read", "grep"), allowed(agent));
    assertEquals("You review code.\n\nBe strict.", agent.prompt());
    assertEquals(64, agent.digest().length());
  }

  @Test
  void whatIsNotSaidIsLeftToOthers() {
    var agent = parse("---", "description: x", "model: inherit", "---");

    assertEquals("stem", agent.name());
    assertNull(agent.model());
    assertNull(agent.effort());
    assertEquals("", agent.prompt());
    assertEquals(List.of("read", "glob", "grep"), allowed(agent));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tools: Read, Glob            | read glob
          tools: [read, "grep"]        | read grep
          tools:~  - read~  - glob     | read glob
          tools:~- Grep                | grep
          tools:                       | ''
          tools:~  write: false~  glob: false~  read: true | read grep
          disallowedTools: Grep, Edit  | read glob
          tools: Read, Grep~disallowedTools: Grep | read
          tools: Bash                  | ''
          """)
  void aDefinitionOnlyNarrowsWhatAnAgentMayUseA39(String line, String allowed) {
    var agent = parse("---", "description: x", line.replace('~', '\n'), "---");

    assertEquals(allowed, String.join(" ", allowed(agent)));
  }

  @Test
  void readsLongTextsAndCommentsAndAByteOrderMark() {
    var agent =
        parse("\uFEFF---", "# a comment", "description: >", "  one", "  two", "", "---", "p");
    var lines = parse("---", "description: |", "  one", "  two", "---");
    var folded = parse("---", "description: one", "  two", "---");

    assertEquals("one two", agent.description());
    assertEquals("one\ntwo", lines.description());
    assertEquals("one two", folded.description());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          You review code.                        | line 1: it does not begin with '---'
          ---~description: x                      | line 1: no second '---' ends its head
          ---~name: x~---                         | its head has no description
          ---~description: x~so be it~---         | line 3: expected 'key: value'
          ---~  description: x~---                | line 2: expected 'key: value'
          ---~description: x~effort: hard~---     | its effort 'hard' is none
          """)
  void saysWhatIsWrongWithAFile(String text, String message) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> AgentDefinition.parse("stem", text.replace('~', '\n')));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void aNameIsOneWord() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> parse("---", "description: x", "name: a b", "---"));

    assertEquals(
        "agent name 'a b' must match [A-Za-z0-9_][A-Za-z0-9._-]{0,63}", refused.getMessage());
  }

  @Test
  void aFileThatIsTooLongIsRefused() {
    var text = "---\ndescription: x\n---\n" + "x".repeat(AgentDefinition.MOST_CHARS);

    assertThrows(IllegalArgumentException.class, () -> AgentDefinition.parse("stem", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"description: y", "description: x\ntools: read", "description: x\nz: 1"})
  void everyChangeOfAFileIsAnotherDigestD30(String head) {
    var one = parse("---", "description: x", "---", "p");

    assertNotEquals(one.digest(), parse("---", head, "---", "p").digest());
    assertEquals(one.digest(), parse("---", "description: x", "---", "p").digest());
  }

  @Test
  void mimosOwnAgentsAreKnownByTheNamesOfScriptsFromElsewhereL73() {
    var names = BuiltinAgents.all().stream().map(AgentDefinition::name).toList();

    assertTrue(names.containsAll(List.of("general", "general-purpose", "Explore", "Plan")));
    assertFalse(BuiltinAgents.all().stream().anyMatch(agent -> agent.digest().isEmpty()));
  }

  @Test
  void readsHowAnAgentMayBeUsedAndItsRulesA39() {
    var text =
        """
        ---
        description: x
        mode: subagent
        temperature: 0.2
        steps: 12
        permission:
          edit: deny
          # as it was
          bash:
            "*": ask
            'git log: *': allow
          webfetch: ask
        ---
        """;

    var agent = AgentDefinition.parse("stem", text, ".claude/agents/stem.md");

    assertEquals(
        new AgentTraits(
            AgentTraits.Mode.SUBAGENT,
            AgentTraits.Rights.USUAL,
            0.2,
            12,
            List.of(
                rule("edit", Rule.DEFAULT, Decision.DENY, ".claude/agents/stem.md:7"),
                rule("bash", "*", Decision.ASK, ".claude/agents/stem.md:10"),
                rule("bash", "git log: *", Decision.ALLOW, ".claude/agents/stem.md:11"),
                rule("webfetch", Rule.DEFAULT, Decision.ASK, ".claude/agents/stem.md:12"))),
        agent.traits());
    assertEquals(
        List.of(rule("*", Rule.DEFAULT, Decision.ASK, "stem.md:3")),
        parse("---", "description: x", "permission: ask", "---").traits().permissions());
    assertEquals(AgentTraits.USUAL, parse("---", "description: x", "---").traits());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode: main              | its mode 'main' is none; there are primary, subagent and all
          temperature: warm       | its temperature 'warm' is no number
          temperature: 3          | its temperature must lie between 0 and 2
          temperature: NaN        | its temperature must lie between 0 and 2
          steps: many             | its steps 'many' is no number
          steps: 0                | its steps must be at least 1
          permission: yes         | line 3: 'yes' is no action; there are allow, ask, deny
          permission:~  edit: no  | line 4: 'no' is no action; there are allow, ask, deny
          permission:~  - edit    | line 4: expected 'key: value'
          """)
  void refusesTraitsItDoesNotUnderstand(String line, String message) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> parse("---", "description: x", line.replace('~', '\n'), "---"));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void planAndExploreOnlyLookWhateverTheyAreCalledA40() {
    var looking =
        BuiltinAgents.all().stream()
            .filter(agent -> agent.traits().rights() == AgentTraits.Rights.READ_ONLY)
            .map(AgentDefinition::name)
            .toList();

    assertEquals(List.of("explore", "Explore", "plan", "Plan"), looking);
    assertTrue(BuiltinAgents.onlyLooks("Plan"));
    assertFalse(BuiltinAgents.onlyLooks("build"));
    assertEquals(
        List.of("build", "plan", "compose"),
        BuiltinAgents.primary().stream().map(AgentDefinition::name).toList());
  }

  private static Rule rule(String permission, String pattern, Decision decision, String at) {
    return new Rule(permission, pattern, decision, Rule.Layer.AGENT, at);
  }
}
