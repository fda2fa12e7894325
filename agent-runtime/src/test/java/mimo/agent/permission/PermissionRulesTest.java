package mimo.agent.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.agent.permission.Rule.Layer;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A52, A53: the one rule.
class PermissionRulesTest {

  private static final Need USE = new Need.Use();

  @Test
  void denyBeatsAskBeatsAllowWhateverTheOrder() {
    for (var words :
        List.of(
            List.of("deny", "ask", "allow"),
            List.of("allow", "ask", "deny"),
            List.of("ask", "deny", "allow"))) {
      var rules = new Rules();
      for (var word : words) {
        rules.user("bash", "git " + "*".repeat(1 + words.indexOf(word)), word);
      }
      // `git **` means one word of any kind, `git *` any words.
      assertEquals(Decision.DENY, rules.bash("git x").decision(), words.toString());
    }
  }

  @Test
  void aDefaultCountsOnlyWhereNoPatternMatches() {
    var rules = new Rules().user("bash", "*", "ask").user("bash", "git status", "allow");

    assertEquals(Decision.ALLOW, rules.bash("git status").decision());
    assertEquals(Decision.ASK, rules.bash("git push").decision());
    assertEquals(
        Decision.ALLOW,
        new Rules()
            .user("bash", "*", "deny")
            .user("bash", "git status", "allow")
            .bash("git status")
            .decision());
  }

  @Test
  void defaultsOfTheUserCombineToTheStrictest() {
    var rules = new Rules().user("webfetch", "*", "allow");
    var fetch = new Need.Fetch("https://docs.rs/x");

    assertEquals(Decision.ALLOW, rules.decided("webfetch", fetch));
    rules.user("webfetch", "*", "deny").user("webfetch", "*", "ask");
    assertEquals(Decision.DENY, rules.decided("webfetch", fetch));
  }

  @Test
  void theMostExactOfEqualsIsReported() {
    var ruling =
        new Rules()
            .user("bash", "git *", "deny")
            .user("bash", "git push *", "deny")
            .bash("git push x");

    assertEquals("bash \"git push *\" = deny (user, file:1)", ruling.reason());
    assertEquals(
        List.of("bash \"git *\" = deny (user, file:1)", "bash = ask (built in)"),
        ruling.losing().stream().map(Rule::text).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "read,allow",
    "glob,allow",
    "grep,allow",
    "task,allow",
    "skill,allow",
    "memory,allow",
    "history,allow",
    "agent,allow",
    "workflow,allow",
    "doom_loop,ask",
    "mcp,ask",
    "some_server_tool,ask"
  })
  void hasDefaultsForToolsThatNeedNothingElse(String tool, String decision) {
    assertEquals(decision, new Rules().decided(tool, USE).word());
  }

  @Test
  void aDefaultForEverythingCountsWhereNothingNearerDoes() {
    var rules = new Rules().user("*", "*", "deny").user("read", "*", "allow");

    assertEquals(Decision.DENY, rules.decided("task", USE));
    assertEquals(Decision.DENY, rules.decided("write", new Need.Write("a")));
    assertEquals(Decision.ALLOW, rules.decided("read", new Need.Read("a")));
    assertEquals(Decision.ALLOW, rules.decided("grep", new Need.Read("a")));
  }

  @Test
  void aRepositoryNarrowsAndNeverRelaxes() { // A53
    var relaxing =
        new Rules()
            .user("bash", "rm *", "deny")
            .repository("bash", "*", "allow")
            .repository("bash", "rm *", "allow")
            .repository("bash", "ls", "allow")
            .repository("webfetch", "*", "allow");

    assertEquals(Decision.DENY, relaxing.bash("rm x").decision());
    assertEquals(Decision.ASK, relaxing.bash("ls").decision());
    assertEquals(Decision.ASK, relaxing.decided("webfetch", new Need.Fetch("https://a.b")));

    var narrowing =
        new Rules()
            .user("bash", "*", "allow")
            .repository("bash", "*", "deny")
            .repository("bash", "npm test", "allow");
    assertEquals(Decision.DENY, narrowing.bash("ls").decision());
    assertEquals(Decision.ALLOW, narrowing.bash("npm test").decision());
  }

  @Test
  void anAgentsOwnRulesNarrowToo() { // A39
    var rules = new Rules().user("edit", "*", "allow").with(Layer.AGENT, "edit", "*", "deny");

    assertEquals(Decision.DENY, rules.decided("edit", new Need.Write("a")));
  }

  @Test
  void aSubagentMayDoWhatBothMay() { // A41
    var own = new Rules().user("bash", "ls", "allow").user("edit", "*", "deny").permissions();
    var parent = new Rules().user("bash", "*", "allow").permissions();
    var both = own.within(parent);

    assertEquals(Decision.ALLOW, both.rule(bash("ls")).decision());
    assertEquals(Decision.ASK, both.rule(bash("rm x")).decision());
    var write = new Call("write", Effect.CHANGES, List.of(new Need.Write("a")));
    assertEquals(Decision.DENY, both.rule(write).decision());
    assertEquals(Decision.ALLOW, parent.rule(write).decision());
  }

  private static Call bash(String line) {
    return new Call("bash", Effect.CHANGES, List.of(new Need.Command(line, false)));
  }

  @Test
  void alwaysOffersExactlyWhatWasAsked() { // A56
    var rules = new Rules();

    assertEquals(List.of(new Grant("bash", "npm test")), rules.bash("npm test").always());
    assertEquals(
        List.of(new Grant("bash", "npm ci"), new Grant("bash", "npm test")),
        rules.bash("npm ci && npm test").always());
    assertEquals(List.of(), rules.bash("echo 'a b'").always());
    assertEquals(List.of(), rules.bash("echo $X").always());
    assertEquals(List.of(), rules.bash("eval ls").always());
    assertEquals(List.of(), rules.user("bash", "git push *", "ask").bash("git push").always());
    assertEquals(
        List.of(new Grant("webfetch", "https://docs.rs")),
        rules.ruled("webfetch", new Need.Fetch("https://docs.rs/a?b")).always());

    rules.granted("bash", "npm test");
    assertEquals(Decision.ALLOW, rules.bash("npm test").decision());
    assertEquals(Decision.ASK, rules.bash("npm test x").decision());
    rules.user("bash", "npm *", "deny");
    assertEquals(Decision.DENY, rules.bash("npm test").decision());
  }

  @ParameterizedTest
  @CsvSource({
    "docs.rs, https://docs.rs/x, true",
    "docs.rs, http://docs.rs/x, false",
    "docs.rs, https://docs.rs:8443/x, false",
    "docs.rs, https://docs.rs.evil.com/x, false",
    "docs.rs, https://evil.com/docs.rs, false",
    "*.github.com, https://api.github.com/x, true",
    "*.github.com, https://github.com.evil.com/x, false",
    "https://docs.rs/a/*, https://docs.rs/a/b, true",
    "https://docs.rs/a/*, https://docs.rs/a/../b, false",
    "https://docs.rs/a/*, https://docs.rs/b, false",
    "HTTPS://DOCS.RS, https://docs.rs/x, false",
    "https://DOCS.rs, https://docs.RS/x, true",
    "docs.rs, https://docs.rs@evil.com/x, false"
  })
  void aServerIsAllowedByItsOrigin(String pattern, String url, boolean allowed) {
    var decision =
        new Rules().user("webfetch", pattern, "allow").decided("webfetch", new Need.Fetch(url));

    assertEquals(allowed, decision == Decision.ALLOW);
  }

  @Test
  void aDeniedServerIsDeniedOverEveryPortAndScheme() {
    var rules = new Rules().user("webfetch", "*", "allow").user("webfetch", "evil.com", "deny");

    for (var url : List.of("http://evil.com", "https://EVIL.com:8443/x", "https://evil.com/")) {
      assertEquals(Decision.DENY, rules.decided("webfetch", new Need.Fetch(url)), url);
    }
  }

  @Test
  void whoOnlyLooksIsNotRelaxedByAnything() { // A40
    var everything =
        new Rules().user("*", "*", "allow").user("bash", "*", "allow").in(Shelter.SANDBOX);
    var looking = new ReadOnlyPermissions(everything.permissions(), () -> Shelter.SANDBOX);
    var sheltered =
        new ReadOnlyPermissions(everything.permissions(), () -> Shelter.READ_ONLY_SANDBOX);

    var write = new Call("write", Effect.CHANGES, List.of(new Need.Write("a")));
    assertEquals(Decision.DENY, looking.rule(write).decision());
    assertEquals(Decision.DENY, sheltered.rule(write).decision());
    assertEquals(Decision.DENY, looking.rule(bash("ls")).decision());
    assertEquals(Decision.ALLOW, sheltered.rule(bash("ls")).decision());
    var job = new Call("bash", Effect.CHANGES, List.of(USE));
    assertEquals(Decision.ALLOW, sheltered.rule(job).decision());
    var server = new Call("server_tool", Effect.CHANGES, List.of(USE));
    assertEquals(Decision.DENY, looking.rule(server).decision());
    var read = new Call("read", Effect.READS, List.of(new Need.Read("a")));
    assertEquals(Decision.ALLOW, looking.rule(read).decision());
  }

  @Test
  void emptyAndUnknownSettingsGrantNothing() { // S61
    assertEquals(Decision.ASK, new Rules().bash("ls").decision());
    assertEquals(Decision.ASK, new Rules().user("bash", "", "allow").bash("ls").decision());
    assertEquals(Decision.ASK, new Rules().user("bash", " ", "allow").bash("''").decision());
    assertEquals(Decision.ASK, new Rules().user("bsh", "*", "allow").bash("ls").decision());
    assertTrue(Decision.of("").isEmpty());
    assertTrue(Decision.of("Allow").isEmpty());
    assertNull(Ruling.allowed().rule());
  }
}
