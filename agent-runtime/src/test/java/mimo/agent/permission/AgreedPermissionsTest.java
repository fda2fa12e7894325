package mimo.agent.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import mimo.agent.permission.Outlook.Stand;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// L7: what a user agrees to when a run is launched never goes beyond his own rules.
class AgreedPermissionsTest {

  private static Need reading(String path) {
    return new Need.Read(path);
  }

  private static Need writing(String path) {
    return new Need.Write(path);
  }

  @Test
  void whatWouldBeAskedForIsAllowedAndNothingElseL7() {
    var rules = new Rules().agreed("bash", "npm test").agreed("webfetch", "docs.rs");

    assertEquals(Decision.ALLOW, rules.bash("npm test").decision());
    assertEquals(Decision.ASK, rules.bash("npm publish").decision());
    assertEquals(Decision.ASK, rules.bash("npm test && npm publish").decision());
    assertEquals(
        Decision.ALLOW, rules.decided("webfetch", new Need.Fetch("https://docs.rs/okhttp")));
    assertEquals(Decision.ASK, rules.decided("webfetch", new Need.Fetch("https://example.com/")));
    assertEquals(
        "bash \"npm test\" = allow (agreed to for this run)", rules.bash("npm test").reason());
  }

  @Test
  void whatTheUserDeniesStaysDeniedL7() {
    var all = new Rules().user("bash", "*", "deny").agreed("bash", "npm test").agreed("bash", "*");
    var some = new Rules().user("bash", "git push *", "deny").agreed("bash", "*");

    assertEquals(Decision.DENY, all.bash("npm test").decision());
    assertEquals(Decision.DENY, some.bash("git push origin").decision());
    assertEquals(Decision.ALLOW, some.bash("git status").decision());
  }

  @Test
  void whatAPatternOfTheUserAsksForIsAskedForAllTheSameL7() {
    var rules = new Rules().user("bash", "git push *", "ask").agreed("bash", "git push origin");

    assertEquals(Decision.ASK, rules.bash("git push origin").decision());
  }

  @Test
  void aScriptThatMayDoEverythingDoesNotLiftTheUsersOwnDefaultL7() {
    var rules = new Rules().user("bash", "*", "ask").agreed("bash", "*");

    assertEquals(Decision.ASK, rules.bash("ls").decision());
  }

  @Test
  void aDefaultForEverythingIsTheUsersOwnTooL7() {
    var rules = new Rules().user("*", "*", "ask").agreed("bash", "*").agreed("webfetch", "docs.rs");

    assertEquals(Decision.ASK, rules.bash("ls").decision());
    assertEquals(Decision.ALLOW, rules.decided("webfetch", new Need.Fetch("https://docs.rs/")));
    assertEquals(
        new Outlook(new Grant("bash", "*"), Stand.REFUSED, "* = ask (user, file:1)", List.of()),
        rules.outlook("bash", "*"));
    assertEquals(Stand.OPEN, rules.outlook("webfetch", "docs.rs").stand());
  }

  @Test
  void aDefaultOfTheUserForOnePermissionStillBeatsHisForEverythingL7() {
    var rules = new Rules().user("*", "*", "ask").user("bash", "*", "allow").agreed("bash", "*");

    assertEquals(Decision.ALLOW, rules.bash("ls").decision());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "**",
        "?*",
        "* *",
        "/*",
        "**/*",
        "./**",
        "*.*",
        "https://*",
        "http://*/",
        "https://*/*",
        "https://*:443",
        "*:8080",
        "https://*.*/",
        "mcp__*",
        "mcp*",
        "m*"
      })
  void aPatternThatNamesNothingCannotBeAskedForL7(String pattern) {
    assertEquals(
        Optional.of("the pattern names nothing; without patterns it asks for everything"),
        Outlook.unaskable(new Grant("mcp", pattern)).map(Outlook::reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.rs",
        "https://*.rs",
        "src/*",
        "~/*",
        "make *",
        "* --version",
        "mcp__jira__*",
        "/tmp/*"
      })
  void aPatternThatNamesSomethingCanBeAskedForL7(String pattern) {
    assertEquals(Optional.empty(), Outlook.unaskable(new Grant("mcp", pattern)));
  }

  @Test
  void whatARepositoryOrAnAgentForbidsStaysForbiddenL7() {
    var repository = new Rules().repository("webfetch", "*", "deny").agreed("webfetch", "docs.rs");
    var need = new Need.Fetch("https://docs.rs/");
    var own = new Rules().user("bash", "*", "deny").permissions();
    var agreed = new Rules().agreed("bash", "ls").permissions();
    var call = new Call("bash", Effect.CHANGES, List.of(new Need.Command("ls", false)));

    assertEquals(Decision.DENY, repository.decided("webfetch", need));
    assertEquals(Decision.DENY, own.within(agreed).rule(call).decision());
  }

  @Test
  void protectedFilesAreAskedForAllTheSameL7() {
    var rules = new Rules().agreed("edit", "*").agreed("edit", "AGENTS.md").agreed("write", "*");

    assertEquals(Decision.ASK, rules.decided("write", writing("AGENTS.md")));
    assertEquals(Decision.ASK, rules.decided("write", writing(".git/hooks/pre-commit")));
    assertEquals(Decision.ASK, rules.decided("write", writing("sub/.mimocode/mimocode.jsonc")));
  }

  @Test
  void agentsThatOnlyLookStillOnlyLookL7() {
    var agreed = new Rules().agreed("edit", "*").agreed("bash", "*").permissions();
    var looking = new ReadOnlyPermissions(agreed, () -> Shelter.SANDBOX);

    for (var need : List.of(writing("a.txt"), new Need.Command("touch a.txt", false))) {
      assertEquals(
          Decision.DENY, looking.rule(new Call("bash", Effect.CHANGES, List.of(need))).decision());
    }
  }

  @Test
  void withoutASandboxNoCommandIsAllowedByItL7() {
    var rules = new Rules().in(Shelter.NONE).agreed("bash", "*").agreed("bash", "npm test");

    assertEquals(Decision.ASK, rules.bash("npm test").decision());
    assertEquals(Stand.REFUSED, rules.outlook("bash", "npm test").stand());
  }

  @Test
  void filesWithSecretsNeedAPatternThatNamesThemL7() {
    assertEquals(
        Decision.ASK, new Rules().agreed("read", "*").decided("read", reading(".env.local")));
    assertEquals(
        Decision.ALLOW,
        new Rules().agreed("read", ".env.local").decided("read", reading(".env.local")));
  }

  @ParameterizedTest
  @CsvSource({
    "bash, *, OPEN, ''",
    "bash, npm test, OPEN, ''",
    "bash, git push *, REFUSED, 'bash \"git push *\" = deny (user, file:1)'",
    "bash, git push origin, REFUSED, 'bash \"git push *\" = deny (user, file:1)'",
    "bash, git status, ALLOWED, 'bash \"git status *\" = allow (user, file:1)'",
    "bash, make, REFUSED, 'bash \"make\" = ask (user, file:1)'",
    "webfetch, *, REFUSED, 'webfetch = ask (user, file:1)'",
    "webfetch, docs.rs, OPEN, ''",
    "read, src/*, ALLOWED, 'read = allow (built in)'",
    "read, .env.local, OPEN, ''",
    "edit, secret/*, REFUSED, 'edit \"secret\" = deny (user, file:1)'",
    "edit, secret/deep/key.txt, REFUSED, 'edit \"secret\" = deny (user, file:1)'",
  })
  void theOutlookSaysWhatAnAnswerCanGiveL7(
      String permission, String pattern, Stand stand, String reason) {
    var rules =
        new Rules()
            .user("bash", "git push *", "deny")
            .user("bash", "git status *", "allow")
            .user("bash", "make", "ask")
            .user("webfetch", "*", "ask")
            .user("edit", "secret", "deny");

    var outlook = rules.outlook(permission, pattern);

    assertEquals(stand, outlook.stand());
    assertEquals(reason, outlook.reason());
  }

  @Test
  void theOutlookNamesWhatStaysAsItIsL7() {
    var outlook = new Rules().user("bash", "git push *", "deny").outlook("bash", "git *");

    assertEquals(Stand.OPEN, outlook.stand());
    assertEquals(
        List.of("bash \"git push *\" = deny (user, file:1)"),
        outlook.exceptions().stream().map(Rule::text).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "'*', '*', a script has to name what its agents are to do",
    "doom_loop, '*', a script has to name what its agents are to do",
    "bash, '', an empty pattern means nothing",
    "bash, 'a\u001b[2Kb', the pattern holds characters that cannot be shown",
    "bash, 'rm \u202e-rf', the pattern holds characters that cannot be shown",
    "bash, 'a\u00a0b', the pattern holds characters that cannot be shown",
    "bash, 'a\u3164b', the pattern holds characters that cannot be shown",
    "bash, 'a\u115fb', the pattern holds characters that cannot be shown",
    "bash, 'a\u2800b', the pattern holds characters that cannot be shown",
    "bash, 'a\ufe0fb', the pattern holds characters that cannot be shown",
    "bash, 'a\udb40\udd00b', the pattern holds characters that cannot be shown",
    "bash, 'ls\"  only', the pattern holds a quote or spaces that may look like more text",
    "bash, 'ls  only', the pattern holds a quote or spaces that may look like more text",
    "bash, 'ls ', the pattern holds a quote or spaces that may look like more text",
  })
  void whatNobodyCouldJudgeCannotBeAskedForL7(String permission, String pattern, String reason) {
    assertEquals(
        Optional.of(reason),
        Outlook.unaskable(new Grant(permission, pattern)).map(Outlook::reason));
  }

  @Test
  void aPatternHasALimitAndANameHasToBeKnownL7() {
    assertEquals(
        Optional.of("the pattern has more than 300 characters"),
        Outlook.unaskable(new Grant("bash", "x".repeat(301))).map(Outlook::reason));
    assertEquals(Optional.empty(), Outlook.unaskable(new Grant("bash", "x".repeat(300))));
    assertEquals(
        Optional.of(
            "there is no such permission; there are: agent, bash, edit, external_directory, glob,"
                + " grep, history, mcp, memory, multiedit, network, notebook_edit, question, read,"
                + " skill, task, todo, tools, webfetch, workflow, write"),
        Outlook.unaskable(new Grant("sudo", "*")).map(Outlook::reason));
  }
}
