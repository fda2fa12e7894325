package mimo.agent.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.definition.ToolChoice;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Rule;
import mimo.agent.permission.Rule.Layer;
import mimo.agent.prompt.PromptCommand.Expanded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A38: prompts that have names.
final class PromptCommandTest {

  private static PromptCommand command(String text) {
    return PromptCommand.parse("fix", text, "commands/fix.md");
  }

  @Test
  void aFileIsACommand() {
    var command =
        command(
            """
            ---
            description: Fixes an issue
            argument-hint: NUMBER
            agent: plan
            model: haiku
            allowed-tools: Read, Edit, Bash(git log:*), Bash(git status)
            ---
            Fix issue $1.
            """);

    assertEquals(
        new PromptCommand(
            "fix",
            "Fixes an issue",
            "NUMBER",
            "plan",
            "haiku",
            new Narrowing(
                new ToolChoice(List.of("read", "edit", "bash", "bash"), List.of()),
                List.of(
                    rule("*", Decision.DENY),
                    rule("git log *", Decision.ALLOW),
                    rule("git status", Decision.ALLOW))),
            "Fix issue $1."),
        command);
  }

  private static Rule rule(String pattern, Decision decision) {
    return new Rule("bash", pattern, decision, Layer.AGENT, "commands/fix.md");
  }

  @Test
  void aFileWithoutAHeadIsOneToo() {
    var command = command("# Fix\n\nFix it.");

    assertEquals("Fix", command.description());
    assertEquals("# Fix\n\nFix it.", command.template());
    assertEquals(Narrowing.NONE, command.narrowing());
    assertThrows(IllegalArgumentException.class, () -> command("---\ndescription: x\n---\n"));
  }

  @Test
  void anUnlimitedBashIsNotLimited() {
    assertEquals(
        List.of(), command("---\nallowed-tools: [Bash, Bash(ls)]\n---\nx").narrowing().rules());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fix $1, then $2; all: $ARGUMENTS | a 'b c' | Fix a, then b c; all: a 'b c'",
        "Fix $1 and $3. | a b | Fix a and .",
        "Fix $10 and $0 and $ and $ARGUMENTSX. | a | Fix $10 and $0 and $ and $ARGUMENTSX.\\n\\na",
        "Fix it. | a b | Fix it.\\n\\na b",
        "Fix $1$2. | it's \"x y\"z | Fix it'sx yz.",
      })
  void wordsTakeTheirPlaces(String template, String words, String prompt) {
    assertEquals(prompt.replace("\\n", "\n"), command(template).expand(words).prompt());
  }

  @Test
  void wordsOfTheCallerAreNeverReadAgain() {
    var expanded = command("Fix $1 in $ARGUMENTS with @a.md").expand("$2 @b.md !`rm x` $ARGUMENTS");

    assertEquals(
        new Expanded("Fix $2 in $2 @b.md !`rm x` $ARGUMENTS with @a.md", List.of("a.md")),
        expanded);
  }

  @Test
  void filesAreWordsOfTheTemplateBehindAnAt() {
    var files = command("See @a.md, (@src/b.java) me@example.org @./c. @$1 `@d` @a.md").expand("e");

    assertEquals(List.of("a.md", "src/b.java", "./c"), files.files());
  }

  @Test
  void shellLinesAreFoundAndStay() {
    var command = command("Status: !`git status` and !`ls`\n`not this`");

    assertEquals(List.of("git status", "ls"), command.shellLines());
    assertEquals("Status: !`git status` and !`ls`\n`not this`", command.expand("").prompt());
  }

  @Test
  void aPromptThatGrowsTooLongIsRefused() {
    var command = command("$ARGUMENTS ".repeat(5_000));

    assertThrows(
        IllegalArgumentException.class,
        () -> command.expand("x".repeat(AgentLimits.PROMPT_CHARS / 1_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "fix, true",
    "db:check, true",
    "a.b-c_d, true",
    "-x, false",
    "a/b, false",
    "a::b, false",
    "'', false",
    "a:, false",
    "tmp/x, false",
  })
  void namesAreWordsWithColonsBetween(String name, boolean isOne) {
    assertEquals(isOne, PromptCommand.isName(name));
  }
}
