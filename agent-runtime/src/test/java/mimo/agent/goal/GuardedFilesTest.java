package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.file.PathGuard;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Guarded;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which files must not change unseen while an agent works towards a goal (G9).
final class GuardedFilesTest {

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void open() throws IOException {
    root = folder.toRealPath();
  }

  private void file(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    var _ = Files.writeString(file, text);
  }

  private List<Guarded> now(String... lines) throws Exception {
    return new GuardedFiles(PathGuard.over(root)).now(checks(lines), CancellationToken.never());
  }

  private List<Change> changes(List<Guarded> before, String... lines) throws Exception {
    return new GuardedFiles(PathGuard.over(root))
        .changes(before, checks(lines), CancellationToken.never());
  }

  private static List<Check> checks(String... lines) {
    return List.of(lines).stream().<Check>map(line -> new Check.Command(line, 0)).toList();
  }

  private static List<String> paths(List<Guarded> guarded) {
    return guarded.stream().map(Guarded::path).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/Audit.java",
        "src/main/java/Commit.kt",
        "src/Edit.java",
        "Sources/Init.swift",
        "src/Latest.java",
        "src/ToolSpec.java",
        "src/main/java/org/acme/test/Bench.java",
        "src/main/java/org/acme/spec/SpecTest.java",
        "app/Contest.php",
        "Credit.cs"
      })
  void whatOnlySoundsLikeATestMayChangeG9(String name) throws Exception {
    file(name, "class");

    assertEquals(List.of(), paths(now()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/FooTest.java",
        "src/FooTests.cs",
        "src/FooIT.java",
        "src/TestFoo.java",
        "src/FooSpec.groovy",
        "src/test/java/org/acme/build/Helper.java",
        "src/test/java/org/acme/target/FooTest.java",
        "tests/vendor/a.py",
        "node_modules/.bin/jest",
        ".venv/bin/pytest",
        "packages/a/node_modules/.bin/vitest"
      })
  void testsAndWhatRunsThemAreGuardedG9(String name) throws Exception {
    file(name, "strict");

    assertEquals(List.of(name), paths(now()));
  }

  @Test
  void aTestInAFolderForBuildsIsGuardedUnlessGitIgnoresItG9() throws Exception {
    file(".gitignore", "/dist/\n");
    file("build/rules_test.go", "kept");
    file("dist/package.json", "made");

    assertEquals(List.of("build/rules_test.go"), paths(now()));
  }

  @Test
  void withoutAnyIgnoreFileTheNameOfTheFolderDecidesG9() throws Exception {
    file("dist/package.json", "made");
    file("target/classes/META-INF/maven/g/a/pom.xml", "made");

    assertEquals(List.of(), paths(now()));
  }

  @Test
  void aRunnerThatIsReplacedIsReportedAndANewOneIsNotG9() throws Exception {
    file("node_modules/.bin/jest", "runs tests");
    var before = now();
    file("node_modules/.bin/jest", "exit 0");
    file("node_modules/.bin/tsc", "new");

    assertEquals(
        List.of(new Change("node_modules/.bin/jest", Change.Kind.CHANGED)), changes(before));
  }

  @Test
  void aScriptIsGuardedHoweverTheCheckNamesItG9() throws Exception {
    file("scripts/check.sh", "strict");

    for (var line :
        List.of(
            "scripts/check.sh",
            "bash ./scripts/check.sh",
            "bash " + root + "/scripts/check.sh",
            "bash '" + root + "/scripts/check.sh' --fast",
            "bash \"$PWD/scripts/check.sh\"",
            "cd scripts && ./check.sh",
            "cd " + root + "/scripts; bash check.sh",
            "cd . && cd scripts && bash check.sh",
            "run --with=scripts/check.sh")) {
      assertEquals(List.of("scripts/check.sh"), paths(now(line)), line);
    }
  }

  @Test
  void aCheckWhoseAbsolutePathLeadsOutIsRefusedG9() throws Exception {
    var outside = Files.createDirectory(root.resolve("outside"));
    root = Files.createDirectory(root.resolve("work"));
    Files.createSymbolicLink(root.resolve("away"), outside);

    var refused =
        assertThrows(GoalRefusedException.class, () -> now("bash " + root + "/away/x.sh"));

    assertEquals(
        "the check names "
            + root
            + "/away/x.sh, which cannot be guarded: 'away/x.sh' leads out of the workspace; name a"
            + " file in the workspace",
        refused.getMessage());
  }

  @Test
  void foldersDeeperThanAnyWalkAreRefusedG9() throws Exception {
    file("d/".repeat(70) + "a_test.py", "out of sight");

    var refused = assertThrows(GoalRefusedException.class, this::now);

    assertEquals(
        "the workspace has more than 200000 files that git does not ignore, or folders deeper than"
            + " 64, so tests cannot be guarded; where the agent may change them, allow test"
            + " changes",
        refused.getMessage());
  }

  @Test
  void inTheCopyAbsolutePathsLeadToTheCopyG9() {
    var work = Path.of("/home/u/work");
    var copy = Path.of("/state/goal-1");

    assertEquals(
        "bash /state/goal-1/check.sh '/state/goal-1' /home/u/work2/x /x/home/u/work",
        CheckScripts.moved(
            "bash /home/u/work/check.sh '/home/u/work' /home/u/work2/x /x/home/u/work",
            work,
            copy));
  }
}
