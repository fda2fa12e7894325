package mimo.agent.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mimo.agent.tool.Need;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S45, S51, A48, A60: rules about files hold whatever the tool and the way.
class FileRulesTest {

  @TempDir Path temporary;
  private Path workspace;
  private Rules rules;

  @BeforeEach
  void workspace() throws IOException {
    workspace = Files.createDirectories(temporary.toRealPath().resolve("work"));
    Files.createDirectories(workspace.resolve("keys"));
    Files.writeString(workspace.resolve("keys/secret.txt"), "x");
    Files.createSymbolicLink(workspace.resolve("alias"), Path.of("keys/secret.txt"));
    Files.createSymbolicLink(workspace.resolve("folder"), Path.of("keys"));
    Files.createSymbolicLink(workspace.resolve("nowhere"), Path.of("missing"));
    rules = new Rules().in(workspace).user("bash", "*", "allow");
  }

  private static final List<String> WAYS =
      List.of(
          "keys/secret.txt",
          "./keys/secret.txt",
          "keys//secret.txt",
          "keys/../keys/secret.txt",
          "alias",
          "folder/secret.txt",
          "folder/../keys/secret.txt");

  @Test
  void everyWayToADeniedFileIsDenied() {
    rules.user("read", "keys/secret.txt", "deny").user("edit", "keys/*", "deny");
    for (var way : WAYS) {
      for (var path : List.of(way, workspace.resolve(way).toString())) {
        for (var tool : List.of("read", "grep", "glob")) {
          assertEquals(Decision.DENY, rules.decided(tool, new Need.Read(path)), tool + path);
        }
        for (var tool : List.of("write", "edit", "multiedit", "notebook_edit")) {
          assertEquals(Decision.DENY, rules.decided(tool, new Need.Write(path)), tool + path);
        }
        for (var line :
            List.of(
                "cat %s",
                "cat < %s",
                "echo x > %s",
                "echo x >> %s",
                "cp a %s",
                "mv %s b",
                "sed -i s/a/b/ %s",
                "dd of=%s",
                "tar czf - --exclude=a %s",
                "bash -c 'cat %s'",
                "cat $(echo %s)",
                "ls | tee %s",
                "base64 %s",
                "cd . && cat %s",
                "grep -f%s x",
                "curl -d @x --upload-file=%s u",
                "x=%s; cat $x",
                "ln %s y",
                "xargs -a %s rm")) {
          var call = line.formatted(path);
          assertEquals(Decision.DENY, rules.bash(call).decision(), call);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat keys/sec*",
        "cat keys/secret.tx?",
        "cat */secret.txt",
        "cat keys/[s]ecret.txt",
        "f=sec; cat keys/${f}ret.txt",
        "cat \"$F\"",
        "python -c 'open(\"keys/secret.txt\")'",
        "cat <<E\n$(cat keys/secret.txt)\nE",
        "cd keys && cat secret.txt"
      })
  void whatMayNameADeniedFileDoesNotRun(String line) {
    rules.user("read", "keys/secret.txt", "deny");

    assertNotEquals(Decision.ALLOW, rules.bash(line).decision(), line);
  }

  @Test
  void anExclusionFromOneToolGrantsNothingElsewhere() {
    rules.user("edit", "*", "deny").user("write", "*", "allow");

    assertEquals(Decision.DENY, rules.decided("write", new Need.Write("a")));
    assertEquals(
        Decision.DENY,
        new Rules().in(workspace).user("write", "*", "deny").decided("write", new Need.Write("a")));
  }

  @Test
  void aDeniedFolderIsDeniedWithAllInIt() {
    rules.user("read", "keys", "deny");

    assertEquals(Decision.DENY, rules.decided("read", new Need.Read("keys/secret.txt")));
    assertEquals(Decision.DENY, rules.decided("read", new Need.Read("alias")));
    assertEquals(Decision.ALLOW, rules.decided("read", new Need.Read("keystone")));
  }

  @Test
  void allowingALinkDoesNotAllowItsTarget() {
    rules.user("edit", "*", "ask").user("edit", "alias", "allow");

    assertEquals(Decision.ASK, rules.decided("edit", new Need.Write("alias")));
  }

  @Test
  void filesWithSecretsAreAskedForAndTheirExampleIsNot() {
    assertEquals(Decision.ASK, rules.decided("read", new Need.Read(".env")));
    assertEquals(Decision.ASK, rules.decided("read", new Need.Read("app/.env.local")));
    assertEquals(Decision.ASK, rules.decided("write", new Need.Write(".env")));
    assertEquals(Decision.ALLOW, rules.decided("read", new Need.Read(".env.example")));
    assertEquals(Decision.ASK, rules.bash("cat .env").decision());
    assertEquals(
        List.of(new Grant("read", ".env")), rules.ruled("read", new Need.Read(".env")).always());
    assertEquals(
        Decision.ASK, rules.user("read", "*", "allow").decided("read", new Need.Read(".env")));
    assertEquals(
        Decision.ALLOW, rules.granted("read", ".env").decided("read", new Need.Read(".env")));
  }

  @Test
  void whatLiesOutsideIsAskedFor() {
    var ruling = rules.ruled("read", new Need.Read("/etc/hosts"));

    assertEquals(Decision.ASK, ruling.decision());
    assertEquals(List.of(new Grant("external_directory", "/etc/hosts")), ruling.always());
    assertEquals(Decision.ASK, rules.decided("read", new Need.Read("../x")));
    assertEquals(Decision.ASK, rules.decided("read", new Need.Read("nowhere")));
    rules.user("external_directory", "~/notes/*", "allow");
    assertEquals(Decision.ALLOW, rules.decided("read", new Need.Read("/nowhere/home/notes/a")));
    assertEquals(Decision.ASK, rules.decided("read", new Need.Read("/nowhere/home/other")));
  }

  @Test
  void protectedPathsAreAskedForEachTime() { // S45
    for (var path : ProtectedPaths.atRoot()) {
      for (var name :
          List.of(
              path.toString(),
              "sub/" + path,
              path + "/x",
              path.toString().toUpperCase(Locale.ROOT))) {
        var ruling = rules.user("edit", "*", "allow").ruled("write", new Need.Write(name));

        assertEquals(Decision.ASK, ruling.decision(), name);
        assertEquals(List.of(), ruling.always(), name);
        if (!name.toLowerCase(Locale.ROOT).contains(".env")) {
          assertEquals(Decision.ALLOW, rules.decided("read", new Need.Read(name)), name);
        }
      }
    }
    rules.granted("edit", "AGENTS.md").user("edit", "AGENTS.md", "allow");
    assertEquals(Decision.ASK, rules.decided("edit", new Need.Write("AGENTS.md")));
    assertEquals(
        Decision.DENY,
        rules.user("edit", "*.md", "deny").decided("edit", new Need.Write("AGENTS.md")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > AGENTS.md",
        "cp x .git/hooks/pre-commit",
        "tee .mcp.json",
        "ln -s x .idea",
        "rm -rf .claude",
        "git config -f .git/config a b",
        "touch sub/.vscode/tasks.json"
      })
  void commandsThatNameProtectedPathsAreAskedFor(String line) {
    assertEquals(Decision.ASK, rules.bash(line).decision(), line);
    assertEquals(Decision.ALLOW, rules.in(Shelter.SANDBOX).bash(line).decision(), line);
  }

  @Test
  void knowsProtectedPathsByTheirParts() {
    assertTrue(ProtectedPaths.holds(Path.of(".git/worktrees/x/hooks/y")));
    assertTrue(ProtectedPaths.holds(Path.of(".git/modules/x/config")));
    assertTrue(ProtectedPaths.holds(Path.of(".git/commondir")));
    assertTrue(ProtectedPaths.holds(Path.of("sub/.git/worktrees/x/gitdir")));
    assertTrue(ProtectedPaths.holds(Path.of("a/.git")));
    assertTrue(ProtectedPaths.holds(Path.of("a/../claude.MD")));
    assertEquals(false, ProtectedPaths.holds(Path.of("src/config/hooks/x")));
    assertEquals(false, ProtectedPaths.holds(Path.of(".gitignore")));
    assertEquals(false, ProtectedPaths.holds(Path.of(".github/workflows/x")));
    assertEquals(false, ProtectedPaths.holds(Path.of("docs/AGENTS.md.txt")));
  }

  @Test
  void keepsWhatWasAnsweredWithAlways() throws IOException { // A56
    var folder = temporary.resolve("data/permissions");
    var grants = new GrantFile(folder, workspace);
    assertEquals(List.of(), grants.rules());

    grants.add(List.of(new Grant("bash", "npm test")));
    grants.add(List.of(new Grant("bash", "npm test"), new Grant("edit", "a b")));

    var again = new GrantFile(folder, workspace);
    assertEquals(
        List.of("bash npm test", "edit a b"),
        again.rules().stream().map(rule -> rule.permission() + " " + rule.pattern()).toList());
    assertEquals(List.of(), new GrantFile(folder, temporary).rules());
    try (var files = Files.list(folder)) {
      var file = files.toList();
      assertEquals(1, file.size());
      assertEquals(
          "rw-------",
          java.nio.file.attribute.PosixFilePermissions.toString(
              Files.getPosixFilePermissions(file.getFirst())));
      Files.writeString(
          file.getFirst(), "{\"grants\":[{\"permission\":\"bash\",\"pattern\":\"*\"}");
    }
    assertEquals(List.of(), again.rules());
  }
}
