package mimo.agent.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T8: what allowed commands carry along never runs by itself (S27, S48, S50), and ordinary work is
/// not asked for without need.
class CommandPolicyTest {

  private static final String EVIL = "touch canary";
  private static final List<String> ALLOWED =
      List.of(
          "git status",
          "npm test",
          "ls",
          "cat *",
          "git *",
          "find *",
          "echo *",
          "xargs *",
          "grep *",
          "env *");

  private static List<String> lines(String name) throws IOException {
    try (var in = CommandPolicyTest.class.getResourceAsStream("/permission/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void nothingThatAnAllowedCommandCarriesRunsByItself() throws IOException {
    var carriers = lines("carriers.txt");
    assertTrue(carriers.size() >= 60, carriers.size() + " carriers");
    var ran = new ArrayList<String>();
    for (var pattern : ALLOWED) {
      var rules = new Rules().user("bash", pattern, "allow");
      for (var carrier : carriers) {
        var line =
            carrier
                .replace("{allowed}", pattern.replace(" *", " x"))
                .replace("{evil}", EVIL)
                .replace("\\n", "\n");
        if (rules.bash(line).decision() == Decision.ALLOW) {
          ran.add(pattern + ": " + line);
        }
      }
    }

    System.out.printf(
        "T8: %d lines round %d allowed patterns, %d ran by themselves%n",
        carriers.size() * ALLOWED.size(), ALLOWED.size(), ran.size());
    assertEquals(List.of(), ran);
  }

  /// The suite above would notice: what is allowed does run.
  @Test
  void theCanaryIsNoticedWhereItIsAllowed() {
    var rules = new Rules().user("bash", "ls", "allow").user("bash", "touch *", "allow");

    assertEquals(Decision.ALLOW, rules.bash("ls; bash -c '" + EVIL + "'").decision());
  }

  @Test
  void ordinaryCommandsAreSeldomAskedFor() throws IOException {
    var rules = new Rules().allowing(lines("ordinary-rules.txt").stream());
    var commands = lines("ordinary.txt");
    assertEquals(200, commands.size());
    var asked = new ArrayList<String>();
    for (var command : commands) {
      var ruling = rules.bash(command);
      if (ruling.decision() != Decision.ALLOW) {
        asked.add(command + "  <-  " + ruling.reason());
      }
    }

    System.out.printf(
        "T8: %d of %d ordinary commands asked for without need%n", asked.size(), commands.size());
    assertTrue(asked.size() <= 10, String.join("\n", asked));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git -c core.pager=./x log",
        "git log --output=x",
        "git diff --ext-diff",
        "git diff --outp=x",
        "git grep -O./x y",
        "rg --pre ./x y",
        "rg --pre=./x y",
        "sort -o x y",
        "sort -ro x y",
        "tar --to-command=./x -xf y",
        "tar xf y --to-com=./x",
        "tar -I ./x -xf y",
        "sed -i s/a/b/ x",
        "sed -ni p x",
        "sed 's/a/b/e' x",
        "sed 'w x' y",
        "sed -f x y",
        "sed --in-pl s/a/b/ x",
        "sed -n -e '1e touch x' y",
        "awk 'BEGIN { system(\"x\") }'",
        "awk '{ print > \"x\" }' y",
        "awk -f x y",
        "curl -o x y",
        "curl -K x",
        "find . -fprint /etc/x",
        "find . $X",
        "rg $X",
        "rg *",
        "git log $(echo x)",
        "fd -x rm",
        "man -P ./x ls",
        "rsync -e ./x a b",
        "make -f x",
        "go test -exec ./x",
        "xargs -a x -I{} {}",
        "date -s x",
        "xxd -r x y",
        "less -o x y",
        "npm --script-shell=./x test",
        "node -r ./x y",
        "dd of=x"
      })
  void optionsThatRunOrWriteAreNotMeantByAStar(String line) {
    var name = line.substring(0, line.indexOf(' '));
    var rules = new Rules().user("bash", name + " *", "allow").user("bash", "echo *", "allow");

    assertNotEquals(Decision.ALLOW, rules.bash(line).decision(), line);
  }

  @Test
  void aPatternIsTakenByItsWords() {
    var rules = new Rules().user("bash", "git status", "allow").user("bash", "npm *", "allow");

    assertEquals(Decision.ALLOW, rules.bash("git status").decision());
    assertEquals(Decision.ALLOW, rules.bash("'git'  sta\"tus\"").decision());
    assertEquals(Decision.ASK, rules.bash("git status -c x").decision());
    assertEquals(Decision.ASK, rules.bash("git statusx").decision());
    assertEquals(Decision.ASK, rules.bash("'git status'").decision());
    assertEquals(Decision.ASK, rules.bash("./git status").decision());
    assertEquals(Decision.ALLOW, rules.bash("npm").decision());
    assertEquals(Decision.ALLOW, rules.bash("npm run x").decision());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git push",
        "git push origin main",
        "/usr/bin/git push",
        "g\\it 'push'",
        "env git push",
        "true && git push",
        "bash -c 'git push'",
        "sudo git push",
        "eval git push",
        "timeout 5 git push",
        "find . -exec git push \\;",
        "echo $(git push)"
      })
  void aDeniedCommandIsDeniedWhereverItStands(String line) {
    var rules = new Rules().user("bash", "*", "allow").user("bash", "git push *", "deny");

    assertEquals(Decision.DENY, rules.bash(line).decision(), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"git -C . push", "git $X", "$GIT push", "git --no-pager push origin", "g$x"})
  void whatMayBeDeniedIsAsked(String line) {
    var rules = new Rules().user("bash", "*", "allow").user("bash", "git push *", "deny");

    assertEquals(Decision.ASK, rules.bash(line).decision(), line);
  }

  @Test
  void moreThanFiftyCommandsAreDenied() {
    var rules = new Rules().user("bash", "true", "allow");

    assertEquals(Decision.ALLOW, rules.bash("true;".repeat(50)).decision());
    assertEquals(Decision.DENY, rules.bash("true;".repeat(51)).decision());
    assertEquals(Decision.DENY, rules.in(Shelter.SANDBOX).bash("true;".repeat(51)).decision());
  }

  @Test
  void redirectionsAreWrites() {
    var rules = new Rules().user("bash", "echo *", "allow").user("edit", "src/*", "deny");

    assertEquals(Decision.ALLOW, rules.bash("echo x > out.txt").decision());
    assertEquals(Decision.ALLOW, rules.bash("echo x > /dev/null 2>&1").decision());
    assertEquals(Decision.DENY, rules.bash("echo x > src/a").decision());
    assertEquals(Decision.DENY, rules.bash("echo x >> ./src/../src/a").decision());
    assertEquals(Decision.ASK, rules.bash("echo x > /etc/passwd").decision());
    assertEquals(Decision.ASK, rules.bash("echo x > ../out").decision());
    assertEquals(Decision.ASK, rules.bash("echo x > .git/hooks/pre-commit").decision());
    assertEquals(Decision.ASK, rules.bash("echo x > $OUT").decision());
    assertEquals(Decision.ASK, rules.bash("echo x > /dev/tcp/h/1").decision());
    rules.user("bash", "cd *", "allow");
    assertEquals(Decision.DENY, rules.bash("cd src && echo x > a").decision());
    assertEquals(Decision.ASK, rules.bash("cd $X && echo x > a").decision());
  }

  @Test
  void namesOfFilesBeginInTheFolderACommandRunsIn(@TempDir Path folder) throws IOException {
    var workspace = folder.toRealPath();
    Files.createDirectories(workspace.resolve("priv/deep"));
    Files.createDirectories(workspace.resolve(".git"));
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("priv/deep"));
    var rules = new Rules().in(workspace).user("bash", "*", "allow").user("edit", "priv/*", "deny");

    assertEquals(Decision.DENY, in(rules, "priv", "echo z > new"));
    assertEquals(Decision.DENY, in(rules, "priv/", "touch new"));
    assertEquals(Decision.DENY, in(rules, workspace + "/priv", "echo z > new"));
    assertEquals(Decision.DENY, in(rules, "link", "echo z > ../new"));
    assertEquals(Decision.DENY, in(rules, "link", "cd .. && echo z > new"));
    assertEquals(Decision.DENY, in(rules, ".git", "cd ../priv && echo z > new"));
    assertEquals(Decision.ALLOW, in(rules, "priv", "echo z > ../new"));
    assertEquals(Decision.ASK, in(rules, ".git", "echo x >> config"));
    assertEquals(Decision.ASK, in(rules, ".git", "tee -a config"));
    assertEquals(Decision.ASK, in(rules, "a\0b", "echo z > new"));
    assertEquals(Decision.DENY, in(rules, "a\0b", "touch priv/new"));
    rules.in(Shelter.SANDBOX);
    assertEquals(Decision.DENY, in(rules, "priv", "echo z > new"));
  }

  private static Decision in(Rules rules, String folder, String line) {
    return rules.decided("bash", new Need.Command(line, false, folder));
  }

  @Test
  void whatIsRememberedIsRememberedOfTheWorkspaceItself() {
    var rules = new Rules();

    var here = rules.ruled("bash", new Need.Command("make x", true, "."));
    var elsewhere = rules.ruled("bash", new Need.Command("make x", true, "web"));

    assertEquals(
        List.of(new Grant("bash", "make x"), new Grant("network", "make x")), here.always());
    assertEquals(Decision.ASK, elsewhere.decision());
    assertEquals(List.of(), elsewhere.always());
  }

  @Test
  void aWrittenCallHasItsFolder() {
    var call =
        WrittenCall.read("{\"tool\":\"bash\",\"input\":{\"command\":\"ls\",\"workdir\":\"web\"}}");

    assertEquals(List.of(new Need.Command("ls", false, "web")), call.needs());
  }

  @Test
  void whoeverIsAskedLearnsWhereALinkedFolderLeads(@TempDir Path folder) throws IOException {
    var workspace = folder.toRealPath();
    Files.createDirectory(workspace.resolve("web"));
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("web"));
    var call = new Call("bash", Effect.CHANGES, List.of(new Need.Command("ls", false, "link")));

    assertEquals(
        List.of(new Question.Link("link", "web")), Authority.headless(workspace).links(call));
  }

  @Test
  void inASandboxCommandsAreAllowedAsAWhole() {
    var rules = new Rules().in(Shelter.SANDBOX);

    assertEquals(Decision.ALLOW, rules.bash("rm -rf build && eval \"$X\"").decision());
    assertEquals(Decision.ALLOW, rules.bash("[[ -f x ]] && echo y > /tmp/z").decision());
    assertEquals(Decision.ASK, rules.bash("cat .env").decision());
    assertEquals(Decision.ASK, rules.ruled("bash", new Need.Command("curl x", true)).decision());
    rules.user("bash", "git push *", "deny");
    assertEquals(Decision.ALLOW, rules.bash("rm -rf build").decision());
    assertEquals(Decision.DENY, rules.bash("git push").decision());
    assertEquals(Decision.ASK, rules.bash("eval \"$X\"").decision());
  }

  @Test
  void withoutASandboxRulesThatAllowDoNotCount() { // A61
    var rules = new Rules().user("bash", "*", "allow").user("bash", "ls", "allow");
    rules.user("bash", "rm *", "deny").in(Shelter.NONE);

    var ruling = rules.bash("ls");

    assertEquals(Decision.ASK, ruling.decision());
    assertEquals(List.of(), ruling.always());
    assertEquals(Decision.DENY, rules.bash("rm x").decision());
  }
}
